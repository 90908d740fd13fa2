import { cyclesOf } from "../../src/domain/duties/cycles.ts";
import type { Indicator, PlanPack } from "../../src/domain/plan/pack.ts";
import type { StandingDuty } from "../../src/domain/plan/pack-duties.ts";
import type { DutyStory } from "./duty-story.ts";
import { randomStream } from "./random.ts";

type DutyRow = { indicator: string; region: string; date: string; value: string; note: null };

/**
 * Fictional reports of what each county does every month: one a month, on its last day, until the end of the plan's year; on
 * pace but for the stories.
 */
export function demoDuties(pack: PlanPack, stories: readonly DutyStory[], seed: number): DutyRow[] {
  return pack.duties
    .filter(({ of }) => of === "county")
    .flatMap((duty) => {
      const indicator = pack.indicators.find(({ id }) => id === duty.indicator);
      return indicator === undefined ? [] : reportsOf(duty, indicator, pack, stories, seed);
    });
}

function reportsOf(
  duty: StandingDuty,
  indicator: Indicator,
  pack: PlanPack,
  stories: readonly DutyStory[],
  seed: number,
): DutyRow[] {
  const random = randomStream(seed, `duty ${indicator.id}`);
  const target = Number(indicator.value);
  const cycles = cyclesOf(duty, pack);
  const [first, last] = [cycles[0], cycles.at(-1)];
  if (first === undefined || last === undefined) return [];
  return monthEnds(pack.year).flatMap((date) => {
    if (date < first.from || date > last.to) return [];
    const counties = pack.regions.filter(
      ({ kind, from = "", to = "9999" }) => kind !== "city" && from <= date && date <= to,
    );
    return counties.flatMap(({ id }): DutyRow[] => {
      const ahead = 1.04 + random.integer(0, 20) / 100;
      const share = duty.cycle === "season" ? elapsedShare(date, first.from, last.to) : 1;
      const story = stories.find(
        (one) => one.indicator === indicator.id && one.region === id && date.startsWith(one.month),
      );
      const value = story === undefined ? figure(target * share * ahead, indicator) : story.value;
      return value === null ? [] : [{ indicator: indicator.id, region: id, date, value, note: null }];
    });
  });
}

/** Times are whole, shares have one decimal and end at 100. */
function figure(value: number, { kind, unit }: Indicator): string {
  if (kind === "check") return "1";
  if (unit.startsWith("次") || kind === "count") return String(Math.ceil(value));
  return Math.min(value, 100).toFixed(1);
}

const days = (from: string, to: string) =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: "days" }).days + 1;
const elapsedShare = (date: string, from: string, to: string) => days(from, date) / days(from, to);

const monthEnds = (year: number): string[] =>
  Array.from({ length: 12 }, (_, i) => {
    const month = Temporal.PlainYearMonth.from({ year, month: i + 1 });
    return month.toPlainDate({ day: month.daysInMonth }).toString();
  });
