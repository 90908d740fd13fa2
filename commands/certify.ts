import { z } from "zod";
import { AUDIT } from "../src/air/audit.ts";
import { airsOf, ruledParts } from "../src/air/period-air.ts";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import type { Block } from "../src/chat/card.ts";
import { type Context, change } from "../src/chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { daysIn, type Period } from "../src/domain/period.ts";
import type { Reader } from "../src/store/store.ts";

const toRanking = says("排名");
const toWithdraw = says("撤回导入");

/** 审定：the office has checked a month's days; from then on its figures are audited ones. */
export default change({
  name: "certify",
  words: ["审定"],
  help: { does: "把一个月的空气数据定为审核后", example: "审定 {month}" },
  audience: "person",
  who: only("审定数据", "office"),
  args: z.object({
    period: arg.maybe.period(),
    // 审定 5月数据: there is nothing else to be audited.
    what: arg.maybe.choice("内容", { 数据: "air", 空气数据: "air", 空气质量数据: "air" }),
  }),

  async instead({ args: { period } }, context) {
    const { store, today } = context;
    if (period === undefined)
      return refuse("usage", "请写明月份，例如“审定 5月”。", [
        `审定 ${today.subtract({ months: 1 }).month}月`,
      ]);
    const { from, to, label } = period;
    if (from.day !== 1 || to.day !== to.daysInMonth)
      return refuse("bad-period", `数据按整月审定，“${label}”不是整月，例如“审定 5月”。`);
    if (Temporal.PlainDate.compare(to, today) >= 0)
      return refuse("bad-period", `${label}还没有结束，月底以后才能审定。`);
    const rows = await validDays(period, context);
    if (isRefusal(rows)) return rows;
    if (rows.every(({ valid }) => valid === 0))
      return refuse("no-data", `${label}没有有效的监测数据，请先导入日均值。`);
    if ((await store.air.toAudit(spanOf(period))) > 0) return null;
    return {
      title: `${label}的数据都已审核，没有改动`,
      blocks: [tableOf(rows, period)],
      facts: { audited: 0, days: daysIn(period), rows },
    };
  },

  async answer({ args: { period }, person }, context) {
    const { store, now } = context;
    const { from, to, label } = period as Period;
    const rows = await validDays(period as Period, context);
    if (isRefusal(rows)) return rows;
    const batch = await store.batches.nextId();
    const span = spanOf(period as Period);
    const at = now.epochMilliseconds;
    const audited = await store.air.audit(span, { personId: person.id, at, batch });
    // Somebody else may have been faster.
    if (audited === 0) return refuse("already-done", `${label}的数据都已审核，没有改动。`);
    await store.batches.add({
      ...{ id: batch, kind: AUDIT.id, personId: person.id, at, name: `审定 ${label}`, sha256: null },
      ...{ rows: audited, added: 0, corrected: 0, unchanged: audited, dataState: "audited" },
      ...{ firstDay: span[0], lastDay: span[1] },
    });
    return {
      title: `已审定：${label}空气数据`,
      tone: rows.some(({ reason }) => reason !== "") ? "notice" : "good",
      subject: `batch:${batch}`,
      audit: { batch, from: span[0], to: span[1], days: audited },
      blocks: [
        tableOf(rows, { from, to }),
        {
          kind: "note",
          text: `${label}的数据现为审核后（第${batch}号）；以后更正的数据为未经审核，须重新审定`,
        },
      ],
      buttons: [toRanking("排名", `${from}..${to}`), toWithdraw("撤回导入")],
      facts: {
        ...{ batch, audited, days: daysIn({ from, to }), rows },
        period: { from: span[0], to: span[1], label },
      },
    };
  },
});

const spanOf = ({ from, to }: Pick<Period, "from" | "to">) => [from.toString(), to.toString()] as const;

/** How many days each county has, and why they don't suffice where they don't. */
type ValidDays = { county: string; valid: number; reason: string };

async function validDays(
  period: Period,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<ValidDays[] | Refusal> {
  const parts = ruledParts(period, today);
  if (isRefusal(parts)) return parts;
  const rows: ValidDays[] = [];
  for (const region of office.regionsOf({ to: period.to }, today)) {
    const airs = await airsOf(store, region, parts, today);
    const all = isRefusal(airs) ? [] : airs.map((air) => air.now);
    const valid = all.reduce((sum, { days }) => sum + days.valid, 0);
    const why = all.flatMap(({ insufficient }) => insufficient ?? []).join("；");
    rows.push({ county: region.short, valid, reason: all.length === 0 ? "无监测数据" : why });
  }
  return rows;
}

const tableOf = (rows: readonly ValidDays[], period: Pick<Period, "from" | "to">): Block => ({
  kind: "table",
  columns: [{ title: "地区" }, { title: "有效天", align: "end" }, { title: "说明" }],
  rows: rows.map(({ county, valid, reason }) => [county, `${valid}/${daysIn(period)}`, reason || "—"]),
});
