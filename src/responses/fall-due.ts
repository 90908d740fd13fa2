import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import type { RegionId } from "../domain/ids.ts";
import { nextReport, type ResponseDue, reportDue } from "../domain/responses/terms.ts";
import type { Person } from "../store/people.ts";
import type { ResponseClock, ResponseOrder, ResponseRow } from "../store/responses.ts";
import type { Writer } from "../store/store.ts";
import { drawChecks, tellChecks } from "./checks.ts";
import { orderCard } from "./order-card.ts";
import { reportCard } from "./report.ts";
import { draftSummary } from "./summary-draft.ts";
import { push, redrawBoard } from "./tell.ts";
import { eachWithPeople, isCountyOrder, orderedUnitWord, peopleOfOrder } from "./units.ts";
import { drillMark, momentWords, responseName, SUMMARY_PAPER, shortName, toneOf } from "./words.ts";

const toResponse = says("应急");
const NAMED = 20;

/** What has fallen due in a response has its effect, once. In the caller's transaction. @returns whether it had one. */
export async function responseFallsDue(row: ResponseClock, context: Context<Writer>): Promise<boolean> {
  const { store, now } = context;
  if (!(await store.responses.workedOff(row.id, now.epochMilliseconds))) return false;
  const response = await store.responses.byId(row.responseId);
  if (response === null) return false;
  const isOver = response.endedAt !== null;
  switch (row.kind as ResponseDue) {
    case "remind":
      return !isOver && row.round === response.round && remindSilent(response, context);
    case "escalate":
      return !isOver && row.round === response.round && endRollCall(response, context);
    case "report":
      return !isOver && askReports(response, row.at, context);
    case "report-remind":
      return !isOver && remindReports(response, ["county-liaison"], "remind", context);
    case "report-escalate":
      return !isOver && remindReports(response, ["county-lead"], "lead", context);
    case "expected-end":
      return !isOver && askWhetherOver(response, row, context);
    case "draft-summary":
      return draftSummary(response, context);
    case "summary":
      return remindSummary(response, row, context);
    default:
      throw new Error(`nothing is known of "${row.kind}" in a response`);
  }
}

async function silentOrders(response: ResponseRow, { store }: Context<Writer>): Promise<ResponseOrder[]> {
  const orders = await store.responses.orders(response.id, response.round);
  return orders.filter(({ acknowledgedAt, exempt }) => acknowledgedAt === null && exempt === null);
}

/** Who hasn't acknowledged is reminded, once. */
async function remindSilent(response: ResponseRow, context: Context<Writer>): Promise<true> {
  for await (const [order, people] of eachWithPeople(await silentOrders(response, context), context))
    for (const person of people) {
      if (person.role === "county-lead") continue;
      const card = await orderCard(order, response, person, context, {
        title: `请尽快签收：${shortName({ ...response, drill: false })}`,
      });
      await push(`${response.id}/${response.round}/remind/${order.unit}/${person.id}`, person, card, context);
    }
  return true;
}

/**
 * The term of a roll-call is over: a county's lead hears that it hasn't acknowledged, and its lead and liaison which of its
 * enterprises haven't, each in one message; and what is looked at on the spot is drawn.
 */
async function endRollCall(response: ResponseRow, context: Context<Writer>): Promise<true> {
  const { store } = context;
  const silent = await silentOrders(response, context);
  for (const order of silent.filter(isCountyOrder))
    for (const person of (await peopleOfOrder(order, context)).filter(({ role }) => role === "county-lead")) {
      const title = `逾期未签收：${shortName({ ...response, drill: false })}`;
      const look = { title, line: "已过签收时限，请督促立即签收并落实。" };
      const card = await orderCard(order, response, person, context, look);
      await push(`${response.id}/${response.round}/lead/${order.unit}/${person.id}`, person, card, context);
    }
  const firms = silent.filter(({ enterpriseId }) => enterpriseId !== null);
  for (const [regionId, own] of Map.groupBy(firms, (order) => order.regionId as RegionId)) {
    const names = await Promise.all(own.slice(0, NAMED).map((order) => orderedUnitWord(order, context)));
    const card = await silentFirmsCard(response, regionId, names, own.length, context);
    const county = { regionId, departmentId: null, enterpriseId: null };
    for (const person of await peopleOfOrder(county, context))
      await push(`${response.id}/${response.round}/firms/${regionId}/${person.id}`, person, card, context);
  }
  if ((await drawChecks(response, context)) > 0) await tellChecks(response, context);
  const checks = (await store.responseChecks.of(response.id)).length;
  await redrawBoard(response, `term-${response.round}-${checks}`, context);
  return true;
}

