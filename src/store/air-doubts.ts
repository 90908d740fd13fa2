import type { IsoDate } from "../domain/air/day.ts";
import { comparable, isLoneJump, JUMPING, rises, type Suspicion } from "../domain/air/hour-checks.ts";
import { type HourNumber, hourLabel } from "../domain/air/hour-number.ts";
import { HOURLY_ITEMS, type HourlyItem, type HourValues } from "../domain/air/hours.ts";
import type { HourLimits } from "../domain/plan/pack-alerts.ts";
import { doubtingByCourse, type MarkDoubts } from "./air-doubts-own.ts";
import {
  type ChangedHours,
  HOUR_COLUMNS as COLUMNS,
  SIX_OF_HOUR,
  type StandingHour,
  spansOf,
  suspicionOf,
} from "./air-hour-rows.ts";
import { neighboursAmong } from "./air-neighbours.ts";
import type { Connection } from "./open.ts";

/** The days on which other values of stations are doubted than before, and how many hours have come to be doubted. */
type Doubted = { days: Map<IsoDate, Set<string>>; hours: number };

/**
 * Says anew which values are doubted, wherever the hours that have changed may tell: of their own stations, and of neighbours
 * whose jump they speak for or against. Runs inside the caller's transaction; the statements are made once.
 */
export function doubting(connection: Connection): (changed: ChangedHours, limits: HourLimits) => Doubted {
  const update = connection.prepare<[string | null, string, HourNumber]>(
    "update station_hour set suspect = ? where station_id = ? and hour = ?",
  );
  const byCourse = doubtingByCourse(connection);
  const byNeighbours = doubtingByNeighbours(connection);
  return (changed, limits) => {
    const days: Doubted["days"] = new Map();
    const hours = new Set([...changed.values()].flatMap((of) => of.hours));
    const doubted = new Set<string>();
    const mark: MarkDoubts = (id, { hour, suspect }, doubts) => {
      const told = HOURLY_ITEMS.flatMap((item) => (doubts[item] === undefined ? [] : [[item, doubts[item]]]));
      const now = told.length === 0 ? null : JSON.stringify(Object.fromEntries(told));
      if (now === suspect) return;
      update.run(now, id, hour);
      const { date } = hourLabel(hour);
      days.set(date, (days.get(date) ?? new Set()).add(id));
      // What its own course speaks against no more may be a jump.
      if (Object.keys(suspicionOf({ suspect }) ?? {}).some((item) => !(item in doubts))) hours.add(hour);
      if (now === null) doubted.delete(`${id} ${hour}`);
      else doubted.add(`${id} ${hour}`);
    };
    byCourse(changed, limits, mark);
    byNeighbours([...hours], limits, mark);
    return { days, hours: doubted.size };
  };
}

/** Looks at every rise within hours, and at what was taken for a jump there. */
function doubtingByNeighbours(connection: Connection) {
  const rising = JUMPING.map((item) => `a.${COLUMNS[item]} - b.${COLUMNS[item]} > @by`).join(" or ");
  // What isn't as high as a rise has none; the hour before it needn't be read.
  const high = JUMPING.map((item) => `a.${COLUMNS[item]} > @by`).join(" or ");
  // From the stations, so that each is looked up by its key and no other hour is read.
  const candidates = connection.prepare<
    { from: HourNumber; to: HourNumber; by: number },
    StandingHour & { id: string }
  >(
    `select a.station_id as id, a.hour, ${JUMPING.map((item) => `a.${COLUMNS[item]} as "${item}"`).join(", ")}, a.co as "CO", a.suspect
     from station cross join station_hour a on a.station_id = station.id and a.hour between @from and @to
     left join station_hour b on b.station_id = a.station_id and b.hour = a.hour - 1
     where (a.suspect is not null or ${high}) and (${rising} or a.suspect like '%"jump"%')
     order by station.id`,
  );
  const hoursRead = hourReading(connection);
  return (hours: readonly HourNumber[], limits: HourLimits, mark: MarkDoubts): void => {
    const hourOf = hoursRead();
    const valueAt = (id: string, hour: HourNumber, item: HourlyItem) =>
      comparable(hourOf(id, hour)?.[item] ?? null, item, limits);
    const neighboursOf = neighboursAmong(connection);
    for (const [first, last] of spansOf(hours, 24))
      for (const row of candidates.all({ from: first - 1, to: last + 1, by: limits.jump.by })) {
        const { id } = row;
        const own = Object.entries(suspicionOf(row) ?? {}).filter(([, check]) => check !== "jump");
        const doubts: Partial<Record<HourlyItem, string>> = Object.fromEntries(own);
        for (const item of JUMPING) {
          const before = valueAt(id, row.hour - 1, item);
          if (doubts[item] !== undefined || !rises(before, row[item], limits)) continue;
          const next = valueAt(id, row.hour + 1, item);
          const changes = neighboursOf(id).flatMap((other) => {
            const [was, is] = [valueAt(other, row.hour - 1, item), valueAt(other, row.hour, item)];
            return was === null || is === null ? [] : [is - was];
          });
          if (isLoneJump({ before, value: row[item], next }, changes, limits)) doubts[item] = "jump";
        }
        mark(id, row, doubts as Suspicion);
      }
  };
}

/** Reads an hour of a station, once: of stations that rise together each is the others' neighbour, item by item. */
function hourReading(connection: Connection) {
  const select = connection.prepare<[string, HourNumber], HourValues>(
    `select ${SIX_OF_HOUR} from station_hour where station_id = ? and hour = ?`,
  );
  return () => {
    const read = new Map<HourNumber, Map<string, HourValues | undefined>>();
    return (id: string, hour: HourNumber): HourValues | undefined => {
      const of = read.get(hour) ?? new Map<string, HourValues | undefined>();
      read.set(hour, of);
      if (!of.has(id)) of.set(id, select.get(id, hour));
      return of.get(id);
    };
  };
}
