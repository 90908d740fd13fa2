import type { Context } from "../chat/command.ts";
import type { Meeting, MeetingDecision } from "../store/meetings.ts";
import type { Reader } from "../store/store.ts";
import { lineOfDecision } from "./decisions.ts";

/** What the form of minutes holds already; what has become an issue isn't in its list any more. */
export function minutesValues(
  { minutes }: Meeting,
  decisions: readonly MeetingDecision[],
  around: Pick<Context<Reader>, "office" | "today">,
): Record<string, string> {
  if (minutes === null) return {};
  const { unread, ...sections } = minutes;
  const open = decisions.filter(({ issue }) => issue === null);
  const values = {
    ...sections,
    decisions: open.map((one) => lineOfDecision(one, around)).join("\n"),
    unread: unread.join("\n"),
  };
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== ""),
  );
}
