import type { Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { dateSeenOn } from "../chat/wording.ts";
import type { DustfallStanding } from "../domain/air/dustfall-standing.ts";
import { afterNightStep, isPast, NIGHT_STATES, type NightStep } from "../domain/enterprises/night-permit.ts";
import { holdsRole } from "../domain/posts.ts";
import type { NightPermit } from "../store/night-permits.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { NIGHT_BUTTONS } from "./night-buttons.ts";
import { appliesFor, grantsNights } from "./night-rights.ts";
import { nightStandings, notLet, standingWords } from "./night-standing.ts";

const toNights = says("夜施");

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** 6月18日至6月20日夜间 */
export const nightsWords = ({ from, to }: Pick<NightPermit, "from" | "to">, today: Temporal.PlainDate) =>
  from === to ? `${dateSeenOn(today, from)}夜间` : `${dateSeenOn(today, from)}至${dateSeenOn(today, to)}夜间`;

/** 已批准, 已到期 … */
export function nightStateWords(permit: NightPermit, today: Temporal.PlainDate): string {
  const isOver = permit.state !== "refused" && permit.state !== "withdrawn" && isPast(permit, `${today}`);
  return isOver ? "已到期" : NIGHT_STATES[permit.state];
}

/** One permit, with what its reader may do with it. */
export async function nightCard(
  permit: NightPermit,
  person: Person,
  around: Around,
  title?: string,
): Promise<Card> {
  const { store, office, today } = around;
  const region = office.heirOn(permit.regionId, today);
  const standing = (await nightStandings([region], around)).get(region.id) ?? null;
  const applicant = permit.appliedBy === null ? null : await store.people.byId(permit.appliedBy);
  const items = [
    { label: "工地", value: permit.site },
    { label: "地区", value: region.short },
    { label: "依据", value: permit.basis },
    { label: "时间", value: nightsWords(permit, today) },
    { label: "状态", value: nightStateWords(permit, today) },
    ...(applicant === null ? [] : [{ label: "申请人", value: applicant.name }]),
    ...(permit.approvedBy === null ? [] : [{ label: "批准单位", value: permit.approvedBy }]),
    ...(permit.reason === null ? [] : [{ label: "原因", value: permit.reason }]),
  ];
  return {
    title: title ?? `夜间施工许可${permit.id}号：${permit.site}`,
    subject: nightSubject(permit),
    blocks: [
      { kind: "facts", items },
      ...(standing?.over
        ? [
            {
              kind: "text" as const,
              text: `${region.short}${standingWords(standing, office)}，夜间施工从严管控。`,
              tone: "bad" as const,
            },
          ]
        : []),
    ],
    buttons: [
      ...buttonsFor(permit, person, standing, around),
      toNights(`${region.short}的许可`, region.short),
    ],
    facts: { permit: nightFacts(permit, around), tightened: standing?.over ?? false },
  };
}

export const nightSubject = ({ id }: Pick<NightPermit, "id">): string => `night-permit:${id}`;

export const nightFacts = (permit: NightPermit, { office, today }: Omit<Around, "store">) => ({
  id: permit.id,
  county: office.heirOn(permit.regionId, today).short,
  site: permit.site,
  basis: permit.basis,
  from: permit.from,
  to: permit.to,
  state: permit.state,
  past: isPast(permit, today.toString()),
  approvedBy: permit.approvedBy,
  reason: permit.reason,
});

function buttonsFor(
  permit: NightPermit,
  person: Person,
  standing: DustfallStanding | null,
  { office, today }: Around,
): Button[] {
  const may = (step: NightStep) => afterNightStep(step, permit, today.toString()) !== null;
  const asked = { basis: permit.basis, isOffice: holdsRole(person, "office") };
  const lets = notLet(office.heirOn(permit.regionId, today), standing, asked, office) === null;
  const grants = grantsNights(person, { office });
  const params = { permit: permit.id, version: permit.version };
  const steps: NightStep[] = [
    ...(grants && lets && permit.appliedBy !== person.id ? (["grant"] as const) : []),
    ...(grants ? (["refuse", "suspend"] as const) : []),
    ...(grants && lets ? (["resume"] as const) : []),
    ...(appliesFor(person, permit.regionId, { office, today }) ? (["withdraw"] as const) : []),
  ];
  return steps.filter(may).map((step) => NIGHT_BUTTONS[step](params));
}
