import { z } from "zod";
import { anotherCountys, everybody, scopeOf } from "../src/chat/access.ts";
import { action, withReason } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { holdsRole } from "../src/domain/posts.ts";
import { isOutsider } from "../src/domain/roles.ts";
import { acknowledgeOrder, relayOrders, showExecution } from "../src/responses/answer.ts";
import { boardCard } from "../src/responses/board.ts";
import { LEVEL_FORM, LIFT_FORM } from "../src/responses/change-forms.ts";
import { changeLevel } from "../src/responses/change-level.ts";
import { CHECK_FOUND_FORM, checksCard, settleCheck } from "../src/responses/checks.ts";
import { endResponse } from "../src/responses/lift.ts";
import { UNIT_FILTERS, unitsCard } from "../src/responses/list.ts";
import { EXECUTION_FORM } from "../src/responses/order-card.ts";
import { ownOrderCard } from "../src/responses/own-order.ts";
import { pastCard } from "../src/responses/past.ts";
import { REPORT_FORM, takeReport } from "../src/responses/report.ts";
import { spanSaid } from "../src/responses/said-time.ts";
import { seesEveryUnit } from "../src/responses/units.ts";
import { drillMark } from "../src/responses/words.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

export { responseWorkbook } from "../src/responses/list-paper.ts";

/** 应急：the board of a running response for the office; each unit its own order, a county its enterprises too. */
export default command({
  name: "response",
  words: ["应急", "应急响应", "响应", "应急看板", "签收应急", "应急签收", "报执行", "报执行情况", "报落实"],
  hints: ["重污染应急", "应急管控", "预警响应", "重污染预警"],
  help: { does: "看应急响应、削峰的签收和执行情况；市办在这里升级、降级、解除", example: "应急" },
  mechanism: ["heavy-pollution-response", "peak-shaving"],
  who: everybody,
  audience: "person",
  args: z.object({
    filter: arg.maybe.choice("筛选", { ...UNIT_FILTERS, 抽查: "checks", 历史: "past" } as const, {
      says: {
        ...{ 没签收: "silent", 待签收: "silent", 没执行: "idle", 没有执行: "idle" },
      },
    }),
    act: arg.maybe.choice("办理", { 报执行: "report", 报执行情况: "report", 报落实: "report" } as const),
    report: arg.maybe.text("执行情况", { behind: "act", maxLength: 300 }),
    county: arg.maybe.county(),
    page: arg.maybe.number("页码"),
    name: arg.maybe.text("企业名称", { maxLength: 60 }),
  }),

  async answer({ args: { filter, act, report, county, page, name }, person }, context) {
    const { store, office, today } = context;
    const [response] = await store.responses.running();
    if (filter === "past" && !isOutsider(person)) return pastCard(person, context);
    if (response === undefined)
      return isOutsider(person)
        ? {
            title: "现在没有应急响应",
            tone: "good",
            blocks: [{ kind: "text", text: "启动时本企业的措施会发给您。" }],
          }
        : pastCard(person, context);
    const own = await ownOrderCard(response, name, person, context);
    // What it comes to is in the form; whoever sees it presses.
    if (own !== null && act === "report") return withReason(own, report, /执行情况/);
    if (isOutsider(person) || name !== undefined)
      return own ?? refuse("no-data", `${drillMark(response)}这次响应没有您的措施，按平时生产即可。`);
    if (filter === "checks") return checksCard(response, person, context);
    const at = Number(page ?? 1);
    if (!Number.isInteger(at)) return refuse("bad-number", "页码应为1以上的整数，例如“应急 未签收 第2页”。");
    const isCity = seesEveryUnit(person);
    const region = county && office.heirOf(county, today);
    const scope = scopeOf(person, office, today);
    if (region !== undefined && !isCity && scope !== null && !scope.includes(region.id))
      return anotherCountys(`${region.short}的应急响应`, [region], person, context);
    if (filter !== undefined || county !== undefined || (!isCity && page !== undefined))
      return unitsCard(
        response,
        {
          filter: filter === undefined || filter === "past" ? "all" : filter,
          county: region?.id,
          page: at,
        },
        person,
        context,
      );
    return isCity ? boardCard(response, person, context) : (own ?? boardCard(response, person, context));
  },
});

const order = z.object({ order: z.int() });

/** 签收: the unit has read what it has to do. */
export const responseAcknowledge = action({
  name: "response.acknowledge",
  label: "签收",
  forEnterprises: true,
  params: order,
  fields: z.object({}),
  press: ({ params, person }, context) => acknowledgeOrder(params.order, person, context),
});

