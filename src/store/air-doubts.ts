import type { IsoDate } from "../domain/air/day.ts";
import {
  comparable,
  flatHoursOf,
  isLoneJump,
  JUMPING,
  mostOf,
  ownSuspicions,
  reachOf,
  rises,
  type Suspicion,
} from "../domain/air/hour-checks.ts";
import { type HourNumber, hourLabel } from "../domain/air/hour-number.ts";
import { HOURLY_ITEMS, type HourlyItem, type HourValues } from "../domain/air/hours.ts";
import type { HourLimits } from "../domain/plan/pack-alerts.ts";
import { neighboursAmong } from "./air-neighbours.ts";
import { type Connection, connectionOf, type Db } from "./open.ts";

/** The six items in a raw select, each under its own name, so that a row holds {@link HourValues}. */
export const SIX_OF_HOUR =
  'pm25 as "PM2.5", pm10 as "PM10", o3 as "O3", no2 as "NO2", so2 as "SO2", co as "CO"';
const COLUMNS: Readonly<Record<HourlyItem, string>> = {
  "PM2.5": "pm25",
  PM10: "pm10",
  O3: "o3",
  NO2: "no2",
  SO2: "so2",
  CO: "co",
};

/** Hours of stations that are new or others than they were, and whether any of a station's is a correction. */
export type ChangedHours = Map<string, { hours: HourNumber[]; corrected: boolean }>;

/** An hour as it stands, what is doubted of it too. */
type StandingHour = HourValues & { hour: HourNumber; suspect: string | null };

export const suspicionOf = ({ suspect }: { suspect: string | null }): Suspicion | null =>
  suspect === null ? null : (JSON.parse(suspect) as Suspicion);

/** Told of each hour of which other values are doubted now; whether any still is. */
type Marked = (id: string, hour: HourNumber, isDoubted: boolean) => void;

/**
 * Says anew which values are doubted, wherever the hours that have changed may tell: of their own stations, and of neighbours
 * whose jump they speak for or against. Runs inside the caller's transaction.
 * @returns the days on which other values of stations are doubted now, and how many hours have come to be doubted.
 */
export function doubtAnew(
  db: Db,
  changed: ChangedHours,
  limits: HourLimits,
): { days: Map<IsoDate, Set<string>>; doubted: number } {
  const connection = connectionOf(db);
  const days = new Map<IsoDate, Set<string>>();
  const doubted = new Set<string>();
  const marked: Marked = (id, hour, isDoubted) => {
    const { date } = hourLabel(hour);
    days.set(date, (days.get(date) ?? new Set()).add(id));
    if (isDoubted) doubted.add(`${id} ${hour}`);
    else doubted.delete(`${id} ${hour}`);
  };
  byOwnCourse(connection, changed, limits, marked);
  byNeighbours(connection, changed, limits, marked);
  return { days, doubted: doubted.size };
}

function byOwnCourse(
  connection: Connection,
  changed: ChangedHours,
  limits: HourLimits,
  marked: Marked,
): void {
  const reach = reachOf(limits);
  const between = connection.prepare<[string, HourNumber, HourNumber], StandingHour>(
    `select hour, ${SIX_OF_HOUR}, suspect from station_hour where station_id = ? and hour between ? and ?`,
  );
  const mark = marking(connection, marked);
  for (const [id, hours] of toLookAt(connection, changed, limits))
    for (const [first, last] of spansOf(hours, 2 * reach)) {
      const from = first - 2 * reach;
      const course: (StandingHour | null)[] = Array(last - first + 1 + 4 * reach).fill(null);
      for (const row of between.all(id, from, last + 2 * reach)) course[row.hour - from] = row;
      const own = ownSuspicions(course, limits);
      for (let i = reach; i < course.length - reach; i++) {
        const row = course[i] ?? null;
        if (row === null) continue;
        const doubts = own[i] ?? {};
        const stood = suspicionOf(row);
        // A jump is judged beside the neighbours.
        const jumps = Object.entries(stood ?? {}).filter(([, check]) => check === "jump");
        mark(id, row, { ...Object.fromEntries(jumps), ...doubts });
      }
    }
}

/**
 * The stations whose course has to be read. One new hour speaks for or against others only where it is part of a run with them, so
 * that most stations of an hour that comes to all needn't be looked at: SQLite tells the others.
 */
