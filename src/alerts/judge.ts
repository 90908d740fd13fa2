import { setImmediate as breathe } from "node:timers/promises";
import { isInUse } from "../air/in-use.ts";
import type { Context } from "../chat/command.ts";
import { reachOf } from "../domain/air/hour-checks.ts";
import type { HourNumber } from "../domain/air/hour-number.ts";
import { HOURLY_ITEMS } from "../domain/air/hours.ts";
import type { Alert } from "../store/alerts.ts";
import type { Writer } from "../store/store.ts";
import { coursesOfStation, type FoundCourse } from "./courses.ts";
import { lastJudgedHour } from "./due.ts";
import { missingCourses } from "./missing.ts";
import { type Sky, skyOf } from "./sky.ts";
import { tellAlerts } from "./tell.ts";

/** What has gone on for longer is looked at from here. */
const LONGEST = 15 * 24;

/**
 * Judges hours that have come, or come late, or come to be others: what they make of each station's course is held against what
 * stands written, and people are told of what is news for them. In the caller's transaction; the same hours again change nothing.
 */
export async function judgeHours(hours: readonly HourNumber[], context: Context<Writer>): Promise<void> {
  const { store, office, now, today } = context;
  const settings = office.pack.settings.alerts;
  const until = lastJudgedHour(now, office);
  const sky = await skyOf(store, { settings, day: today.toString() });
  const past = hours.filter((hour) => hour <= until).sort((a, b) => a - b);
  const oldest = past[0] ?? until;
  const open = await store.alerts.unsettled();
  const standing = await store.alerts.within(oldest - settings.firstHours - settings.clearHours, until);
  const ofStation = Map.groupBy(
    [...new Map([...standing, ...open].map((one) => [one.id, one])).values()],
    (one) => one.stationId,
  );
  const candidates = new Set(ofStation.keys());
  // An hour may make a jump of the next one, and a surge of one that stands after it.
  for (const hour of new Set(past.flatMap((at) => [0, 1, settings.surge.hours].map((on) => at + on))))
    if (hour <= until) for (const id of await sky.remarkableAt(hour)) candidates.add(id);
  let judged = 0;
  for (const id of candidates) {
    // Whoever else wants something of the process has a turn meanwhile.
    judged += 1;
    if (judged % AT_ONCE === 0) await breathe();
    const known = (ofStation.get(id) ?? []).filter(({ rule }) => rule !== "missing");
    // Of a station that is in use no more nobody can say how it goes on.
    if (!(await isInUseNow(id, context))) {
      await end(known, "lapsed", context);
      continue;
    }
    const since = await changedSince(id, oldest, context);
    const from = Math.max(oldest - settings.firstHours - settings.clearHours, until - LONGEST);
    const begun = since < oldest ? null : goingOn(known, [from, oldest]);
    if (begun !== null) {
      const found = await coursesOfStation(id, [from, until], begun, { store, sky, settings });
      const written = [...begun, ...known.filter(({ state }) => state === "withdrawn")];
      await settle(id, { found, written, from: 0 }, context);
      continue;
    }
    const first = Math.min(since, ...known.filter(isHeld).map(({ firstHour }) => firstHour));
    const whole = await writtenOf(id, [first, until], context);
    const found = await coursesOfStation(id, [whole.from, until], [], { store, sky, settings });
    await settle(id, { found, ...whole }, context);
  }
  await settleMissing(sky, { until, written: open.filter(({ rule }) => rule === "missing") }, context);
  await tellAlerts(new Map(open.map(({ id, version }) => [id, version])), context);
}

/** What hours may be judged between two turns of the process. */
const AT_ONCE = 25;

async function isInUseNow(id: string, { store, today }: Context<Writer>): Promise<boolean> {
  const station = await store.air.station(id);
  return station !== null && isInUse(station, today.toString());
}

const isHeld = ({ state }: Alert) => state !== "withdrawn";

/**
 * The first hour of a station that is another than it was judged, `oldest` at the latest: an hour that has come may have doubted
 * those before it, whose run it goes on with, or have made an event of the jump before it.
 */
async function changedSince(
  id: string,
  oldest: HourNumber,
  { store, office }: Context<Writer>,
): Promise<HourNumber> {
  const [from, to] = [oldest - reachOf(office.pack.settings.alerts.checks), oldest - 1];
  const written = (await store.alerts.within(from, to, id)).filter(
    (one) => one.rule === "doubt" && isHeld(one),
  );
  const rows = await store.air.measuredHours(id, from, to);
  const other = rows.find(({ hour, doubts }) =>
    HOURLY_ITEMS.some((item) => {
      const own = written.filter((one) => one.item === item);
      return doubts?.[item] === undefined
        ? own.some(({ lastHour }) => lastHour === hour)
        : !own.some(({ firstHour, lastHour }) => firstHour <= hour && hour <= lastHour);
    }),
  );
  return other?.hour ?? oldest;
}

