import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { unitOfGroup } from "../chat/group.ts";
import { says } from "../chat/says.ts";
import type { Chat } from "../store/chats.ts";
import type { Writer } from "../store/store.ts";
import { relationTo } from "./relation.ts";

const toIssue = says("问题");

/** The same issue isn't offered in a group again within this time. */
const AGAIN_MS = 24 * 3_600_000;
/** Whoever lists more numbers than this isn't speaking of one. */
const MOST = 3;

/**
 * A line that offers the cards of the issues that talk in a group has named, as far as its unit may see them; null when
 * there are none, or they were offered there within a day. What is offered is written down.
 */
export async function offered(
  named: readonly string[],
  group: Chat,
  { store, office, now, today }: Pick<Context<Writer>, "store" | "office" | "now" | "today">,
): Promise<Card | null> {
  const at = now.epochMilliseconds;
  const offers: string[] = [];
  for (const no of named.slice(0, MOST)) {
    const issue = await store.issues.byNo(no);
    if (issue === null || issue.createdAt > at) continue;
    if (relationTo(issue, unitOfGroup(group), office, today) === "stranger") continue;
    const keyOn = (day: Temporal.PlainDate) => `offer/${group.id}/${issue.id}/${day}`;
    const before = await store.effects.of([keyOn(today), keyOn(today.subtract({ days: 1 }))]);
    if (before !== null && at - before.at < AGAIN_MS) continue;
    const done = { personId: null, act: "offer", title: no, subject: `issue:${issue.id}`, at };
    await store.effects.record([keyOn(today)], done);
    offers.push(no);
  }
  if (offers.length === 0) return null;
  return {
    title: `提到的问题：${offers.join("、")}`,
    blocks: [],
    buttons: offers.map((no) => toIssue(`看 ${no}`, no)),
  };
}