/** 报执行: a reading of the meter, or words; photos are sent. */
export const responseExecute = action({
  name: "response.execute",
  label: "报执行",
  forEnterprises: true,
  params: order,
  fields: EXECUTION_FORM,
  async press({ params, fields: { reading, text }, person }, context) {
    if (reading === undefined && text === undefined)
      return refuse("usage", "请填电表读数或执行情况中的一项，也可以直接发照片。");
    const value = reading === undefined ? undefined : Number(reading);
    if (value !== undefined && !(value >= 0 && value < 1e9))
      return refuse("bad-number", "电表读数须是数字，单位千瓦时，例如 12850.5。");
    const shown = {
      ...(value === undefined ? {} : { reading: value }),
      ...(text === undefined ? {} : { text }),
    };
    return showExecution(params.order, shown, person, context);
  },
});

/** 已通知无联系人企业: for a county's enterprises that have nobody here. */
export const responseRelay = action({
  name: "response.relay",
  label: "已通知无联系人企业",
  params: order,
  fields: z.object({}),
  press: ({ params, person }, context) => relayOrders(params.order, person, context),
});

/** 报执行情况: what a county says twice a day. */
export const responseReported = action({
  name: "response.report",
  label: "报执行情况",
  params: z.object({ report: z.int() }),
  fields: REPORT_FORM,
  press: ({ params, fields, person }, context) => takeReport(params.report, fields, person, context),
});

const check = z.object({ check: z.int() });

export const responseCheckFine = action({
  name: "response.check-fine",
  label: "落实",
  params: check,
  fields: z.object({}),
  press: ({ params, person }, context) =>
    settleCheck(params.check, { outcome: "carried-out" }, person, context),
});

/** 未落实: an issue of the county at once. */
export const responseCheckFault = action({
  name: "response.check-fault",
  label: "未落实",
  params: check,
  fields: CHECK_FOUND_FORM,
  press: ({ params, fields: { text }, person }, context) =>
    settleCheck(params.check, { outcome: "not-carried-out", text }, person, context),
});

/** 升级, 降级: by the province's order. A board that shows an earlier round is out of date. */
export const responseLevelChange = action({
  name: "response.level",
  label: "升级或降级",
  params: z.object({ response: z.int(), round: z.int(), evidence: z.int().default(0) }),
  fields: LEVEL_FORM,
  async press(
    { params, fields: { level, documentNo, start, end }, person },
    context,
  ): Promise<Card | Refusal> {
    const response = await responseOfOffice(params.response, person, context);
    if (isRefusal(response)) return response;
    const span = spanSaid({ start, end }, context);
    if (isRefusal(span)) return span;
    const said = { level, round: params.round, documentNo, effectiveFrom: span.from, expectedEnd: span.to };
    const changed = await changeLevel(response, said, person, context);
    if (isRefusal(changed)) return changed;
    const card = await boardCard(changed, person, context, "已调整级别");
    return {
      ...card,
      audit: {
        ...{ response: changed.id, from: response.level, to: level, documentNo, drill: changed.drill },
        ...orderFile(params),
      },
    };
  },
});

/** 解除: by the issuing body's order, also while some haven't answered. */
export const responseLift = action({
  name: "response.lift",
  label: "解除",
  params: z.object({ response: z.int(), evidence: z.int().default(0) }),
  fields: LIFT_FORM,
  async press({ params, fields: { documentNo }, person }, context): Promise<Card | Refusal> {
    const response = await responseOfOffice(params.response, person, context);
    if (isRefusal(response)) return response;
    const ended = await endResponse(response, { why: documentNo, by: person }, context);
    if (isRefusal(ended)) return ended;
    const card = await boardCard(ended, person, context, "已解除");
    const audit = { response: ended.id, documentNo, drill: ended.drill, ...orderFile(params) };
    return { ...card, audit };
  },
});

/** The order itself, where it came as a file, stays with what was done by it. */
const orderFile = ({ evidence }: { evidence: number }) => (evidence === 0 ? {} : { evidence });

async function responseOfOffice(id: number, person: Person, context: Context<Reader>) {
  if (!holdsRole(person, "office")) return refuse("forbidden", "应急响应由市办按省级文件启动、调整和解除。");
  return (
    (await context.store.responses.byId(id)) ??
    refuse("stale-action", "这次响应已不在，请发送“应急”。", ["应急"])
  );
}
