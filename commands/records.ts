import { z } from "zod";
import { anotherCountys, anyone, scopeOf } from "../src/chat/access.ts";
import { withReason } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { periodOf } from "../src/domain/period.ts";
import { recordKindNamed } from "../src/duties/kinds.ts";
import { recordCard, recordFacts, recordTable } from "../src/duties/record-card.ts";
import { recordingPost, seesRecord } from "../src/duties/record-rights.ts";

const toRecord = says("记录");
const toExport = says("导出");
const toRecords = says("工作记录");

/** 工作记录：what was done of the standing duties, who, when, where, and what came of it. */
export default command({
  name: "records",
  words: ["工作记录", "经常性工作", "撤回记录", "撤回工作记录"],
  hints: ["记录清单", "工作台账", "走航记录", "抽测记录", "巡检记录", "增雨记录", "宣传记录"],
  help: {
    does: "看走航、增雨、抽测等工作记录，可加事项、县（市、区）、月份或编号",
    example: "工作记录 走航",
  },
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    no: arg.maybe.number("记录编号", { bare: true }),
    county: arg.maybe.county(),
    period: arg.maybe.period(),
    kind: arg.maybe.text("事项", { maxLength: 20 }),
    reason: arg.maybe.text("撤回原因", { behind: "no", maxLength: 200 }),
  }),

  shows: async (said, _person, { office }) =>
    office.pack.records
      .filter(({ name, aliases }) => [name, ...aliases].includes(said))
      .map(({ name }) => ({ name: said, what: "工作记录", say: toRecords("", name).say })),

  async answer({ args: { no, county, period, kind: word, reason }, person }, context) {
    const { store, office, today } = context;
    if (no !== undefined) {
      const record = await store.dutyRecords.byId(Number(no));
      if (record === null)
        return refuse("no-data", `没有工作记录${no.slice(0, 12)}号。发送“工作记录”看清单。`, ["工作记录"]);
      if (record.regionId !== null && !seesRecord(person, record, context)) {
        const home = office.heirOn(record.regionId, today);
        return anotherCountys(`${home.short}的工作记录${record.id}号`, [home], person, context);
      }
      return withReason(recordCard(record, person, context), reason);
    }
    const kind = word === undefined ? undefined : recordKindNamed(word, office.pack);
    if (isRefusal(kind)) return kind;
    const { from, to, label } = period ?? periodOf(today.with({ day: 1 }).subtract({ months: 1 }), today);
    const last = Temporal.PlainDate.compare(to, today) < 0 ? to : today;
    const regionIds = county ? office.lineage(office.heirOf(county, today).id) : undefined;
    const own = scopeOf(person, office, today);
    const found = await store.dutyRecords.list({
      ...{ from: from.toString(), to: last.toString(), kind: kind?.id },
      regionIds: regionIds?.filter((id) => own === null || own.includes(id)),
    });
    const rows = found.filter((record) => seesRecord(person, record, context)).reverse();
    const about = [county?.short, label, kind?.name].filter(Boolean).join("");
    return {
      title: `${about}工作记录（${rows.length}次）`,
      blocks: [
        rows.length === 0 ? { kind: "text", text: "这段时间没有工作记录。" } : recordTable(rows, context),
      ],
      buttons: [
        ...(recordingPost(person) === undefined ? [] : [toRecord("记一次", kind?.name)]),
        ...(rows.length === 0 ? [] : [toExport("导出Excel")]),
      ],
      facts: { rows: rows.map((record) => recordFacts(record, context)) },
    };
  },
});