async function silentFirmsCard(
  response: ResponseRow,
  regionId: RegionId,
  names: readonly string[],
  total: number,
  { office, today }: Context<Writer>,
): Promise<Card> {
  const county = office.heirOn(regionId, today).short;
  return {
    title: `${drillMark(response)}${county}${total}家企业逾期未签收`,
    tone: toneOf(response),
    blocks: [
      {
        kind: "text",
        text: `${responseName(response)}：请电话督促，没有绑定联系人的按“已通知无联系人企业”登记。`,
      },
      {
        kind: "table",
        columns: [{ title: "企业" }],
        rows: names.map((name) => [name]),
      },
      ...(total > names.length
        ? [{ kind: "note" as const, text: `另有${total - names.length}家，见清单。` }]
        : []),
    ],
    buttons: [toResponse("未签收清单", "未签收")],
    facts: { response: response.id, drill: response.drill, county, silent: total, names },
  };
}

/** Each county is asked how its enterprises carry out, with what the bot knows filled in; then the next time is set. */
async function askReports(response: ResponseRow, due: number, context: Context<Writer>): Promise<true> {
  const { store, office, now } = context;
  const settings = office.pack.settings.responses;
  const next = nextReport(office.local(Temporal.Instant.fromEpochMilliseconds(due)), settings);
  // The bot was down: what was missed isn't made up for, the next time is near.
  if (next !== null && next.epochMilliseconds <= now.epochMilliseconds) {
    await store.responses.fallDue(response.id, 0, [{ kind: "report", at: next.epochMilliseconds }]);
    return true;
  }
  for (const order of await store.responses.orders(response.id, response.round)) {
    if (!isCountyOrder(order)) continue;
    const report = await store.responses.askReport(response.id, order.regionId, due);
    if (report === null) continue;
    for (const person of await peopleOfOrder(order, context))
      if (person.role === "county-liaison")
        await push(
          `${response.id}/report/${report.id}/${person.id}`,
          person,
          await reportCard(report, response, context),
          context,
        );
  }
  await store.responses.fallDue(response.id, 0, [
    ...reportDue(due, settings),
    ...(next === null ? [] : [{ kind: "report" as const, at: next.epochMilliseconds }]),
  ]);
  await redrawBoard(response, `asked-${due}`, context);
  return true;
}

/** The newest report that a county owes: its liaison is reminded once, then its lead hears of it. */
async function remindReports(
  response: ResponseRow,
  roles: readonly Person["role"][],
  of: string,
  context: Context<Writer>,
): Promise<true> {
  const reports = await context.store.responses.reports(response.id);
  const newest = reports.at(-1)?.due;
  for (const report of reports.filter((one) => one.due === newest && one.at === null)) {
    const unit = { regionId: report.regionId, departmentId: null, enterpriseId: null };
    for (const person of await peopleOfOrder(unit, context)) {
      if (!roles.includes(person.role)) continue;
      const title = of === "lead" ? "执行情况逾期未报" : "请报执行情况";
      const card = await reportCard(report, response, context, title);
      await push(`${response.id}/report-${of}/${report.id}/${person.id}`, person, card, context);
    }
  }
  return true;
}

/** Only the issuing body lifts: the office is asked whether its order has come. */
async function askWhetherOver(
  response: ResponseRow,
  row: ResponseClock,
  context: Context<Writer>,
): Promise<true> {
  const { store, office } = context;
  const card: Card = {
    title: `${drillMark(response)}${responseName({ ...response, drill: false })}到预计解除时间`,
    tone: toneOf(response),
    blocks: [
      {
        kind: "text",
        text: `预计至${momentWords(row.at, office)}。收到解除文件的，请在看板上按“解除”填文号；延长的不用操作，响应继续。`,
      },
    ],
    buttons: [toResponse("看板")],
    facts: { response: response.id, drill: response.drill },
  };
  for (const person of await store.people.withRoles(["office"]))
    await push(`${response.id}/expected-end-${row.id}/${person.id}`, person, card, context);
  return true;
}

/** The summary is due today and hasn't gone out. */
async function remindSummary(
  response: ResponseRow,
  row: ResponseClock,
  context: Context<Writer>,
): Promise<boolean> {
  const { store } = context;
  const paper = await store.officialPapers.ofKey(SUMMARY_PAPER, String(response.id));
  if (paper?.state === "issued" || paper?.state === "corrected") return false;
  const card: Card = {
    title: `${drillMark(response)}应急响应总结评估今天到期`,
    tone: "notice",
    blocks: [
      {
        kind: "text",
        text: `${responseName(response)}（${response.documentNo}）的总结评估今天应发出，请在“待审签”审核签发。`,
      },
    ],
    facts: { response: response.id, drill: response.drill },
  };
  for (const person of await store.people.withRoles(["office"]))
    await push(`${response.id}/summary-${row.id}/${person.id}`, person, card, context);
  return true;
}
