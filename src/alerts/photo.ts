import { z } from "zod";
import { action, buttonsOf } from "../chat/action.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { isAboutData } from "../domain/alerts/readings.ts";
import { holdsRole } from "../domain/posts.ts";
import { albumOf, isUnused } from "../issues/attach.ts";
import { type Caption, readCaption } from "../issues/caption.ts";
import { draftButton } from "../issues/evidence.ts";
import { evidenceFile, isPicture } from "../issues/papers.ts";
import { mayDraft } from "../issues/photo-draft.ts";
import { initialsOf } from "../office/names.ts";
import type { Alert } from "../store/alerts.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { alertCard, mayExplain } from "./card.ts";
import { causeButtons, causeIn, explained } from "./explain.ts";
import { alertSeen, seesAlert } from "./seen.ts";
import { redrawAlert } from "./tell.ts";
import { alertName } from "./words.ts";

const ofButton = buttonsOf("alerts.photo-of", z.object({}));
const NAMED = /^\s*异常\s*第?(\d{1,9})号?[\s:：,，。、]*/;
const MOST_WORDS = 300;

/**
 * A photo that shows what an anomaly comes from: with its number before the words (异常 3 工地裸土), or while one asks whoever is
 * near for its cause. With words it is the cause; without, the menu is asked. Null where it is about something else. In the
 * caller's transaction.
 */
export async function settleCause(
  evidence: Evidence,
  { no, kind, words }: Caption,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal | null> {
  if (no !== null || kind !== null || !isPicture(evidence) || !mayExplain(person)) return null;
  const named = NAMED.exec(words);
  if (named !== null) {
    const one = await alertSeen(Number(named[1]), person, context);
    if (isRefusal(one)) return one;
    if (isAboutData(one.rule)) return refuse("usage", "数据存疑、缺测的由站点运维单位核实，不用填原因。");
    return show(one, evidence, words.slice(named[0].length), person, context);
  }
  const album = await albumOf(evidence, person, context);
  for (const { id } of album) {
    const together = await context.store.alerts.ofPhoto(id);
    if (together !== null) return show(together, evidence, "", person, context);
  }
  if (album.some(({ issueId }) => issueId !== null)) return null;
  const asking = await askingOf(person, context);
  const [only] = asking;
  if (only === undefined) return null;
  return asking.length === 1
    ? show(only, evidence, words, person, context)
    : askWhich(evidence, asking, person, context);
}

/** The anomalies that ask somebody near for their cause, one of each station: the gravest. */
async function askingOf(
  person: Person,
  context: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Alert[]> {
  const { store } = context;
  const isOfCounty = holdsRole(person, "county-liaison", "county-lead");
  const own = new Set(holdsRole(person, "station-chief") ? await store.ownStations.of(person.id) : []);
  if (!isOfCounty && own.size === 0) return [];
  const sees = isOfCounty ? await seesAlert(person, context) : () => false;
  const asking = new Map<string, Alert>();
  for (const one of await store.alerts.running()) {
    if (one.told === 0 || one.cause !== null || isAboutData(one.rule) || asking.has(one.stationId)) continue;
    if (own.has(one.stationId) || sees(one)) asking.set(one.stationId, one);
  }
  return [...asking.values()];
}

/** Keeps a photo, and its album, with an anomaly; what its words say is the cause. */
async function show(
  one: Alert,
  evidence: Evidence,
  words: string,
  person: Person,
  context: Context<Writer>,
): Promise<Card> {
  const { store, office, now } = context;
  const album = await albumOf(evidence, person, context);
  for (const each of [evidence, ...album]) {
    if (!isPicture(each) || (await store.alerts.ofPhoto(each.id)) !== null) continue;
    await store.alerts.addPhoto(one.id, each.id);
    await store.alerts.record({
      ...{ episodeId: one.id, at: now.epochMilliseconds, kind: "photo", personId: person.id },
      text: each.name,
    });
  }
  const draft = mayDraft(person) ? [draftButton("不是原因，作为新问题", { evidence: evidence.id })] : [];
  const said = words.trim().slice(0, MOST_WORDS);
  if (said === "") {
    const changed = await store.alerts.change(one, {});
    await redrawAlert(changed, context);
    if (one.cause !== null) return alertCard(changed, person, context, { title: "已收到照片" });
    const card = await alertCard(changed, person, context, { title: "已收到照片，原因是什么？" });
    return { ...card, buttons: [...causeButtons(one.id, office.pack), ...draft] };
  }
  const cause = causeIn(said, office.pack);
  const causeWords = said === cause ? null : said;
  const card = await explained(one, { cause, causeWords }, person, context);
  return { ...card, title: "已记录原因和照片", buttons: [...(card.buttons ?? []), ...draft] };
}

/** Several stations ask at once. */
async function askWhich(
  evidence: Evidence,
  asking: readonly Alert[],
  person: Person,
  { store }: Context<Writer>,
): Promise<Card> {
  const { id, name } = evidence;
  const stations = new Map((await store.air.stations()).map((station) => [station.id, station.name]));
  return {
    title: `已收到照片：${name}`,
    subject: `evidence:${id}`,
    blocks: [
      {
        kind: "text",
        text: "照片说明的是哪个站点的原因？整改照片请重发，说明写问题编号和“整改前”或“整改后”。",
      },
    ],
    buttons: [
      ...asking.map((one) =>
        ofButton(alertName(one, stations.get(one.stationId) ?? one.stationId), {
          evidence: id,
          alert: one.id,
        }),
      ),
      ...(mayDraft(person) ? [draftButton("作为新问题", { evidence: id })] : []),
    ],
    files: [evidenceFile.file({ evidence: id }, { name, picture: true })],
    facts: { evidence: id, alerts: asking.map((one) => one.id) },
  };
}

/** Which anomaly's cause a photo shows. */
export const causePhotoOf = action({
  name: "alerts.photo-of",
  label: "照片说明的异常",
  params: z.object({ evidence: z.int(), alert: z.int() }),
  fields: z.object({}),
  async press({ params, person }, context) {
    const one = await alertSeen(params.alert, person, context);
    if (isRefusal(one)) return one;
    const evidence = await context.store.evidence.byId(params.evidence);
    if (evidence === null || evidence.personId !== person.id || !mayExplain(person))
      return refuse("forbidden", "只能用自己发的照片说明原因。", ["异常"]);
    if (!(await isUnused(evidence, context.store)))
      return refuse("already-done", "这张照片已经登记，不用重复操作。", ["异常"]);
    const { words } = readCaption(evidence.caption ?? "", initialsOf(context.office.city.short));
    return show(one, evidence, words, person, context);
  },
});