/**
 * Of each rule and item what stood last before the oldest hour that has changed, if its hours go on after `from` or it is still on:
 * the rest of its course follows from there. Null where a changed hour lies within one: then its whole course is read anew.
 */
function goingOn(
  known: readonly Alert[],
  [from, oldest]: readonly [HourNumber, HourNumber],
): readonly Alert[] | null {
  const held = known.filter(isHeld);
  if (held.some(({ lastHour }) => lastHour >= oldest)) return null;
  const newest = new Map<string, Alert>();
  for (const one of held.toSorted((a, b) => a.lastHour - b.lastHour))
    if (one.state === "on" || one.lastHour >= from) newest.set(`${one.rule} ${one.item}`, one);
  return [...newest.values()];
}

/** What stands written of a station from an hour on, and from where its hours tell the whole of each of it: a course is never cut. */
async function writtenOf(
  id: string,
  [first, until]: readonly [HourNumber, HourNumber],
  { store, office }: Context<Writer>,
): Promise<{ from: HourNumber; written: readonly Alert[] }> {
  const { firstHours, clearHours } = office.pack.settings.alerts;
  for (let earliest = first; ; ) {
    const from = Math.max(earliest - firstHours - clearHours, until - LONGEST);
    const written = (await store.alerts.within(from, until, id)).filter(({ rule }) => rule !== "missing");
    const begun = Math.min(earliest, ...written.filter(isHeld).map(({ firstHour }) => firstHour));
    if (begun === earliest || from === until - LONGEST) return { from, written };
    earliest = begun;
  }
}

async function settleMissing(
  sky: Sky,
  { until, written }: { until: HourNumber; written: readonly Alert[] },
  context: Context<Writer>,
): Promise<void> {
  const ofStation = Map.groupBy(written, ({ stationId }) => stationId);
  const found = await missingCourses(sky, until, new Set(ofStation.keys()), context);
  for (const id of new Set([...found.keys(), ...ofStation.keys()])) {
    const course = found.get(id);
    const isThis = ({ firstHour, lastHour }: Alert) =>
      course !== undefined && firstHour <= course.last && course.first <= lastHour;
    const [own, ended] = [[] as Alert[], [] as Alert[]];
    for (const one of ofStation.get(id) ?? []) (isThis(one) ? own : ended).push(one);
    // What it was silent before it has come back from, whether it is silent again or not.
    if (ended.length > 0) await end(ended, (await isInUseNow(id, context)) ? "over" : "lapsed", context);
    if (course !== undefined) await settle(id, { found: [course], written: own, from: 0 }, context);
  }
}

async function end(
  alerts: readonly Alert[],
  state: "over" | "lapsed",
  { store }: Context<Writer>,
): Promise<void> {
  for (const one of alerts) if (one.state === "on") await store.alerts.change(one, { state });
}

/** Holds what a station's hours tell from one on against what stands written of it. */
async function settle(
  id: string,
  { found, written, from }: { found: readonly FoundCourse[]; written: readonly Alert[]; from: HourNumber },
  { store }: Context<Writer>,
): Promise<void> {
  const left = new Set(written);
  for (const course of found) {
    const overlaps = (one: Alert) =>
      one.rule === course.rule &&
      one.item === course.item &&
      one.firstHour <= course.last &&
      course.first <= one.lastHour;
    // By its first hour it is the same beyond doubt, also where it was taken back in the meantime.
    const same =
      [...left].find((one) => overlaps(one) && one.firstHour === course.first) ?? [...left].find(overlaps);
    const isOlder = same !== undefined && course.first === from && same.firstHour < from;
    const now = {
      ...{
        state: course.state,
        firstHour: isOlder ? same.firstHour : course.first,
        lastHour: course.last,
        rung: course.rung,
        peak: course.peak,
      },
      ...{ value: course.value, peakValue: course.peakValue, detail: JSON.stringify(course.detail) },
    };
    if (same === undefined) {
      await store.alerts.add({ stationId: id, rule: course.rule, item: course.item, ...now });
      continue;
    }
    left.delete(same);
    const isOther = (Object.keys(now) as (keyof typeof now)[]).some((key) => same[key] !== now[key]);
    // What goes on by corrected hours is to be followed again.
    const isBack = course.state === "on" && same.clearedAt !== null;
    if (isOther) await store.alerts.change(same, { ...now, ...(isBack ? { clearedAt: null } : {}) });
  }
  for (const one of left)
    if (one.state !== "withdrawn") await store.alerts.change(one, { state: "withdrawn" });
}
