import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { yearHint } from "../chat/wording.ts";
import { isLive, whoMayLet } from "../domain/enterprises/night-permit.ts";
import type { Period } from "../domain/period.ts";
import { daysIn } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { nightCard, nightSubject, nightsWords } from "./night-card.ts";
import { appliesFor, granters } from "./night-rights.ts";
import { nightStandings, notLet } from "./night-standing.ts";

/** 申请: a county asks for nights at a site; whoever grants permits is told, in the caller's transaction. */
export async function applyForNights(
  { region, site, basis, nights }: { region: Region; site: string; basis: string; nights: Period },
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, today, now } = context;
  const { nightWork } = office.pack.settings;
  if (!appliesFor(person, region.id, context))
    return refuse("forbidden", `${region.short}的夜间施工许可由${region.short}或市办申请。`);
  const [from, to] = [nights.from.toString(), nights.to.toString()];
  if (Temporal.PlainDate.compare(nights.from, today) < 0)
    return refuse("bad-date", `起始日期已经过去，请写今天以后的日期；${yearHint(nights.from, 1)}。`);
  if (daysIn(nights) > nightWork.mostDays)
    return refuse("bad-date", `一次最多${nightWork.mostDays}天，请分次申请。`);
  const standing = (await nightStandings([region], context)).get(region.id) ?? null;
  // The office sees an application that it alone may grant; what nobody may grant isn't applied for.
  const fault = notLet(region, standing, { basis, isOffice: true }, office);
  if (fault !== null) return fault;
  const others = await store.nightPermits.ofSite(office.lineage(region.id), site);
  const other = others.find((one) => isLive(one, today.toString()) && one.from <= to && from <= one.to);
  if (other !== undefined)
    return refuse(
      "already-done",
      `${site}已有夜间施工许可${other.id}号（${nightsWords(other, today)}），请先撤回或改日期。`,
      [`夜施 ${other.id}`],
    );
  const permit = await store.nightPermits.add({
    ...{ regionId: region.id, site, basis, from, to },
    state: "applied",
    appliedAt: now.epochMilliseconds,
    appliedBy: person.id,
  });
  const officeOnly = whoMayLet(standing, basis, nightWork) === "office";
  const told = (await granters(officeOnly, context)).filter(({ id }) => id !== person.id);
  const title = `待批夜间施工许可：${region.short}${site}`;
  for (const granter of told) {
    const card = await nightCard(permit, granter, context, title);
    const key = `${nightSubject(permit)}/applied/${granter.id}`;
    await store.outbox.queue(
      // It waits for whoever may grant it, for a night that is near.
      { key, to: { personId: granter.id }, class: "must-arrive", uncounted: "signature", card },
      now.epochMilliseconds,
    );
  }
  const card = await nightCard(permit, person, context, `已申请夜间施工许可${permit.id}号：${site}`);
  const note =
    told.length > 0 ? `已通知${told.map(({ name }) => name).join("、")}` : "还没有人可以批准，请联系市办";
  return {
    ...card,
    blocks: [...card.blocks, { kind: "note", text: note }],
    audit: { site, basis, from, to },
  };
}
