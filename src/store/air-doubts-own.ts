import { flatHoursOf, mostOf, ownSuspicions, reachOf, type Suspicion } from "../domain/air/hour-checks.ts";
import type { HourNumber } from "../domain/air/hour-number.ts";
import { HOURLY_ITEMS } from "../domain/air/hours.ts";
import type { HourLimits } from "../domain/plan/pack-alerts.ts";
import {
  type ChangedHours,
  HOUR_COLUMNS as COLUMNS,
  SIX_OF_HOUR,
  type StandingHour,
  spansOf,
  suspicionOf,
} from "./air-hour-rows.ts";
import type { Connection } from "./open.ts";

/** Writes down what of an hour of a station is doubted. */
export type MarkDoubts = (id: string, hour: StandingHour, doubts: Suspicion) => void;

/** Doubts hours by their own station's course. */
export function doubtingByCourse(
  connection: Connection,
): (changed: ChangedHours, limits: HourLimits, mark: MarkDoubts) => void {
  const between = connection.prepare<[string, HourNumber, HourNumber], StandingHour>(
    `select hour, ${SIX_OF_HOUR}, suspect from station_hour where station_id = ? and hour between ? and ?`,
  );
  const toLookAt = lookingFor(connection);
  return (changed, limits, mark) => {
    const reach = reachOf(limits);
    for (const [id, hours] of toLookAt(changed, limits))
      for (const [first, last] of spansOf(hours, 2 * reach)) {
        const from = first - 2 * reach;
        const course: (StandingHour | null)[] = Array(last - first + 1 + 4 * reach).fill(null);
        for (const row of between.all(id, from, last + 2 * reach)) course[row.hour - from] = row;
        const own = ownSuspicions(course, limits);
        for (let i = reach; i < course.length - reach; i++) {
          const row = course[i] ?? null;
          if (row === null) continue;
          // A jump is judged beside the neighbours.
          const jumps = Object.entries(suspicionOf(row) ?? {}).filter(([, check]) => check === "jump");
          mark(id, row, { ...Object.fromEntries(jumps), ...own[i] });
        }
      }
  };
}

/**
 * The stations whose course has to be read. One new hour speaks for or against others only where it is part of a run with them, so
 * that most stations of an hour that comes to all needn't be looked at: SQLite tells the others.
 */
function lookingFor(connection: Connection) {
  const columns = HOURLY_ITEMS.map((item) => COLUMNS[item]);
  const noAir = columns.map((of) => `is_.${of} not between 0 and @most_${of}`);
  const inRun = columns.map(
    (of) =>
      `(@zeros_${of} < 2 or is_.${of} = before.${of} or is_.${of} = after.${of})
       and iif(is_.${of} = 0, @zeros_${of}, @flat_${of}) <= (
         select count(*) from station_hour other where other.station_id = is_.station_id and other.${of} = is_.${of}
         and other.hour between is_.hour - @flat_${of} + 1 and is_.hour + @flat_${of} - 1)`,
  );
  const telling = connection.prepare<Record<string, number | string>, { id: string }>(
    `select value as id from json_each(@ids)
     cross join station_hour is_ on is_.station_id = value and is_.hour = @hour
     left join station_hour before on before.station_id = value and before.hour = is_.hour - 1
     left join station_hour after on after.station_id = value and after.hour = is_.hour + 1
     where before.suspect is not null or after.suspect is not null
       or is_.pm25 - is_.pm10 > @inverted or ${[...noAir, ...inRun].join(" or ")}`,
  );
  const bounds = (limits: HourLimits): Record<string, number> =>
    Object.assign(
      { inverted: limits.inversion.by },
      ...HOURLY_ITEMS.map((item) => {
        const [of, flat] = [COLUMNS[item], flatHoursOf(item, limits)];
        const zeros = Math.min(flat, limits.zeroHours);
        return { [`most_${of}`]: mostOf(item, limits), [`flat_${of}`]: flat, [`zeros_${of}`]: zeros };
      }),
    );
  return (changed: ChangedHours, limits: HourLimits): [id: string, hours: readonly HourNumber[]][] => {
    const found: [string, readonly HourNumber[]][] = [];
    const oneNew = new Map<HourNumber, string[]>();
    for (const [id, { hours, corrected }] of changed) {
      const [hour = 0] = hours;
      const same = oneNew.get(hour);
      if (corrected || hours.length > 1) found.push([id, hours]);
      else if (same === undefined) oneNew.set(hour, [id]);
      else same.push(id);
    }
    for (const [hour, stations] of oneNew)
      for (const { id } of telling.all({ ids: JSON.stringify(stations), hour, ...bounds(limits) }))
        found.push([id, [hour]]);
    return found;
  };
}
