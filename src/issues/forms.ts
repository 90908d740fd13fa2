import { z } from "zod";
import { buttonOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Button } from "../chat/card.ts";
import { STEPS, type Step } from "../domain/issues/steps.ts";

/** What a button of an issue is about: the issue, and the version that its reader saw. */
export const stepParams = z.object({ issue: z.int(), version: z.int() });
export type StepParams = z.output<typeof stepParams>;

const reason = (label: string, hint?: string) =>
  arg.longtext(label, { maxLength: 1000, ...(hint ? { hint } : {}) });
const opinion = arg.maybe.longtext("意见", { hint: "可不填", maxLength: 500 });
const newDue = arg.deadline("新的整改期限", { hint: "日期或天数，如 2020-06-30、5个工作日" });
const dueIfPast = arg.maybe.deadline("新的整改期限", { hint: "原期限已过时必填，如 5个工作日" });
const none = z.object({});

export const levels = { 一般: "一般", 较大: "较大", 重大: "重大" } as const;

/** The form of each step; what it must hold, the loop's own table says. */
export const FORMS = {
  assign: z.object({
    county: arg.county({ hint: "责任地区的简称" }),
    title: arg.maybe.text("问题描述", { hint: "不填则用原来的描述", maxLength: 200 }),
    due: arg.maybe.deadline("整改期限", { hint: "日期或天数；不填按类别或等级" }),
    department: arg.maybe.department({ hint: "责任部门，可不填" }),
    level: arg.choice("问题等级", levels, { otherwise: "一般" }),
    category: arg.maybe.category({ hint: "可不填" }),
  }),
  acknowledge: none,
  start: z.object({
    text: arg.maybe.longtext("整改方案", { hint: "措施、责任人、时间，可不填", maxLength: 1000 }),
  }),
  submit: z.object({
    measures: arg.longtext("整改措施和完成情况", { hint: "做了什么、谁负责、何时完成", maxLength: 1000 }),
  }),
  confirm: z.object({ text: opinion }),
  verify: z.object({ text: opinion }),
  reject: z.object({ text: reason("不通过的原因和要求"), due: dueIfPast }),
  return: z.object({ text: reason("退回理由", "不属本辖区，或责任不清") }),
  uphold: z.object({ text: reason("不予退回的理由"), due: dueIfPast }),
  reassign: z.object({
    county: arg.county({ hint: "新的责任地区" }),
    department: arg.maybe.department({ hint: "责任部门，可不填" }),
    due: newDue,
    text: reason("改派理由"),
  }),
  "request-extension": z.object({
    due: arg.deadline("延至", { hint: "日期或天数，如 2020-06-30" }),
    text: reason("延期理由和期间措施"),
  }),
  "grant-extension": z.object({ text: opinion }),
  "refuse-extension": z.object({ text: reason("不同意的理由") }),
  suspend: z.object({ due: arg.deadline("中止至", { hint: "日期或天数" }), text: reason("中止的法定理由") }),
  resume: z.object({ text: opinion }),
  escalate: z.object({ text: reason("上报事由") }),
  supervise: z.object({ text: reason("督办要求") }),
  "propose-transfer": z.object({ text: reason("提请移送的事由") }),
  "approve-transfer": z.object({ text: opinion }),
  "refuse-transfer": z.object({ text: reason("不同意的理由") }),
  merge: z.object({ into: arg.text("并入的问题编号", { hint: "完整编号", maxLength: 30 }) }),
  reopen: z.object({ text: reason("反弹情况"), due: newDue }),
  cancel: z.object({ text: reason("作废理由") }),
} as const satisfies Record<Step, z.ZodObject>;

/** What a look on the spot has found. */
export const CHECK_FORMS = {
  pass: z.object({ text: arg.maybe.longtext("核查情况", { hint: "可不填", maxLength: 500 }) }),
  fail: z.object({ text: reason("发现的问题") }),
};

/** What is asked about a file that somebody has sent. */
export const EVIDENCE_FORMS = {
  place: none,
  draft: z.object({
    title: arg.text("问题描述", {
      hint: "一句话写清地区、地点和问题",
      maxLength: 200,
    }),
    county: arg.maybe.county({ hint: "不填按描述里的地名" }),
  }),
};

/** Steps that somebody is waiting for; the others of the assigning side stand behind 更多. */
const FOREMOST: ReadonlySet<Step> = new Set<Step>([
  "assign",
  "acknowledge",
  "start",
  "submit",
  "confirm",
  "verify",
  "reject",
  "return",
  "uphold",
  "request-extension",
  "grant-extension",
  "refuse-extension",
  "approve-transfer",
  "refuse-transfer",
]);
export const isForemost = (step: Step): boolean => FOREMOST.has(step);

const PRIMARY: ReadonlySet<Step> = new Set<Step>([
  "assign",
  "acknowledge",
  "submit",
  "confirm",
  "verify",
  "grant-extension",
  "approve-transfer",
]);
const DANGER: ReadonlySet<Step> = new Set<Step>(["cancel", "propose-transfer"]);

/** The button of a step as it stands on an issue's card. */
export function stepButton(step: Step, params: StepParams, label?: string): Button {
  const style = PRIMARY.has(step) ? "primary" : DANGER.has(step) ? "danger" : undefined;
  return buttonOf(
    { name: actionName(step), label: label ?? STEPS[step].name, fields: FORMS[step] },
    params,
    style ? { style } : {},
  );
}

/** Stable name of a step's action; audit rows carry it. */
export const actionName = (step: Step): string => `issue.${step}`;
