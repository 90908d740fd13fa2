import { z } from "zod";
import { action } from "../chat/action.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { STEPS, type Step } from "../domain/issues/steps.ts";
import type { Place } from "../office/office.ts";
import type { IssueChange } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { issueCard } from "./card.ts";
import { actionName, FORMS, stepParams } from "./forms.ts";
import { mergeInto } from "./merge.ts";
import { type Said, take } from "./perform-step.ts";
import { usualDue } from "./terms.ts";
import { decideTransfer, proposeTransfer } from "./transfer.ts";

// One action for each step of the loop; `commands/issue.ts` exports them.

export const acknowledge = stepAction("acknowledge");
export const start = stepAction("start");
export const submit = stepAction("submit", ({ measures }) => ({ text: measures }));
export const confirm = stepAction("confirm");
export const verify = stepAction("verify");
export const reject = stepAction("reject");
export const returned = stepAction("return");
export const uphold = stepAction("uphold");
export const requestExtension = stepAction("request-extension");
export const grantExtension = stepAction("grant-extension");
export const refuseExtension = stepAction("refuse-extension");
export const suspend = stepAction("suspend");
export const resume = stepAction("resume");
export const escalate = stepAction("escalate");
export const supervise = stepAction("supervise");
export const cancel = stepAction("cancel");
export const reopen = stepAction("reopen");

/** 交办 of a draft: what it still lacks is asked in the form. */
export const assignDraft = stepAction("assign", (said, { office, today }) => {
  const { county, title, department, level, category } = said;
  const due = said.due ?? usualDue({ category, level }, office, today);
  if (due === null)
    return refuse("usage", `“${level}”问题没有默认期限，请写明整改期限，例如“2020-12-31”或“10个工作日”。`);
  return {
    due,
    change: {
      ...placed(county, department?.id, { office, today }),
      ...(title ? { title } : {}),
      level,
      ...(category ? { category } : {}),
    },
  };
});

export const reassign = stepAction("reassign", ({ county, department, due, text }, context) => ({
  due,
  text,
  change: placed(county, department?.id, context),
  note: `改派${context.office.heirOf(county, context.today).short}`,
}));

/** 并案: the issue ends here and goes on as another. */
export const merge = action({
  name: actionName("merge"),
  label: STEPS.merge.name,
  params: stepParams,
  fields: FORMS.merge,
  async press({ params, fields, person }, context) {
    const done = await mergeInto(params, fields.into, person, context);
    return isRefusal(done) ? done : issueCard(done.merged, person, context, { title: "已并案" });
  },
});

/** 提请移送 from an issue's card: a file of this one issue. */
export const transferOne = action({
  name: actionName("propose-transfer"),
  label: STEPS["propose-transfer"].name,
  params: stepParams,
  fields: FORMS["propose-transfer"],
  async press({ params, fields, person }, context) {
    const issue = await context.store.issues.byId(params.issue);
    if (issue === null) return refuse("unknown-issue", "这件问题已不存在，请重新发送“问题”。", ["问题"]);
    return proposeTransfer([{ ...issue, version: params.version }], fields.text, person, context);
  },
});

const decisionParams = stepParams.partial().extend({ transfer: z.int().optional() });

/** A decision is taken on the whole file, from its own card or from that of an issue in it. */
export const approveTransfer = decision("approve-transfer", "approved");
export const refuseTransfer = decision("refuse-transfer", "refused");

function decision(step: "approve-transfer" | "refuse-transfer", state: "approved" | "refused") {
  return action({
    name: actionName(step),
    label: STEPS[step].name,
    params: decisionParams,
    fields: FORMS[step] as z.ZodObject,
    async press({ params, fields, person }, context) {
      const { text } = fields as { text?: string };
      const { issue, version } = params;
      const seen = issue === undefined || version === undefined ? undefined : { issue, version };
      const file = params.transfer ?? (await context.store.transfers.ofIssue(issue ?? 0))?.id;
      if (file !== undefined) return decideTransfer(file, { state, text, seen }, person, context);
      // Without a file there is nothing to decide; whose it would be is said first.
      const taken = seen && (await take(step, seen, person, context, { text }));
      return isRefusal(taken) ? taken : refuse("stale-action", "这件问题没有待审批的移送。", ["今日"]);
    },
  });
}

type Fields<S extends Step> = z.output<(typeof FORMS)[S]>;
type Reads<S extends Step> = (
  fields: Fields<S>,
  context: Context<Writer>,
  issueId: number,
) => Said | Refusal | Promise<Said | Refusal>;

/** The action of one step. `reads` says what its form means; without it `text` and `due` are what they are called. */
function stepAction<S extends Step>(step: S, reads: Reads<S> = (fields) => fields as Said) {
  return action({
    name: actionName(step),
    label: STEPS[step].name,
    params: stepParams,
    fields: FORMS[step] as z.ZodObject,
    async press({ params, fields, person }, context) {
      const said = await reads(fields as Fields<S>, context, params.issue);
      return isRefusal(said) ? said : answered(step, params, person, context, said);
    },
  });
}

async function answered(
  step: Step,
  params: { issue: number; version: number },
  person: Person,
  context: Context<Writer>,
  { text, due, change, note }: Said,
) {
  const moved = await take(step, params, person, context, {
    text,
    due,
    ...(change ? { change } : {}),
    ...(note ? { note } : {}),
  });
  return isRefusal(moved)
    ? moved
    : issueCard(moved, person, context, { title: `已${STEPS[step].done}`, plain: true });
}

/** Where an issue goes: the region that bears the name now. */
function placed(
  county: Place,
  departmentId: string | undefined,
  { office, today }: Pick<Context<Writer>, "office" | "today">,
): IssueChange {
  return { regionId: office.heirOf(county, today).id, departmentId: departmentId ?? null };
}
