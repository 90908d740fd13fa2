import { liveAir } from "../air/live.ts";
import { presentAirOf, ruledParts } from "../air/period-air.ts";
import type { Card } from "../chat/card.ts";
import type { Context, SlotDelivery } from "../chat/command.ts";
import { isRefusal } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { shortDate } from "../chat/wording.ts";
import { type DayAqi, dayAqi } from "../domain/air/aqi.ts";
import { type Concentrations, pollutantLabel } from "../domain/air/day.ts";
import { hourLabel, hoursOfDay, lastHour } from "../domain/air/hour-number.ts";
import type { LabelledHour } from "../domain/air/hours.ts";
import { outlookOfDay } from "../domain/air/outlook.ts";
import { meanDay } from "../domain/air/region-day.ts";
import { periodOf } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import { peopleOfRegion } from "../issues/audience.ts";
import type { Reader } from "../store/store.ts";

const toLive = says("实况");
const toAlerts = says("异常");
const toDays = says("日报");

/** A day of a place that is bad, or likely to be. */
type BadDay = { region: Region; aqi: DayAqi };
type Around = Pick<Context<Reader>, "store" | "office" | "now" | "today">;

/** Of the city and its counties those whose day exceeds the pack's AQI, the worst first; null where the city's doesn't. */
function badOnes(
  places: readonly BadDay[],
  { office }: Pick<Around, "office">,
): { city: BadDay; counties: readonly BadDay[] } | null {
  const { above } = office.pack.settings.alerts.badDay;
  const bad = places.filter(({ aqi }) => (aqi.aqi ?? 0) > above);
  const city = bad.find(({ region }) => region.kind === "city");
  const counties = bad.filter((one) => one !== city);
  counties.sort((a, b) => (b.aqi.aqi ?? 0) - (a.aqi.aqi ?? 0));
  return city === undefined ? null : { city, counties };
}

/** Today as it would be at the present level of its stations, where that makes a bad day of the city. */
async function outlook(around: Around) {
  const { store, office, now, today } = around;
  const day = today.toString();
  const until = hourLabel(lastHour(office.local(now)));
  const parts = ruledParts(periodOf(today, today), today.add({ days: 1 }));
  if (until.date !== day || isRefusal(parts)) return null;
  const [{ ruleSet }] = parts;
  const { first, last } = hoursOfDay(day);
  // A national station is one of the city's and one of its county's.
  const known = new Map<string, Concentrations>();
  const ofStation = async (id: string) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const hours = await store.air.hours(id, first, last);
    const labelled = hours.map((hour): LabelledHour => ({ ...hour, label: hour.hour - first + 1 }));
    const made = outlookOfDay(labelled, until.label);
    known.set(id, made);
    return made;
  };
  const places: BadDay[] = [];
  for (const { region, stations } of await liveAir(
    store,
    office,
    [office.city, ...office.regionsOf({ to: today }, today)],
    now,
  )) {
    const days = await Promise.all(stations.map(({ station }) => ofStation(station.id)));
    places.push({ region, aqi: dayAqi(ruleSet, meanDay(days, stations.length)) });
    // On most days the city's own says that there is nothing to tell, and nobody looks at the others.
    if (region.kind === "city" && badOnes(places, around) === null) return null;
  }
  return badOnes(places, around);
}

/** A day that is over, where it was a bad one of the city. */
async function past(day: Temporal.PlainDate, around: Around) {
  const { store, office } = around;
  const next = day.add({ days: 1 });
  const parts = ruledParts(periodOf(day, day), next);
  if (isRefusal(parts)) return null;
  const places: BadDay[] = [];
  for (const region of [office.city, ...office.regionsOf({ to: day }, next)]) {
    const air = await presentAirOf(store, region, parts[0], next);
    const [figures] = isRefusal(air) ? [] : air.days;
    if (figures !== undefined) places.push({ region, aqi: dayAqi(parts[0].ruleSet, figures) });
    if (region.kind === "city" && badOnes(places, around) === null) return null;
  }
  return badOnes(places, around);
}

