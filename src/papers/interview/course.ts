import type { Card } from "../../chat/card.ts";
import type { Context } from "../../chat/command.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import { ATTENDANCES, type InterviewStep, mayFollow } from "../../domain/papers/interview-course.ts";
import { holdsRole } from "../../domain/posts.ts";
import type { Person } from "../../store/people.ts";
import type { Writer } from "../../store/store.ts";
import { countyPeople, isCountyOf } from "./people.ts";
import { INTERVIEW, type InterviewCandidate, interviewCourseOf } from "./standings.ts";
import { remindedCard } from "./tell.ts";
import { interviewStateWords, stepWords } from "./words.ts";

/** What each step is called, by whom it is taken and who hears of it. */
const STEPS: Readonly<
  Record<InterviewStep, { done: string; by: "county" | "office"; told: "county" | "office" }>
> = {
  attend: { done: "约谈回复", by: "county", told: "office" },
  minutes: { done: "约谈记录", by: "office", told: "county" },
  plan: { done: "整改方案已报", by: "county", told: "office" },
  release: { done: "已解除约谈", by: "office", told: "county" },
};

/** Takes a step of a confirmed 约谈: writes it down and tells the other side. */
export async function takeInterviewStep(
  step: InterviewStep,
  id: number,
  detail: Readonly<Record<string, string>>,
  person: Person,
  context: Context<Writer>,
): Promise<InterviewCandidate | Refusal> {
  const { store, office, now, today } = context;
  const row = (await store.candidates.byId(id)) as InterviewCandidate | null;
  if (row === null || row.kind !== INTERVIEW || row.state !== "confirmed")
    return refuse("stale-action", "没有这次约谈，请重新发送“约谈”。", ["约谈"]);
  const { by, told, done } = STEPS[step];
  if (by === "office" && !holdsRole(person, "office")) return refuse("forbidden", `${done}由市办办理。`);
  if (by === "county" && !isCountyOf(person, row, context))
    return refuse("forbidden", "由被约谈的县（市、区）领导或联络员办理。");
  const { state, steps } = await interviewCourseOf(row, store);
  if (!mayFollow(step, state))
    return refuse("conflict", `这次约谈${interviewStateWords[state]}，不能办理。`, ["约谈"]);
  const empty = Object.values(detail).some((text) => text.trim().length < 2);
  if (empty) return refuse("usage", "每一栏都要写明，至少两个字。");
  const at = now.epochMilliseconds;
  await store.candidates.addStep({ candidateId: id, step, detail, at, personId: person.id });
  const region = office.heirOn(row.regionId ?? "", today);
  const card: Card = remindedCard(region, done, `${stepWords({ step, detail })}。`, toneOf(step, detail));
  const people =
    told === "office" ? await store.people.withRoles(["office"]) : await countyPeople(row, context);
  for (const to of people)
    await store.outbox.queue(
      {
        key: `${INTERVIEW}/${id}/${steps.length + 1}/${to.id}`,
        to: { personId: to.id },
        class: "must-arrive",
        card,
        job: INTERVIEW,
        together: true,
      },
      at,
    );
  return row;
}

const toneOf = (step: InterviewStep, { as }: Readonly<Record<string, string>>) =>
  step === "minutes" || (as !== undefined && ATTENDANCES[as as keyof typeof ATTENDANCES] === "excused")
    ? ("bad" as const)
    : ("notice" as const);
