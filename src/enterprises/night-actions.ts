import { z } from "zod";
import { scopeName } from "../chat/access.ts";
import { action } from "../chat/action.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { redrawShown } from "../chat/redraw-shown.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { afterNightStep, type NightStep } from "../domain/enterprises/night-permit.ts";
import { bothOf, holdsRole } from "../domain/posts.ts";
import type { NightPermit } from "../store/night-permits.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { NIGHT_FORMS, NIGHT_LABELS } from "./night-buttons.ts";
import { nightCard, nightStateWords, nightSubject } from "./night-card.ts";
import { appliesFor, grantsNights, nightHearers } from "./night-rights.ts";
import { nightStandings, notLet } from "./night-standing.ts";

const params = z.object({ permit: z.int(), version: z.int() });

export const grantNight = nightStepAction("grant");
export const refuseNight = nightStepAction("refuse");
export const suspendNight = nightStepAction("suspend");
export const resumeNight = nightStepAction("resume");
export const withdrawNight = nightStepAction("withdraw");

/** A step with a permit: who may take it, what dustfall leaves of it, and who hears of it. */
function nightStepAction(step: NightStep) {
  return action({
    name: `night.${step}`,
    label: NIGHT_LABELS[step],
    params,
    fields: NIGHT_FORMS[step] as z.ZodObject,
    async press({ params, fields, person }, context): Promise<Card | Refusal> {
      const { store, now, today } = context;
      const permit = await store.nightPermits.byId(params.permit);
      if (permit === null) return refuse("stale-action", "没有这份夜间施工许可。", ["夜施"]);
      const fault = await stepFault(step, permit, person, context);
      if (fault !== null) return fault;
      const state = afterNightStep(step, permit, today.toString());
      if (state === null || permit.version !== params.version)
        return refuse("already-done", `夜间施工许可${permit.id}号现为“${nightStateWords(permit, today)}”。`, [
          `夜施 ${permit.id}`,
        ]);
      const text = (fields as { text?: string }).text ?? null;
      const moved = await store.nightPermits.move(permit.id, permit.version, {
        state,
        reason: text,
        decidedAt: now.epochMilliseconds,
        decidedBy: person.id,
        ...(step === "grant" ? { approvedBy: granterWords(person, context) } : {}),
      });
      if (moved === null) throw new Error(`night permit ${permit.id} has changed within its own transaction`);
      // Whoever else was asked for it sees what came of it, without the buttons.
      await redrawShown(
        nightSubject(moved),
        {
          revision: `v${moved.version}`,
          everywhere: true,
          cardFor: (reader) => nightCard(moved, reader, context),
        },
        context,
      );
      const title = `夜间施工许可${permit.id}号${DONE[step]}：${permit.site}`;
      for (const personId of await nightHearers(moved, context)) {
        const hearer = personId === person.id ? null : await store.people.byId(personId);
        if (hearer === null) continue;
        const card = await nightCard(moved, hearer, context, title);
        const key = `${nightSubject(moved)}/v${moved.version}/${personId}`;
        await store.outbox.queue({ key, to: { personId }, class: "card", card }, now.epochMilliseconds);
      }
      return {
        ...(await nightCard(moved, person, context, title)),
        tone: "good",
        audit: { before: permit.state, after: state, ...(text === null ? {} : { reason: text }) },
      };
    },
  });
}

const DONE: Readonly<Record<NightStep, string>> = {
  grant: "已批准",
  refuse: "不予批准",
  suspend: "已暂停",
  resume: "已恢复",
  withdraw: "已撤回",
};

async function stepFault(
  step: NightStep,
  permit: NightPermit,
  person: Person,
  context: Context<Writer>,
): Promise<Refusal | null> {
  const { office, today } = context;
  if (step === "withdraw")
    return appliesFor(person, permit.regionId, context)
      ? null
      : refuse("forbidden", "夜间施工许可由申请的县（市、区）或市办撤回。");
  if (!grantsNights(person, context))
    return refuse("forbidden", `夜间施工许可由${granterNames(context)}批准。`);
  if (step !== "grant" && step !== "resume") return null;
  if (step === "grant" && permit.appliedBy !== null && bothOf(person).includes(permit.appliedBy))
    return refuse("forbidden", "这是您自己申请的，须由另一人批准。");
  const region = office.heirOn(permit.regionId, today);
  const standing = (await nightStandings([region], context)).get(region.id) ?? null;
  const asked = { basis: permit.basis, isOffice: holdsRole(person, "office") };
  return notLet(region, standing, asked, office);
}

/** 市住建局、城管局或市办 */
function granterNames({ office }: Pick<Context<Writer>, "office">): string {
  const names = office.pack.settings.nightWork.grantedBy.map((id) => office.department(id).short);
  return [...names, "市办"].join("、");
}

function granterWords(person: Person, { office, today }: Pick<Context<Writer>, "office" | "today">): string {
  if (person.departmentId !== null) return office.department(person.departmentId).name;
  return holdsRole(person, "office") ? office.pack.office : scopeName(person, office, today);
}
