import type { Relation, State } from "./states.ts";

// The steps of the closed loop, as data: docs/issues.md is drawn from this table.
// Source: the plan's closed loop (“落实整改反馈，实施闭环管理”); steps and words are common office practice, domain document 9.

export type Step =
  | "assign"
  | "acknowledge"
  | "start"
  | "submit"
  | "confirm"
  | "verify"
  | "reject"
  | "return"
  | "uphold"
  | "reassign"
  | "request-extension"
  | "grant-extension"
  | "refuse-extension"
  | "suspend"
  | "resume"
  | "escalate"
  | "supervise"
  | "propose-transfer"
  | "approve-transfer"
  | "refuse-transfer"
  | "merge"
  | "reopen"
  | "cancel";

/** Somebody who took an earlier step and therefore must not take this one. */
export type Earlier = "submittedBy" | "confirmedBy" | "extensionBy" | "proposedBy";

export type StepRule = {
  /** On the button. */
  name: string;
  /** What it is called once it is done: in histories and refusals. */
  done: string;
  from: readonly State[];
  /** Where it leads; `stay`: where it stands; `back`: where it stood before it was suspended or proposed for transfer. */
  to: State | "stay" | "back";
  by: readonly Relation[];
  /** The reason, or the measures taken. */
  text: "required" | "optional" | "none";
  /** A new deadline, or for a suspension its last day. `if-past`: required once the present one has passed. */
  due: "required" | "if-past" | "none";
  /** Photos before and after, as many as the plan pack demands. */
  evidence: boolean;
  /** Never one person on both sides of a decision. */
  notBy: readonly Earlier[];
};

const unit = ["liaison", "lead", "department"] as const;
const assigners = ["office", "supervision"] as const;
const unitsTurn = ["assigned", "acknowledged", "rectifying"] as const;

const rule = (
  names: { name: string; done?: string },
  from: readonly State[],
  to: StepRule["to"],
  by: readonly Relation[],
  needs: Partial<Pick<StepRule, "text" | "due" | "evidence" | "notBy">> = {},
): StepRule => ({
  done: names.name,
  ...names,
  from,
  to,
  by,
  text: "none",
  due: "none",
  evidence: false,
  notBy: [],
  ...needs,
});

export const STEPS: Readonly<Record<Step, StepRule>> = {
  assign: rule({ name: "交办" }, ["draft"], "assigned", assigners, { due: "required" }),
  acknowledge: rule({ name: "签收" }, ["assigned"], "acknowledged", unit),
  start: rule({ name: "开始整改" }, ["acknowledged"], "rectifying", unit, { text: "optional" }),
  submit: rule({ name: "提交整改" }, ["acknowledged", "rectifying"], "submitted", unit, {
    text: "required",
    evidence: true,
  }),
  confirm: rule({ name: "县级确认" }, ["submitted"], "reviewing", ["lead", "office"], {
    text: "optional",
    notBy: ["submittedBy"],
  }),
  verify: rule({ name: "复核通过", done: "销号" }, ["reviewing"], "closed", assigners, {
    text: "optional",
    notBy: ["submittedBy", "confirmedBy"],
  }),
  reject: rule(
    { name: "复核不通过", done: "退回整改" },
    ["submitted", "reviewing"],
    "rectifying",
    ["lead", ...assigners],
    { text: "required", due: "if-past", notBy: ["submittedBy"] },
  ),
  return: rule({ name: "退回交办" }, ["assigned"], "returned", unit, { text: "required" }),
  uphold: rule({ name: "不予退回" }, ["returned"], "assigned", assigners, {
    text: "required",
    due: "if-past",
  }),
  reassign: rule({ name: "改派" }, ["returned", ...unitsTurn], "assigned", assigners, {
    text: "required",
    due: "required",
  }),
  "request-extension": rule({ name: "申请延期" }, ["acknowledged", "rectifying"], "stay", unit, {
    text: "required",
    due: "required",
  }),
  "grant-extension": rule({ name: "同意延期" }, ["acknowledged", "rectifying"], "stay", assigners, {
    text: "optional",
    notBy: ["extensionBy"],
  }),
  "refuse-extension": rule({ name: "不同意延期" }, ["acknowledged", "rectifying"], "stay", assigners, {
    text: "required",
    notBy: ["extensionBy"],
  }),
  suspend: rule({ name: "依法中止" }, unitsTurn, "suspended", assigners, {
    text: "required",
    due: "required",
  }),
  resume: rule({ name: "恢复办理" }, ["suspended"], "back", [...assigners, "clock"], { text: "optional" }),
  escalate: rule({ name: "上报市攻坚办" }, unitsTurn, "stay", assigners, { text: "required" }),
  supervise: rule({ name: "挂牌督办" }, [...unitsTurn, "submitted", "reviewing"], "stay", ["city-lead"], {
    text: "required",
  }),
  "propose-transfer": rule(
    { name: "提请移送" },
    [...unitsTurn, "submitted", "reviewing"],
    "transferring",
    assigners,
    {
      text: "required",
    },
  ),
  "approve-transfer": rule(
    { name: "同意移送", done: "移送市纪委监委" },
    ["transferring"],
    "transferred",
    ["city-lead"],
    {
      text: "optional",
      notBy: ["proposedBy"],
    },
  ),
  "refuse-transfer": rule({ name: "不同意移送" }, ["transferring"], "back", ["city-lead"], {
    text: "required",
    notBy: ["proposedBy"],
  }),
  merge: rule({ name: "并案" }, ["draft", "returned", ...unitsTurn], "merged", assigners),
  reopen: rule({ name: "重新整改（反弹）", done: "反弹重办" }, ["closed"], "rectifying", assigners, {
    text: "required",
    due: "required",
  }),
  cancel: rule({ name: "作废" }, ["draft", "returned"], "cancelled", assigners, { text: "required" }),
};

export const ALL_STEPS = Object.keys(STEPS) as readonly Step[];
