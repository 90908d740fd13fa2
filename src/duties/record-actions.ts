import { z } from "zod";
import { action } from "../chat/action.ts";
import { isRefusal, refuse } from "../chat/refusal.ts";
import { recordKindNamed } from "./kinds.ts";
import { recordDone } from "./record.ts";
import { RECORD_FORM, recordCard, WITHDRAW_RECORD_FORM } from "./record-card.ts";
import { withdraws } from "./record-rights.ts";

/** 记: something of a kind, by its form. */
export const enterRecord = action({
  name: "record.enter",
  label: "记录",
  params: z.object({ kind: z.string() }),
  fields: RECORD_FORM,
  async press({ params, fields, person }, context) {
    const kind = recordKindNamed(params.kind, context.office.pack);
    return isRefusal(kind) ? kind : recordDone({ kind, ...fields }, person, context);
  },
});

/** 撤回记录: what was written down by mistake counts no more; it stays, with who took it back and why. */
export const withdrawRecord = action({
  name: "record.withdraw",
  label: "撤回记录",
  params: z.object({ record: z.int() }),
  fields: WITHDRAW_RECORD_FORM,
  async press({ params, fields, person }, context) {
    const { store, now } = context;
    const record = await store.dutyRecords.byId(params.record);
    if (record === null) return refuse("stale-action", "没有这条工作记录。", ["工作记录"]);
    if (!withdraws(person, record)) return refuse("forbidden", "工作记录由记录人或市办撤回。");
    const how = { at: now.epochMilliseconds, by: person.id, why: fields.text };
    if (!(await store.dutyRecords.withdraw(record.id, how)))
      return refuse("already-done", `记录${record.id}号已经撤回。`);
    const after = await store.dutyRecords.byId(record.id);
    return {
      ...recordCard(after ?? record, person, context, `已撤回记录${record.id}号`),
      audit: { why: fields.text },
    };
  },
});
