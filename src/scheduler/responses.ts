import { contextOf, type Lantian } from "../bot/lantian.ts";
import { responseFallsDue } from "../responses/fall-due.ts";
import { orderUnexempted } from "../responses/revoked.ts";
import { RESPONSE_JOB, subjectOfResponse } from "../responses/words.ts";

/**
 * Works off what has fallen due in responses, one transaction each: its mark, what it writes and whom it tells commit together.
 * They are rows with a time: a bot that was down finds them all. While one runs it is also looked who is exempt no more. A
 * fault of one holds up no other.
 */
export async function workResponses(bot: Lantian): Promise<void> {
  const now = (await bot.clock.now()).epochMilliseconds;
  const [due, exempt] = await bot.store.read(async ({ responses }) => [
    await responses.due(now),
    await responses.exemptOrders(),
  ]);
  const faults: unknown[] = [];
  const work = async (change: Parameters<typeof bot.store.write<void>>[0]) =>
    bot.store.write(change).catch((fault: unknown) => faults.push(fault));
  if (exempt.length > 0)
    await work(async (store) => {
      await orderUnexempted({ ...(await contextOf(bot)), store });
    });
  for (const row of due)
    await work(async (store) => {
      if (!(await responseFallsDue(row, { ...(await contextOf(bot)), store }))) return;
      await store.audit.append({
        at: now,
        personId: null,
        actor: "定时任务",
        act: RESPONSE_JOB,
        subject: subjectOfResponse(row.responseId),
        outcome: "done",
        detail: { kind: row.kind, due: row.at, round: row.round },
      });
    });
  if (faults.length > 0) throw faults[0];
}
