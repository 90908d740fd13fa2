import type { IsoDate } from "../air/day.ts";
import type { Season } from "../plan/pack.ts";
import type { StandingDuty } from "../plan/pack-duties.ts";

/** One run of a duty, from its first day to its last; `label` says it in words: 5月, 三季度, 秋冬季. */
export type Cycle = { from: IsoDate; to: IsoDate; label: string };

/**
 * The cycles of a duty, in their order: of the plan's year, or of the season that begins in it and may end in the next [our
 * design]. A season is one cycle, or the months that it has.
 */
export function cyclesOf(
  { cycle, season }: Pick<StandingDuty, "cycle" | "season">,
  { year, seasons = [] }: { year: number; seasons?: readonly Season[] | undefined },
): readonly Cycle[] {
  const own = season === undefined ? undefined : seasons.find(({ names }) => names.includes(season));
  if (season !== undefined && own === undefined) return [];
  const { from, to } = own === undefined ? wholeYear(year) : seasonFrom(own, year);
  if (cycle === "season") return [{ from: iso(from), to: iso(to), label: season ?? `${year}年` }];
  const months = cycle === "month" ? 1 : 3;
  const cycles: Cycle[] = [];
  for (let first = from; Temporal.PlainDate.compare(first, to) <= 0; ) {
    const next = first.with({ day: 1 }).add({ months });
    const end = next.subtract({ days: 1 });
    const last = Temporal.PlainDate.compare(end, to) < 0 ? end : to;
    cycles.push({ from: iso(first), to: iso(last), label: labelOf(first, cycle, year) });
    first = next;
  }
  return cycles;
}

/** The cycle that a day lies in. */
export const cycleOn = (cycles: readonly Cycle[], day: IsoDate): Cycle | null =>
  cycles.find(({ from, to }) => from <= day && day <= to) ?? null;

/** The last cycle that is over on a day, which is the one to be judged or reported next. */
export const endedBy = (cycles: readonly Cycle[], day: IsoDate): Cycle | null =>
  cycles.findLast(({ to }) => to < day) ?? null;

/** The days of a season that begins in a year. */
export function seasonFrom(
  { from, to }: Pick<Season, "from" | "to">,
  year: number,
): { from: Temporal.PlainDate; to: Temporal.PlainDate } {
  return {
    from: Temporal.PlainDate.from(`${year}-${from}`),
    to: Temporal.PlainDate.from(`${to < from ? year + 1 : year}-${to}`, { overflow: "constrain" }),
  };
}

const iso = (day: Temporal.PlainDate): IsoDate => day.toString();
const wholeYear = (year: number) => seasonFrom({ from: "01-01", to: "12-31" }, year);

function labelOf(first: Temporal.PlainDate, cycle: "month" | "quarter", year: number): string {
  const said =
    cycle === "month" ? `${first.month}月` : `${"一二三四"[Math.floor((first.month - 1) / 3)]}季度`;
  return first.year === year ? said : `${first.year}年${said}`;
}
