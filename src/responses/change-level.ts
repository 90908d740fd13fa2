import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { EpochMs } from "../domain/ids.ts";
import { levelChangeOf } from "../domain/responses/course.ts";
import { type AlertLevel, levelWords } from "../domain/responses/levels.ts";
import type { Person } from "../store/people.ts";
import type { ResponseRow } from "../store/responses.ts";
import type { Writer } from "../store/store.ts";
import { tellOver } from "./lift.ts";
import { responseStandingOf, setTerms, tellLeads } from "./start.ts";
import { giveOrders, redrawBoard } from "./tell.ts";
import { responseName, shortName } from "./words.ts";

export type LevelSaid = {
  level: AlertLevel;
  /** Of the board on which it was said. */
  round: number;
  documentNo: string;
  effectiveFrom: EpochMs;
  expectedEnd: EpochMs | null;
};

/**
 * 升级, 降级: another roll-call with the measures of the new level; what was acknowledged before stays on record. In the caller's
 * transaction.
 */
export async function changeLevel(
  response: ResponseRow,
  said: LevelSaid,
  by: Person | null,
  context: Context<Writer>,
): Promise<ResponseRow | Refusal> {
  const { store, now } = context;
  const at = now.epochMilliseconds;
  const { level, documentNo, effectiveFrom, expectedEnd } = said;
  const { endedAt } = response;
  const change = levelChangeOf({ ...responseStandingOf(response), round: response.round, endedAt }, said);
  if (change === "over")
    return refuse("conflict", `${responseName(response)}已解除，不能调整级别。`, ["应急"]);
  if (change === "no-level")
    return refuse("conflict", "削峰行动没有级别。需要应急响应的，请发送“启动响应”。", ["启动响应"]);
  if (change === "same")
    return refuse("already-done", `现在就是${levelWords[level]}级别，不用重复调整。`, ["应急"]);
  if (change === "outdated")
    return refuse("conflict", `级别已调整，现为${responseName(response)}，请发送“应急”，在新看板上操作。`, [
      "应急",
    ]);
  const round = response.round + 1;
  const set = {
    ...{ level, round, expectedEnd: expectedEnd ?? response.expectedEnd },
    ...{ levelDocumentNo: documentNo, levelFrom: effectiveFrom },
  };
  const next = { ...response, ...set };
  await store.responses.setLevel(response.id, set);
  await store.responses.addLevel({
    ...{ responseId: response.id, round, level, documentNo, effectiveFrom, at, by: by?.id ?? null },
  });
  await store.responses.dropDue(response.id, ["remind", "escalate", "expected-end"], at);
  const way = change === "up" ? "升级" : "降级";
  const did = `${shortName({ ...response, drill: false })}${way}为${levelWords[level]}`;
  const units = await giveOrders(next, { key: `${response.id}/${round}`, did }, context);
  const before = await store.responses.orders(response.id, response.round);
  await tellOver(
    before.filter(({ unit }) => !units.has(unit)),
    next,
    { of: `over-${round}`, title: `${did}，您单位不再有措施`, since: effectiveFrom, because: documentNo },
    context,
  );
  await tellLeads(
    next,
    `${responseName(next)}：由${levelWords[response.level as AlertLevel]}${way}`,
    `level-${round}`,
    context,
  );
  await redrawBoard(next, `round-${round}`, context);
  await setTerms(next, context);
  return next;
}
