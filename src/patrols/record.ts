import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { shortDate } from "../chat/wording.ts";
import { metresBetween } from "../domain/distance.ts";
import { findIn, patrolWords, saysNothingFound, stationIn } from "../domain/patrols/words.ts";
import { holdsRole } from "../domain/posts.ts";
import { albumOf, placeAlbum } from "../issues/attach.ts";
import type { Caption } from "../issues/caption.ts";
import { isPicture } from "../issues/papers.ts";
import { draftSeen } from "../issues/photo-draft.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Patrol } from "../store/patrols.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { askStation, patrolCard } from "./card.ts";
import { type OwnPatrolStation, ownOf } from "./stations.ts";

/** The words of a chief's photo that was taken on a patrol; null where it is anything else. */
export function patrolCaption(evidence: Evidence, { no, words }: Caption, person: Person): string | null {
  const isChiefs = no === null && isPicture(evidence) && holdsRole(person, "station-chief");
  return isChiefs ? patrolWords(words) : null;
}

/**
 * A photo with words for a patrol: written down for the station that is named, the only one, or the nearest by the photo's
 * place; asked where that can't be told. Where it was taken is shown and never a reason to refuse it. In the caller's
 * transaction.
 */
export async function takePatrol(
  evidence: Evidence,
  words: string,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store } = context;
  const same = await store.patrols.ofSamePhoto(evidence);
  if (same !== null) return usedBefore(same, person);
  const others = await albumOf(evidence, person, context);
  for (const { id } of others) {
    const together = await store.patrols.ofPhoto(id);
    if (together !== null) return addTo(together, evidence, person, context);
  }
  const own = await ownOf(person, context);
  if (own.length === 0)
    return refuse("usage", "您还没有负责的点位。请先发送“我的点位”选择，再重发照片。", ["我的点位"]);
  const named = stationIn(words, own);
  const station = named?.station ?? (own.length === 1 ? own[0] : nearest(evidence, own));
  if (station === undefined || station === null) return askStation(evidence, own);
  return begin(evidence, station, named?.rest ?? words, person, context);
}

/** Writes down a patrol of a station, and what it came to as far as the words say so. In the caller's transaction. */
export async function begin(
  evidence: Evidence,
  { station, forId }: OwnPatrolStation,
  words: string,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, now, today } = context;
  const id = await store.patrols.add({
    ...{ stationId: station.id, personId: person.id, forId },
    ...{ at: now.epochMilliseconds, date: today.toString() },
    words: words === "" ? null : words,
  });
  const album = (await albumOf(evidence, person, context)).filter(
    (one) => one.issueId === null && isPicture(one),
  );
  for (const one of [evidence, ...album]) await store.patrols.addPhoto(id, one.id);
  if (words === "") return patrolCard(id, person, context);
  return saysNothingFound(words)
    ? nothingFound(id, person, context)
    : found(id, findIn(words), person, context);
}

/** Nothing was found on a patrol. */
export async function nothingFound(
  id: number,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const refusal = await notToSay(id, person, context);
  if (refusal !== null) return refusal;
  await context.store.patrols.settle(id, { outcome: "clear" });
  return patrolCard(id, person, context, { title: "已记录巡查，无问题" });
}

/** What was found on a patrol becomes a problem that the office decides about, with the patrol's photos. */
export async function found(
  id: number,
  words: string,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const refusal = await notToSay(id, person, context);
  if (refusal !== null) return refusal;
  const { store, office, names, today } = context;
  const patrol = (await store.patrols.byId(id)) as Patrol;
  const station = await store.air.station(patrol.stationId);
  const regionId = station?.regionId ?? office.city.id;
  const county = names.place(office.heirOn(regionId, today).short) ?? undefined;
  const town = office.subunitOn(regionId, today)?.short;
  const issue = await draftSeen({ title: words, county, town }, person, context);
  const [photo] = patrol.photos;
  const placed = photo === undefined ? null : await placeAlbum(photo, issue, "before", person, context);
  if (placed !== null) return placed;
  await store.patrols.settle(id, { outcome: "found", words, issueId: issue.id });
  return patrolCard(id, person, context, { title: `已记录巡查，问题待市办交办：${issue.no}` });
}

/** A further photo of an album belongs to the patrol of the others, and to what they have found. */
async function addTo(
  { id, issueId }: Patrol,
  evidence: Evidence,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store } = context;
  await store.patrols.addPhoto(id, evidence.id);
  const issue = issueId === null ? null : await store.issues.byId(issueId);
  const refusal = issue === null ? null : await placeAlbum(evidence, issue, "before", person, context);
  return refusal ?? patrolCard(id, person, context);
}

/** Why somebody can't say what a patrol came to: it isn't theirs, or it is said. */
async function notToSay(id: number, person: Person, { store }: Context<Writer>): Promise<Refusal | null> {
  const patrol = await store.patrols.byId(id);
  if (patrol === null || patrol.personId !== person.id)
    return refuse("forbidden", "这次巡查由到场的人填写结果。", ["巡查"]);
  return patrol.outcome === null
    ? null
    : refuse(
        "already-done",
        "这次巡查的结果已经填写，不用重复操作。另有发现请再发照片，说明写“巡查 发现的情况”。",
      );
}

/** One photo shows one patrol. */
function usedBefore({ personId, date }: Patrol, person: Person): Refusal {
  const which = personId === person.id ? `您${shortDate(date)}` : "别人";
  return refuse("already-done", `这张照片已用于${which}的巡查，没有重复记录。请到现场另拍一张。`);
}

/** The nearest station by the photo's place; null where that, or where the stations are, isn't known. */
function nearest(
  { latitude, longitude }: Evidence,
  own: readonly OwnPatrolStation[],
): OwnPatrolStation | null {
  if (latitude === null || longitude === null) return null;
  const placed = own.flatMap((one) => {
    const { latitude: lat, longitude: lon } = one.station;
    if (lat === null || lon === null) return [];
    return [{ one, metres: metresBetween({ latitude, longitude }, { latitude: lat, longitude: lon }) }];
  });
  if (placed.length < own.length) return null;
  return placed.toSorted((a, b) => a.metres - b.metres)[0]?.one ?? null;
}
