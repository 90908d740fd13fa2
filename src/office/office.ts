import { type Calendar, officeCalendar, type StatutoryDay } from "../domain/calendar.ts";
import { codeOrder } from "../domain/code-order.ts";
import type { DepartmentId, RegionId } from "../domain/ids.ts";
import { isBefore } from "../domain/period.ts";
import { type EnteredTown, townsWith } from "../domain/plan/entered-towns.ts";
import type { Department, Indicator, Measure, PlanPack, Region } from "../domain/plan/pack.ts";
import type { StandingDuty } from "../domain/plan/pack-duties.ts";
import { type Subunit, subunitsIn } from "../domain/plan/subunits.ts";

/** A name that people use for a place, with every region that bears or bore it. */
export type Place = { short: string; regions: readonly Region[] };

/** The plan as the running office sees it: lookups over the pack, nothing that changes from request to request. */
export type Office = {
  pack: PlanPack;
  calendar: Calendar;
  city: Region;
  region(id: RegionId): Region;
  department(id: DepartmentId): Department;
  measure(no: string): Measure | undefined;
  indicator(id: string): Indicator;
  indicatorsOf(measureNo: string): readonly Indicator[];
  /** The standing duty that an indicator is, if it is one. */
  dutyOf(indicatorId: string): StandingDuty | undefined;
  /**
   * The county-level regions of a period as far as it has come, in the order of the city's tables: those that exist on its
   * last day, or today while it runs on. No question lists the regions of the future.
   */
  regionsOf(period: { to: Temporal.PlainDate }, today: Temporal.PlainDate): readonly Region[];
  /** The region that a region has become by a date: itself while it lasts. Of a town or bureau, that of its county. */
  heirOn(regionId: RegionId, date: Temporal.PlainDate): Region;
  /**
   * Whether a region has become part of one that is called otherwise: its people have no unit any more, until the office says
   * where they belong. One that goes on under its name (海门市, 海门区) keeps its people.
   */
  dissolvedOn(regionId: RegionId, date: Temporal.PlainDate): boolean;
  /** The region that a name stands for on a date, whatever became of the one it meant first. */
  heirOf(place: Place, date: Temporal.PlainDate): Region;
  /** The towns and bureaus of a county-level region, its forerunners' too, as they are on a date. */
  subunitsOf(regionId: RegionId, date: Temporal.PlainDate): readonly Subunit[];
  /** The towns and bureaus that bear a name, alone or with their county's before it: several counties have a 城东镇. */
  subunitsCalled(name: string, date: Temporal.PlainDate): readonly Subunit[];
  /** The town or bureau that a name alone stands for: 城东镇, 海安住建局; null where there is none, or several. */
  subunitCalled(name: string, date: Temporal.PlainDate): Subunit | null;
  /** A town or bureau by its id. */
  subunit(id: RegionId): Subunit | undefined;
  /** The town or bureau that one has become by a date: itself while it lasts. */
  subunitOn(id: RegionId, date: Temporal.PlainDate): Subunit | undefined;
  /** A region together with the regions that became part of it, itself first. */
  lineage(regionId: RegionId): readonly RegionId[];
  today(now: Temporal.Instant): Temporal.PlainDate;
  local(now: Temporal.Instant): Temporal.ZonedDateTime;
};