/** At noon: a bad day is likely. To the office, the city's leads, and of each county that is likely to have one whoever can act. */
export async function dayAtRisk(around: Around): Promise<SlotDelivery[]> {
  const found = await outlook(around);
  if (found === null) return [];
  const { store, office, now } = around;
  const hour = String(office.local(now).hour).padStart(2, "0");
  const title = ({ region, aqi }: BadDay) => `今日超标风险：${region.short}预计${aqiWords(aqi)}`;
  const note = `按截至${hour}:00的小时值、当前浓度持续到24:00估算，未经审核，仅供参考`;
  const others = { note, buttons: [toLive("实况"), toAlerts("异常")], isRisk: true };
  const card = badDayCard(title(found.city), found.city, found.counties, others);
  const leads = await store.people.withRoles(["office", "city-lead"]);
  const deliveries: SlotDelivery[] = leads.map((person) => ({ to: { person }, card, class: "card" }));
  for (const one of found.counties) {
    const own = badDayCard(title(one), one, [], others);
    for (const person of await whoActs(one, "county-liaison", around))
      deliveries.push({ to: { person }, card: own, class: "card" });
  }
  return deliveries;
}

/**
 * The day after: it was one. To the city's leads, the leads of counties of 中度, and on days off the office, which on others reads it
 * in its daily sheet.
 */
export async function dayWasBad(day: Temporal.PlainDate, around: Around): Promise<SlotDelivery[]> {
  const found = await past(day, around);
  if (found === null) return [];
  const { store, office, today } = around;
  const date = shortDate(day);
  const title = ({ region, aqi }: BadDay) => `${date}超标：${region.short}${aqiWords(aqi)}`;
  const others = {
    note: "日值以审核后的数据为准",
    buttons: [toDays("日报", day.toString())],
    isRisk: false,
  };
  const card = badDayCard(title(found.city), found.city, found.counties, others);
  const roles = office.calendar.isWorkingDay(today)
    ? (["city-lead"] as const)
    : (["city-lead", "office"] as const);
  const deliveries: SlotDelivery[] = (await store.people.withRoles([...roles])).map((person) => ({
    ...{ to: { person }, card, class: "card" },
  }));
  for (const one of found.counties) {
    if (!isGrave(one, around)) continue;
    const own = badDayCard(title(one), one, [], others);
    for (const person of await peopleOfRegion("county-lead", one.region.id, around))
      deliveries.push({ to: { person }, card: own, class: "card" });
  }
  return deliveries;
}

const isGrave = ({ aqi }: BadDay, { office }: Pick<Around, "office">): boolean =>
  (aqi.aqi ?? 0) > office.pack.settings.alerts.badDay.leadsAbove;

async function whoActs(one: BadDay, role: "county-liaison", around: Around) {
  const acting = await peopleOfRegion(role, one.region.id, around);
  return isGrave(one, around)
    ? [...acting, ...(await peopleOfRegion("county-lead", one.region.id, around))]
    : acting;
}

function badDayCard(
  title: string,
  one: BadDay,
  counties: readonly BadDay[],
  { note, buttons, isRisk }: { note: string; buttons: NonNullable<Card["buttons"]>; isRisk: boolean },
): Card {
  const named = ({ region, aqi }: BadDay) => ({
    place: region.short,
    aqi: aqi.aqi,
    level: aqi.level?.name ?? null,
    primaryPollutants: aqi.primary,
  });
  return {
    title,
    tone: "bad",
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "首要污染物", value: one.aqi.primary.map(pollutantLabel).join("、") || "—" },
          ...(counties.length === 0
            ? []
            : [
                {
                  label: isRisk ? "可能超标" : "超标",
                  value: counties.map(({ region, aqi }) => `${region.short}${aqi.aqi}`).join("、"),
                },
              ]),
        ],
      },
      ...(isRisk
        ? [{ kind: "text" as const, text: "请今日下午起加密巡查，落实工地、道路、企业减排措施。" }]
        : []),
      { kind: "note", text: note },
    ],
    buttons,
    facts: { risk: isRisk, ...named(one), counties: counties.map(named) },
  };
}

/** AQI 154（中度污染）. */
const aqiWords = ({ aqi, level, complete }: DayAqi) =>
  `AQI${complete ? "" : "至少"}${aqi ?? "—"}（${level?.class ?? "—"}）`;
