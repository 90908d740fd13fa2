import { setImmediate as breathe } from "node:timers/promises";
import type { Context } from "../chat/command.ts";
import { redrawShown } from "../chat/redraw-shown.ts";
import { lastHour } from "../domain/air/hour-number.ts";
import { isAboutData } from "../domain/alerts/readings.ts";
import { type Tellable, type Telling, tellingOf } from "../domain/alerts/telling.ts";
import type { PersonId } from "../domain/ids.ts";
import { peopleOfRegion } from "../issues/audience.ts";
import type { Station } from "../store/air.ts";
import type { Alert } from "../store/alerts.ts";
import type { Delivery } from "../store/outbox.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { alertCard } from "./card.ts";
import { alertName, STATE_WORDS, subjectOfAlert } from "./words.ts";

/** The job that deliveries of anomalies are known by. */
export const ANOMALY = "anomaly";
/** Silence and doubted data aren't told again more often. */
const DATA_AGAIN_HOURS = 24;
const GRAVE = 3;
/** Anomalies that are told between two turns of the process: each may be drawn for several people. */
const AT_ONCE = 5;

/**
 * Tells people of what is news for them among the anomalies, and draws anew what has changed since it was of the `versions` that
 * stand drawn. In the caller's transaction.
 */
export async function tellAlerts(
  versions: ReadonlyMap<number, number>,
  context: Context<Writer>,
): Promise<void> {
  const { store, office, now } = context;
  const settings = office.pack.settings.alerts;
  const local = office.local(now);
  for (const [i, one] of (await store.alerts.unsettled()).entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await breathe();
    const station = await store.air.station(one.stationId);
    if (station === null) continue;
    const tellable: Tellable = {
      ...{ state: one.state as "on", lastHour: one.lastHour, rung: one.rung, told: one.told, settled: false },
      toldHour:
        one.toldAt === null
          ? null
          : lastHour(office.local(Temporal.Instant.fromEpochMilliseconds(one.toldAt))),
    };
    const by = isAboutData(one.rule) ? { ...settings, againHours: DATA_AGAIN_HOURS } : settings;
    const tellingAfter = (before: Alert | null) =>
      tellingOf(tellable, before, { hour: lastHour(local), clock: local.hour }, by);
    // The one before can only keep it from being begun.
    const alone = tellingAfter(null);
    const telling = alone === "begin" ? tellingAfter(await store.alerts.toldBefore(one)) : alone;
    // Where people have it before them it says what holds.
    if (telling !== null) await told(one, telling, station, context);
    else if (one.told > 0 && one.version !== versions.get(one.id)) await redrawAlert(one, context);
  }
}

async function told(
  one: Alert,
  telling: NonNullable<Telling>,
  station: Station,
  context: Context<Writer>,
): Promise<void> {
  const { store, now } = context;
  const at = now.epochMilliseconds;
  const ends = telling === "clear" || telling === "settle";
  const changed = await store.alerts.change(
    one,
    ends ? { clearedAt: at } : { told: Math.max(one.told, one.rung), toldAt: at },
  );
  const { lastHour: hour, rung, value } = changed;
  await store.alerts.record({ episodeId: one.id, at, kind: telling, hour, rung, value });
  if (telling === "settle") return;
  await redrawAlert(changed, context);
  const name = alertName(changed, station.name);
  const title = {
    begin: `异常：${name}`,
    rise: `加重：${name}`,
    still: `仍在持续：${name}`,
    clear: clearTitle(changed, name),
  }[telling];
  const weight: Pick<Delivery, "class" | "uncounted"> =
    !ends && changed.rung >= GRAVE ? { class: "must-arrive", uncounted: "urgent" } : { class: "card" };
  for (const person of await hearersOf(changed, station, context)) {
    const card = await alertCard(changed, person, context, { title });
    const key = `alert/${one.id}/v${changed.version}/${person.id}`;
    await store.outbox.queue(
      { key, to: { personId: person.id }, ...weight, card, job: ANOMALY, together: true },
      at,
    );
  }
}

const clearTitle = ({ state }: Alert, name: string): string =>
  state === "over" ? `已解除：${name}` : `${STATE_WORDS[state] ?? "已解除"}：${name}`;

/**
 * Who hears of it. Of a station's data the office alone, which has whoever keeps it running look at it; of pollution the office, the
 * county's liaison, the station's chief, and from 中度 on the county's lead.
 */
async function hearersOf(
  one: Alert,
  station: Station,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Person[]> {
  const found = new Map<PersonId, Person>();
  const add = (people: readonly Person[]) => {
    for (const person of people) if (!found.has(person.id)) found.set(person.id, person);
  };
  const around = { store, office, today };
  if (!isAboutData(one.rule)) {
    for (const id of await store.ownStations.chiefsOf(station.id)) add(await store.people.reaching(id));
    add(await peopleOfRegion("county-liaison", station.regionId, around));
    if (Math.max(one.told, one.peak) >= 2) add(await peopleOfRegion("county-lead", station.regionId, around));
  }
  add(await store.people.withRoles(["office"]));
  return [...found.values()];
}

/** Draws an anomaly anew wherever it stands. */
export async function redrawAlert(one: Alert, context: Context<Writer>): Promise<void> {
  await redrawShown(
    subjectOfAlert(one.id),
    { revision: `v${one.version}`, cardFor: (person) => alertCard(one, person, context) },
    context,
  );
}
