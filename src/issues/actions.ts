import { z } from "zod";
import { type AnyAction, action } from "../chat/action.ts";
import { isRefusal, refuse } from "../chat/refusal.ts";
import { issueCard } from "./card.ts";
import { STEPS } from "./loop.ts";
import { mergeInto } from "./merge.ts";
import { actedFor, barredFrom, performStep } from "./perform-step.ts";
import type { Said, Step } from "./step.ts";
import { actionName, stepParams } from "./step-button.ts";
import { dueRemark, termRemark } from "./terms.ts";
import { type Decision, decideTransfer, isDecision, proposeTransfer } from "./transfer.ts";

const gone = refuse("unknown-issue", "这件问题已不存在，请重新发送“问题”。", ["问题"]);

/** The action of a step that is taken on its own issue alone. */
function stepAction(step: Step) {
  const { form, needs, reads = (fields) => fields as Said } = step;
  return action({
    name: actionName(step),
    label: step.words.name,
    params: stepParams,
    fields: form,
    async press({ params, fields, person }, context) {
      const issue = await context.store.issues.byId(params.issue);
      if (issue === null) return gone;
      const said = reads(fields, { ...context, issue });
      // Whose step it is comes before what is wrong with its form.
      if (isRefusal(said)) return (await barredFrom(step, issue, params, person, context)) ?? said;
      const moved = await performStep(step, params, person, context, said);
      if (isRefusal(moved)) return moved;
      const drawn = await issueCard(moved, person, context, { title: `已${step.words.done}`, plain: true });
      // The audit keeps, as the history does, what the step has changed and what it was before.
      const behalf = await actedFor(step, moved, context.store);
      const card = {
        ...drawn,
        ...(said.note === undefined ? {} : { audit: { note: said.note } }),
        ...(behalf ? { behalf } : {}),
      };
      const due = needs?.due === "last-day" ? undefined : said.due;
      const note = due === undefined ? null : (dueRemark(due, context) ?? termRemark(due, context));
      return note === null ? card : { ...card, blocks: [...card.blocks, { kind: "note", text: note }] };
    },
  });
}

/** The action of a step by which the issue goes on as another. */
function mergeAction(step: Step) {
  return action({
    name: actionName(step),
    label: step.words.name,
    params: stepParams,
    fields: step.form,
    async press({ params, fields, person }, context) {
      const { into } = fields as { into: string };
      const done = await mergeInto(step, { seen: params, into }, person, context);
      return isRefusal(done)
        ? done
        : issueCard(done.merged, person, context, { title: `已${step.words.done}` });
    },
  });
}

/** The action of a step that opens a file, on an issue's card: one of this issue alone. */
function proposeAction(step: Step) {
  return action({
    name: actionName(step),
    label: step.words.name,
    params: stepParams,
    fields: step.form,
    async press({ params, fields, person }, context) {
      const issue = await context.store.issues.byId(params.issue);
      if (issue === null) return gone;
      const { text } = fields as { text: string };
      return proposeTransfer([{ ...issue, version: params.version }], text, person, context);
    },
  });
}

/** A decision is taken on the whole file, from its own card or from that of an issue in it. */
function decisionAction(step: Decision) {
  return action({
    name: actionName(step),
    label: step.words.name,
    params: stepParams.partial().extend({ transfer: z.int().optional() }),
    fields: step.form,
    async press({ params, fields, person }, context) {
      const { text } = fields as { text?: string };
      const { issue, version } = params;
      const seen = issue === undefined || version === undefined ? undefined : { issue, version };
      const file = params.transfer ?? (await context.store.transfers.ofIssue(issue ?? 0))?.id;
      if (file !== undefined) return decideTransfer(file, step, { text, seen }, person, context);
      // Without a file there is nothing to decide; whose it would be is said first.
      const taken = seen && (await performStep(step, seen, person, context, { text }));
      return isRefusal(taken) ? taken : refuse("stale-action", "这件问题没有待审批的移送。", ["今日"]);
    },
  });
}

/** What a step concerns beside its own issue, it declares: another issue, or a whole file of them. */
function actionOf(step: Step): AnyAction {
  if (step.into !== undefined) return mergeAction(step);
  if (isDecision(step)) return decisionAction(step);
  return step.file === undefined ? stepAction(step) : proposeAction(step);
}

/** One action for each step of the loop; `commands/issue.ts` exports them. */
export const actions: readonly AnyAction[] = STEPS.map(actionOf);