export function officeOf(pack: PlanPack): Office {
  const regions = new Map(pack.regions.map((r) => [r.id, r]));
  const subunits = new Map(subunitsIn(pack).map((one) => [one.id, one]));
  const departments = new Map(pack.departments.map((d) => [d.id, d]));
  const measures = new Map(pack.measures.map((m) => [m.no, m]));
  const indicators = new Map(pack.indicators.map((i) => [i.id, i]));
  const byMeasure = Map.groupBy(pack.indicators, (i) => i.measure);
  const duties = new Map(pack.duties.map((duty) => [duty.indicator, duty]));
  const known = <T>(map: Map<string, T>, id: string): T => {
    const found = map.get(id);
    if (found === undefined) throw new Error(`the plan pack has no "${id}"`);
    return found;
  };
  const counties = pack.regions
    .filter((r) => r.kind !== "city")
    .toSorted((a, b) => a.order - b.order || codeOrder(a.id, b.id));
  const existsOn = (r: Pick<Region, "from" | "to">, date: string) =>
    (r.from ?? "") <= date && date <= (r.to ?? "9999");
  // Each phrase that may speak of a town asks for several names, all of the same day.
  let called: { day: string; names: ReadonlyMap<string, readonly Subunit[]> } | null = null;
  const subunitNames = (date: Temporal.PlainDate) => {
    const day = date.toString();
    if (called?.day !== day) called = { day, names: namesOfSubunits(day, date) };
    return called.names;
  };
  const namesOfSubunits = (day: string, date: Temporal.PlainDate) => {
    const names = new Map<string, Subunit[]>();
    for (const one of subunits.values()) {
      if (!existsOn(one, day)) continue;
      const county = office.heirOn(one.county, date);
      const alone = one.kind === "town" ? [one.short, one.name, ...one.aliases] : [one.short, one.name];
      const within = [one.short, ...one.aliases].flatMap((word) => [county.short + word, county.name + word]);
      for (const name of new Set([...alone, ...within])) names.set(name, [...(names.get(name) ?? []), one]);
    }
    return names;
  };
  const office: Office = {
    pack,
    calendar: officeCalendar(pack.calendars),
    city: known(regions, pack.city.region),
    region: (id) => known(regions, id),
    department: (id) => known(departments, id),
    measure: (no) => measures.get(no),
    indicator: (id) => known(indicators, id),
    indicatorsOf: (no) => byMeasure.get(no) ?? [],
    dutyOf: (id) => duties.get(id),
    regionsOf({ to }, today) {
      const on = (isBefore(to, today) ? to : today).toString();
      return counties.filter((r) => existsOn(r, on));
    },
    heirOn(id, date) {
      let region = known(regions, subunits.get(id)?.county ?? id);
      while (region.successor !== undefined && !existsOn(region, date.toString()))
        region = known(regions, region.successor);
      return region;
    },
    // A town goes on as a town of the county that its own has become.
    dissolvedOn: (id, date) =>
      !subunits.has(id) && office.heirOn(id, date).short !== known(regions, id).short,
    heirOf(place, date) {
      const meant = place.regions.find((r) => r.short === place.short) ?? place.regions[0];
      return office.heirOn(meant?.id ?? "", date);
    },
    subunit: (id) => subunits.get(id),
    subunitOn(id, date) {
      let unit = subunits.get(id);
      while (unit?.successor !== undefined && !existsOn(unit, date.toString()))
        unit = known(subunits, unit.successor);
      return unit;
    },
    subunitsOf(id, date) {
      const counties = office.lineage(office.heirOn(id, date).id);
      return [...subunits.values()].filter(
        (one) => counties.includes(one.county) && existsOn(one, date.toString()),
      );
    },
    subunitsCalled: (name, date) => subunitNames(date).get(name) ?? [],
    subunitCalled(name, date) {
      const found = office.subunitsCalled(name, date);
      return found.length === 1 ? (found[0] ?? null) : null;
    },
    lineage(id) {
      const ids = [id];
      for (const at of ids)
        for (const r of pack.regions) if (r.successor === at && !ids.includes(r.id)) ids.push(r.id);
      return ids;
    },
    local: (now) => now.toZonedDateTimeISO(pack.timeZone),
    today: (now) => now.toZonedDateTimeISO(pack.timeZone).toPlainDate(),
  };
  return office;
}

/** The office with the towns that it has entered itself. */
export function withTowns({ pack }: Office, entered: readonly EnteredTown[]): Office {
  return officeOf({ ...pack, towns: townsWith(pack.towns, entered) });
}

/** The office with statutory days that were entered: all its terms run by them. */
export function withEntered(office: Office, days: readonly StatutoryDay[]): Office {
  return { ...office, calendar: officeCalendar(office.pack.calendars, days) };
}

/**
 * A region's place among equals of a ranking: 并列的区县按行政区划代码排列 (苏环办〔2018〕535号). Functional areas have no code
 * and follow, in the order of the city's tables.
 */
export function tieOrder(region: Region): number {
  return region.code === undefined ? 1_000_000 + region.order : Number(region.code);
}