function toLookAt(
  connection: Connection,
  changed: ChangedHours,
  limits: HourLimits,
): Iterable<readonly [id: string, hours: readonly HourNumber[]]> {
  const found: [string, HourNumber[]][] = [];
  const oneNew = new Map<HourNumber, string[]>();
  for (const [id, { hours, corrected }] of changed) {
    const [hour = 0] = hours;
    const same = oneNew.get(hour);
    if (corrected || hours.length > 1) found.push([id, hours]);
    else if (same === undefined) oneNew.set(hour, [id]);
    else same.push(id);
  }
  const inRun = HOURLY_ITEMS.map((item) => {
    const [of, flat] = [COLUMNS[item], flatHoursOf(item, limits)];
    const ofZeros = Math.min(flat, limits.zeroHours);
    const beside = ofZeros < 2 ? "true" : `(is_.${of} = before.${of} or is_.${of} = after.${of})`;
    return `${beside} and iif(is_.${of} = 0, ${ofZeros}, ${flat}) <= (
      select count(*) from station_hour other where other.station_id = is_.station_id
      and other.hour between is_.hour - ${flat - 1} and is_.hour + ${flat - 1} and other.${of} = is_.${of})`;
  });
  const noAir = HOURLY_ITEMS.map((item) => `is_.${COLUMNS[item]} not between 0 and ${mostOf(item, limits)}`);
  const telling = connection.prepare<{ ids: string; hour: HourNumber }, { id: string }>(
    `select value as id from json_each(@ids)
     cross join station_hour is_ on is_.station_id = value and is_.hour = @hour
     left join station_hour before on before.station_id = value and before.hour = is_.hour - 1
     left join station_hour after on after.station_id = value and after.hour = is_.hour + 1
     where before.suspect is not null or after.suspect is not null
       or is_.pm25 - is_.pm10 > ${limits.inversion.by} or ${[...noAir, ...inRun].join(" or ")}`,
  );
  for (const [hour, stations] of oneNew)
    for (const { id } of telling.all({ ids: JSON.stringify(stations), hour })) found.push([id, [hour]]);
  return found;
}

/** Looks at every rise within the hours that have changed, and at what was taken for a jump there. */
function byNeighbours(
  connection: Connection,
  changed: ChangedHours,
  limits: HourLimits,
  marked: Marked,
): void {
  const spans = spansOf([...new Set([...changed.values()].flatMap(({ hours }) => hours))], 24);
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
  const hourOf = hoursRead(connection);
  const valueAt = (id: string, hour: HourNumber, item: HourlyItem) =>
    comparable(hourOf(id, hour)?.[item] ?? null, item, limits);
  const mark = marking(connection, marked);
  const neighboursOf = neighboursAmong(connection);
  for (const [first, last] of spans)
    for (const row of candidates.all({ from: first - 1, to: last + 1, by: limits.jump.by })) {
      const { id } = row;
      const own = Object.entries(suspicionOf(row) ?? {}).filter(([, check]) => check !== "jump");
      const doubts: Partial<Record<HourlyItem, string>> = Object.fromEntries(own);
      for (const item of JUMPING) {
        const before = valueAt(id, row.hour - 1, item);
        if (doubts[item] !== undefined || !rises(before, row[item], limits)) continue;
        const next = valueAt(id, row.hour + 1, item);
        const changes = neighboursOf(id).flatMap((other) => {
          if (other === id) return [];
          const [was, is] = [valueAt(other, row.hour - 1, item), valueAt(other, row.hour, item)];
          return was === null || is === null ? [] : [is - was];
        });
        if (isLoneJump({ before, value: row[item], next }, changes, limits)) doubts[item] = "jump";
      }
      mark(id, row, doubts as Suspicion);
    }
}

/** Reads an hour of a station, once: of stations that rise together each is the others' neighbour, item by item. */
function hoursRead(connection: Connection): (id: string, hour: HourNumber) => HourValues | undefined {
  const select = connection.prepare<[string, HourNumber], HourValues>(
    `select ${SIX_OF_HOUR} from station_hour where station_id = ? and hour = ?`,
  );
  const read = new Map<HourNumber, Map<string, HourValues | undefined>>();
  return (id, hour) => {
    const of = read.get(hour) ?? new Map<string, HourValues | undefined>();
    read.set(hour, of);
    if (!of.has(id)) of.set(id, select.get(id, hour));
    return of.get(id);
  };
}

/** Writes down what of an hour is doubted, and tells of it where that is other than it was. */
function marking(connection: Connection, marked: Marked) {
  const update = connection.prepare<[string | null, string, HourNumber]>(
    "update station_hour set suspect = ? where station_id = ? and hour = ?",
  );
  return (id: string, { hour, suspect }: StandingHour, doubts: Suspicion): void => {
    const told = HOURLY_ITEMS.flatMap((item) => (doubts[item] === undefined ? [] : [[item, doubts[item]]]));
    const now = told.length === 0 ? null : JSON.stringify(Object.fromEntries(told));
    if (now === suspect) return;
    update.run(now, id, hour);
    marked(id, hour, now !== null);
  };
}

/** Hours as spans [first, last], those put together that lie no further apart than `apart`. */
function spansOf(hours: readonly HourNumber[], apart: number): [HourNumber, HourNumber][] {
  const spans: [HourNumber, HourNumber][] = [];
  for (const hour of hours.toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last !== undefined && hour - last[1] <= apart) last[1] = hour;
    else spans.push([hour, hour]);
  }
  return spans;
}
