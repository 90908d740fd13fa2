import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { EpochMs, RegionId } from "../domain/ids.ts";
import {
  type ResponseKind,
  type ResponseStanding,
  type StartFault,
  startOf,
} from "../domain/responses/course.ts";
import { type AlertLevel, levelWords } from "../domain/responses/levels.ts";
import { nextReport, rollCallDue } from "../domain/responses/terms.ts";
import type { Person } from "../store/people.ts";
import type { ResponseRow } from "../store/responses.ts";
import type { Reader, Writer } from "../store/store.ts";
import { infoCard } from "./info-card.ts";
import { endResponse } from "./lift.ts";
import { giveOrders, push, showBoard } from "./tell.ts";
import { momentWords, responseName, shortName } from "./words.ts";

/** What an order says, read. */
export type StartSaid = {
  kind: ResponseKind;
  drill: boolean;
  level: AlertLevel | null;
  documentNo: string;
  effectiveFrom: EpochMs;
  expectedEnd: EpochMs | null;
  area: readonly RegionId[] | null;
  evidenceId: number | null;
};

export const responseStandingOf = ({
  id,
  kind,
  drill,
  level,
  documentNo,
}: ResponseRow): ResponseStanding => ({
  ...{ id, kind, drill, documentNo },
  level: level as AlertLevel | null,
});

/**
 * Starts a response: what ends with it ends, counties, departments and enterprises are ordered what the pack and the list say,
 * terms run, the office has its board. All of it in the caller's transaction.
 */
export async function startResponse(
  said: StartSaid,
  by: Person | null,
  context: Context<Writer>,
): Promise<ResponseRow | Refusal> {
  const { store, office, now } = context;
  const at = now.epochMilliseconds;
  const running = await store.responses.running();
  const entered = await store.responses.byOrder(said);
  const may = startOf(said, running.map(responseStandingOf), entered && responseStandingOf(entered));
  if ("why" in may) return startRefusal(may, said, entered, context);
  for (const { id } of may.ends) {
    const ended = running.find((one) => one.id === id);
    if (ended !== undefined) await endResponse(ended, { why: `${shortName(said)}启动`, by }, context);
  }
  const { area, ...row } = said;
  const response = await store.responses.add({
    ...row,
    area: area === null ? null : JSON.stringify(area),
    issuedAt: at,
    startedAt: at,
    startedBy: by?.id ?? null,
  });
  if (response === null) throw new Error(`${said.documentNo} was entered within its own transaction`);
  const { documentNo, effectiveFrom, level } = response;
  await store.responses.addLevel({
    ...{ responseId: response.id, round: 1, level, documentNo, effectiveFrom, at, by: by?.id ?? null },
  });
  const did = `${shortName({ ...response, drill: false })}启动`;
  await giveOrders(response, { key: `${response.id}/1`, did }, context);
  await tellLeads(response, `${responseName(response)}启动`, "start", context);
  await showBoard(response, context);
  await setTerms(response, context);
  const first = nextReport(office.local(now), office.pack.settings.responses);
  if (first !== null)
    await store.responses.fallDue(response.id, 0, [{ kind: "report", at: first.epochMilliseconds }]);
  return response;
}

/** The terms of the present round's roll-call, and the day on which the end is expected. */
export async function setTerms(
  response: ResponseRow,
  { store, office, now }: Context<Writer>,
): Promise<void> {
  const entries = rollCallDue(now.epochMilliseconds, office.pack.settings.responses);
  await store.responses.fallDue(response.id, response.round, entries);
  if (response.expectedEnd !== null)
    await store.responses.fallDue(response.id, response.round, [
      { kind: "expected-end", at: response.expectedEnd },
    ]);
}

/** The city's leads and supervision hear of what has happened, once each. */
export async function tellLeads(
  response: ResponseRow,
  title: string,
  of: string,
  context: Context<Writer>,
): Promise<void> {
  for (const person of await context.store.people.withRoles(["city-lead", "supervision"]))
    await push(
      `${response.id}/${of}/lead/${person.id}`,
      person,
      await infoCard(response, title, context),
      context,
    );
}

async function startRefusal(
  { why, of }: StartFault,
  said: StartSaid,
  entered: ResponseRow | null,
  { store, office }: Pick<Context<Reader>, "store" | "office">,
): Promise<Refusal> {
  const name = responseName(of);
  const wanted = said.level === null ? "" : levelWords[said.level];
  switch (why) {
    case "entered": {
      const by = entered?.startedBy == null ? null : await store.people.byId(entered.startedBy);
      const at = entered === null ? "" : momentWords(entered.startedAt, office);
      return refuse(
        "already-done",
        `${said.documentNo}已由${by?.name ?? "系统"}于${at}录入（${name}），不用重复录入。`,
        ["应急"],
      );
    }
    case "lower":
      return refuse(
        "conflict",
        `现为${name}（${of.documentNo}），${wanted}低于现级别。要降级，请在“应急”看板上按“降级”，填写省级降级文号。`,
        ["应急"],
      );
    case "higher":
      return refuse(
        "conflict",
        `现为${name}（${of.documentNo}）。要升到${wanted}，请在“应急”看板上按“升级”，已签收的单位会收到新的措施。`,
        ["应急"],
      );
    case "same-level":
      return refuse(
        "conflict",
        `现在就是${name}（${of.documentNo}），不用另行启动。文号不同的，请先核对是否同一次预警。`,
        ["应急"],
      );
    case "alert-runs":
      return refuse(
        "conflict",
        said.drill
          ? `${name}正在进行，不能演练。解除后再组织演练。`
          : `${name}正在进行，不另行削峰；要加严请按“升级”。`,
        ["应急"],
      );
    case "shaving-runs":
      return refuse("conflict", `${name}（${of.documentNo}）正在进行，请先结束。`, ["应急"]);
    case "drill-runs":
      return refuse("conflict", `${name}（${of.documentNo}）正在进行，请先按“演练解除”。`, ["应急"]);
    default:
      return why satisfies never;
  }
}
