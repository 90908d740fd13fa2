import type { Meeting, MeetingDecision } from "../store/meetings.ts";
import { lacksOf } from "./decisions.ts";

/** What has to be said before minutes can be checked and signed. */
export function minutesGaps(
  { minutes }: Meeting,
  decisions: readonly MeetingDecision[],
  whys: ReadonlyMap<string, readonly string[]> = new Map(),
): string[] {
  if (minutes === null) return ["还没有纪要"];
  return [
    ...minutes.unread.map((text) => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”没有归到哪一栏`),
    ...(minutes.situation === null ? ["没有写形势"] : []),
    ...(minutes.requirements === null && decisions.length === 0 ? ["没有写重点问题清单或会议要求"] : []),
    ...decisions.flatMap((one) => {
      const lacks = one.issue === null ? lacksOf(one) : [];
      const why = whys.get(one.text) ?? lacks;
      return lacks.length === 0 ? [] : [`第${one.ordinal}项“${one.text.slice(0, 20)}”：${why.join("，")}`];
    }),
  ];
}
