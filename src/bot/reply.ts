import { randomUUID } from "node:crypto";
import type { Card } from "../chat/card.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { requestName } from "../store/inbox.ts";
import type { Person } from "../store/people.ts";
import { writeFaultIn } from "../store/write-fault.ts";
import { type Drawing, drawAnswer, undrawn } from "./draw.ts";
import type { Lantian, Moment, Reply, Speaker } from "./lantian.ts";
import { notSaved } from "./unsaved.ts";

/** A command's answer, drawn for whoever asked. */
export async function replyWith(
  bot: Lantian,
  command: string,
  answer: Card | Refusal,
  person: Person | null,
  context: Moment,
  deliveries: Reply["deliveries"],
): Promise<Reply> {
  if (isRefusal(answer)) return refused(command, answer);
  const drawing: Drawing = { demo: bot.demo, at: context.now.epochMilliseconds };
  const card =
    person === null ? undrawn(answer, drawing) : await drawAnswer(bot.store, answer, person.id, drawing);
  const { again } = answer;
  return { command, answer: { kind: "card", card }, deliveries, ...(again ? { again } : {}) };
}

export function refused(command: string | null, refusal: Refusal): Reply {
  return { command, answer: refusal, deliveries: [] };
}

/** Answers, whatever happens: a fault of ours is reported, and told with the id that it is reported under. */
export async function calmly(
  bot: Lantian,
  { inbound, identity }: Pick<Speaker, "inbound" | "identity">,
  answer: () => Promise<Reply>,
): Promise<Reply> {
  const request = inbound === undefined ? undefined : requestName(inbound);
  try {
    const reply = await answer();
    const outcome = isRefusal(reply.answer) ? reply.answer.code : "done";
    const { platform } = identity;
    bot.trace?.({ request, platform, act: reply.command ?? "none", outcome }, "answered");
    return reply;
  } catch (error) {
    const say = (id: string) => `系统暂时不能处理这条消息，请稍后再试；如再出现，请把编号${id}告诉市办。`;
    return refused(null, refuseFault(bot, error, say, request));
  }
}

/** Reports a fault of ours. @returns what is told: that nothing can be saved, or what `say` makes of the report's id. */
export function refuseFault(
  bot: Pick<Lantian, "report">,
  error: unknown,
  say: (id: string) => string,
  id = randomUUID().slice(0, 8),
): Refusal {
  bot.report(error, id);
  const fault = writeFaultIn(error);
  return fault === null ? refuse("internal", say(id)) : notSaved({ fault });
}
