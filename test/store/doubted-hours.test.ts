import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { skyOf } from "../../src/alerts/sky.ts";
import { hourNumber, hoursOfDay } from "../../src/domain/air/hour-number.ts";
import { HOURLY_ITEMS, type HourValues } from "../../src/domain/air/hours.ts";
import type { HourRow } from "../../src/store/air-hours.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const STATIONS = ["demo-haian-1", "demo-haian-2", "demo-haian-3", "demo-haian-4"];
const [FIRST = ""] = STATIONS;
const RUNS = process.env.TEST_FULL ? 300 : 25;

let office: AnOffice;
let used = 0;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

/** A date of which nobody knows anything, with nothing on either side that could speak for or against its hours. */
const aDate = () => Temporal.PlainDate.from("1990-01-01").add({ days: 10 * used++ });

const enter = (rows: readonly HourRow[]) =>
  office.bot.store.write((w) =>
    w.air.mergeStationHours(rows, { personId: null, at: 0 }, office.bot.office.pack.settings.alerts.checks),
  );
const doubts = async (id: string, date: Temporal.PlainDate) => {
  const { first, last } = hoursOfDay(date.toString());
  const hours = await office.bot.store.read((r) => r.air.measuredHours(id, first, last));
  return hours.map(({ hour, doubts }) => [hour - first + 1, doubts]);
};
const days = async (date: Temporal.PlainDate) => {
  const day = date.toString();
  const region = await office.bot.store.read((r) => r.air.days("haian" as never, day, day));
  return region.map(({ date: _date, ...figures }) => figures);
};

type Rows = readonly (HourValues & { id: string; label: number })[];
const rowsOn = (rows: Rows, date: Temporal.PlainDate): HourRow[] =>
  rows.map(({ label, ...row }) => ({ ...row, hour: hourNumber(date.toString(), label) }));

/** Courses with all that is doubted in them: stuck stretches, jumps, what is no air, gaps. */
const value = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 20, max: 60 }) },
  { weight: 2, arbitrary: fc.constantFrom(-3, 0, 33, 33, 260, 5000) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const item = fc
  .array(fc.tuple(value, fc.integer({ min: 1, max: 13 })), { minLength: 24, maxLength: 24 })
  .map((stretches) =>
    stretches.flatMap(([of, n]) => Array<number | null>(n > 6 ? n - 3 : 1).fill(of)).slice(0, 24),
  );
const station = fc.record({ "PM2.5": item, PM10: item, O3: item, NO2: item, SO2: item, CO: item });
const rows = fc.tuple(station, station, station, station).map(
  (stations): Rows =>
    stations.flatMap((of, s) =>
      Array.from({ length: 24 }, (_, i) => ({
        ...(Object.fromEntries(HOURLY_ITEMS.map((one) => [one, of[one][i] ?? null])) as HourValues),
        id: STATIONS[s] ?? "",
        label: i + 1,
      })),
    ),
);

const withGapsOf = <T extends HourValues>(gaps: HourValues | undefined, row: T): T => ({
  ...row,
  ...Object.fromEntries(HOURLY_ITEMS.flatMap((item) => (gaps?.[item] === null ? [[item, null]] : []))),
});

test("hours in any order, in any pieces and corrected are doubted alike and give the same day", async () => {
  await fc.assert(
    fc.asyncProperty(
      rows.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length }), rows),
      ),
      fc.integer({ min: 1, max: 95 }),
      fc.integer({ min: 1, max: 95 }),
      async ([all, shuffled, wrong], a, b) => {
        const [whole, pieces, single, corrected] = [aDate(), aDate(), aDate(), aDate()];
        await enter(rowsOn(all, whole));
        // As they usually come: an hour of every station at a time, some of them late.
        for (const at of new Set([...shuffled.slice(0, 20), ...all].map(({ label }) => label)))
          await enter(
            rowsOn(
              all.filter(({ label }) => label === at),
              single,
            ),
          );
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        for (const part of [shuffled.slice(0, from), shuffled.slice(from, to), shuffled.slice(to)])
          await enter(rowsOn(part, pieces));
        // A correction takes no value away.
        const before = wrong.map((row, i) => withGapsOf(all[i], row));
        await enter(rowsOn(before, corrected));
        for (const part of [shuffled.slice(0, from), shuffled.slice(from)])
          await enter(rowsOn(part, corrected));
        for (const id of STATIONS) {
          expect(await doubts(id, corrected)).toEqual(await doubts(id, whole));
          expect(await doubts(id, pieces)).toEqual(await doubts(id, whole));
          expect(await doubts(id, single)).toEqual(await doubts(id, whole));
        }
        expect(await days(pieces)).toEqual(await days(whole));
        expect(await days(single)).toEqual(await days(whole));
        expect(await days(corrected)).toEqual(await days(whole));
      },
    ),
    { numRuns: RUNS, seed: 1 },
  );
});

test("no doubted hour moves a figure: whatever it says, the day is as if it hadn't come", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 21, max: 60 }), { minLength: 24, maxLength: 24 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { maxLength: 6 }),
      fc.constantFrom(-4, 1001, 19_000),
      async (course, bad, says) => {
        const own = (label: number) => (course[label - 1] ?? 0) + (label % 2) * 40;
        const day = (of: number | null): Rows =>
          STATIONS.flatMap((id) =>
            Array.from({ length: 24 }, (_, i) => {
              const pm25 = bad.includes(i + 1) ? of : own(i + 1);
              return {
                id,
                label: i + 1,
                "PM2.5": pm25,
                PM10: 200 + i,
                O3: null,
                NO2: null,
                SO2: null,
                CO: null,
              };
            }),
          );
        const [doubted, missing] = [aDate(), aDate()];
        await enter(rowsOn(day(says), doubted));
        await enter(rowsOn(day(null), missing));
        expect(await days(doubted)).toEqual(await days(missing));
        expect((await doubts(FIRST, doubted)).filter(([, why]) => why !== null)).toHaveLength(bad.length);
      },
    ),
    { numRuns: RUNS, seed: 2 },
  );
});

const quiet = (pm25: (id: string, label: number) => number): Rows =>
  STATIONS.flatMap((id, s) =>
    Array.from({ length: 24 }, (_, i) => {
      const base = pm25(id, i + 1);
      return { id, label: i + 1, "PM2.5": base, PM10: 300 + i + s, O3: null, NO2: null, SO2: null, CO: null };
    }),
  );
const ordinary = (label: number) => 30 + (label % 5);

test("a lone jump is doubted until the next hour is as high, or the neighbours rise late as well", async () => {
  const jump = (id: string, label: number) => (id === FIRST && label === 9 ? 240 : ordinary(label));
  const date = aDate();
  const all = rowsOn(quiet(jump), date);
  const hour = (label: number) => hourNumber(date.toString(), label);
  await enter(all.filter(({ hour: at }) => at <= hour(9)));
  const marks = async () => (await doubts(FIRST, date)).filter(([, why]) => why !== null);
  expect(await marks()).toEqual([[9, { "PM2.5": "jump" }]]);
  await enter(all.filter(({ hour: at }) => at === hour(10)).map((row) => ({ ...row, "PM2.5": 230 })));
  expect(await marks()).toEqual([]);
  await enter(all.filter(({ hour: at }) => at === hour(10)));
  expect(await marks()).toEqual([[9, { "PM2.5": "jump" }]]);
  await enter(
    all.filter(({ hour: at, id }) => at === hour(9) && id !== FIRST).map((row) => ({ ...row, "PM2.5": 200 })),
  );
  expect(await marks()).toEqual([]);
});

test.each<[string, string, string, boolean, boolean]>([
  ["others of its county", "rudong", "rudong", false, true],
  ["those of what its county has become", "gangzha", "chongchuan", false, true],
  ["those of what has become its county", "chongchuan", "gangzha", false, true],
  ["those of what has become the same", "gangzha", "chongchuan-old", false, true],
  ["national ones, wherever they are", "rudong", "haian", true, true],
  ["stations of another county", "rudong", "haian", false, false],
])(
  "a jump is held against, and a station compared with, its neighbours: %s",
  async (_, own, others, national, are) => {
    const date = aDate();
    const stations = [own, others, others, others].map((regionId, i) => ({
      ...{ id: `${date}-${i}`, name: `${date}-${i}`, regionId: regionId as never },
      national: i > 0 && national,
    }));
    await office.bot.store.write((w) => w.air.addStations(stations));
    const [first = ""] = stations.map(({ id }) => id);
    const hours = [8, 9, 10].map((label) => hourNumber(date.toString(), label));
    await enter(
      stations.flatMap(({ id }, s) =>
        hours.map((hour, i) => {
          const none = { O3: null, NO2: null, SO2: null, CO: null };
          return { id, hour, ...none, "PM2.5": s === 0 && i === 1 ? 240 : 30 + i, PM10: 300 + i + s };
        }),
      ),
    );
    const marks = (await doubts(first, date)).filter(([, why]) => why !== null);
    expect(marks).toEqual(are ? [[9, { "PM2.5": "jump" }]] : []);
    const settings = office.bot.office.pack.settings.alerts;
    const beside = await office.bot.store.read(async (store) =>
      (await skyOf(store, { settings, day: date.toString() })).around(first, "PM2.5", hours[0] ?? 0),
    );
    expect(beside).toEqual(are ? { median: 30, n: 3 } : { median: null, n: 0 });
  },
);

test("a station is looked at, compared with and missed on the days on which it is in use", async () => {
  const date = aDate();
  const [day, before, after] = [0, -1, 1].map((days) => date.add({ days }).toString());
  const spans = [{}, {}, {}, { validFrom: day, validTo: day }, { validTo: before }, { validFrom: after }];
  const idOf = (i: number) => `${date}-${i}`;
  await office.bot.store.write((w) =>
    w.air.addStations(
      spans.map((span, i) => ({ id: idOf(i), name: idOf(i), regionId: "rudong" as never, ...span })),
    ),
  );
  const hour = hourNumber(date.toString(), 9);
  const none = { O3: null, NO2: null, SO2: null, CO: null };
  await enter(spans.map((_, i) => ({ id: idOf(i), hour, ...none, "PM2.5": i < 4 ? 20 : 200, PM10: 300 })));
  const settings = office.bot.office.pack.settings.alerts;
  const [beside, remarkable, silent] = await office.bot.store.read(async (store) => {
    const sky = await skyOf(store, { settings, day: date.toString() });
    const silent = await sky.silentAt(hour + 1);
    return [await sky.around(idOf(0), "PM2.5", hour), await sky.remarkableAt(hour), silent] as const;
  });
  const inUse = [0, 1, 2, 3].map(idOf);
  expect(beside).toEqual({ median: 20, n: 3 });
  // Each for its PM10.
  expect(remarkable).toEqual(inUse);
  expect(silent.filter((id) => id.startsWith(`${date}-`))).toEqual(inUse);
});

test("a corrected hour takes the doubt from all of its run, and the day follows", async () => {
  const stuck = (id: string, label: number) =>
    id === FIRST && label > 12 && label < 20 ? 44 : ordinary(label);
  const date = aDate();
  await enter(rowsOn(quiet(stuck), date));
  expect((await doubts(FIRST, date)).filter(([, why]) => why !== null)).toHaveLength(7);
  const middle = rowsOn(
    quiet((_id, label) => ordinary(label)),
    date,
  );
  await enter(
    middle
      .filter(({ id, hour }) => id === FIRST && hour === hourNumber(date.toString(), 16))
      .map((row) => ({ ...row, "PM2.5": 31 })),
  );
  expect((await doubts(FIRST, date)).filter(([, why]) => why !== null)).toEqual([]);
});

test("what its own course speaks against no more is a jump when it is one", async () => {
  const date = aDate();
  const inverted = (id: string, label: number) => id === FIRST && label > 9 && label < 13;
  const all = quiet((id, label) => (id === FIRST && label === 12 ? 240 : ordinary(label))).map((row) =>
    inverted(row.id, row.label) ? { ...row, PM10: row.label === 12 ? 100 : 20 } : row,
  );
  await enter(rowsOn(all, date));
  const marks = async () => (await doubts(FIRST, date)).filter(([, why]) => why !== null);
  expect((await marks()).map(([label]) => label)).toEqual([10, 11, 12]);
  const first = all.filter(({ id, label }) => id === FIRST && label === 10);
  await enter(
    rowsOn(
      first.map((row) => ({ ...row, PM10: 300 })),
      date,
    ),
  );
  expect(await marks()).toEqual([[12, { "PM2.5": "jump" }]]);
});

test.each<[string, (label: number) => Partial<HourValues>, number]>([
  ["0 for three hours", (label) => (label > 9 && label < 13 ? { NO2: 0 } : {}), 3],
  ["one value for six hours", (label) => (label > 9 && label < 16 ? { O3: 90 } : {}), 6],
  ["one value of SO2 for twelve hours", (label) => (label > 6 && label < 19 ? { SO2: 6 } : {}), 12],
  ["more PM2.5 than PM10 for three hours", (label) => (label > 9 && label < 13 ? { PM10: 20 } : {}), 3],
  ["less than nothing", (label) => (label === 10 ? { "PM2.5": -3 } : {}), 1],
  ["more than air can have", (label) => (label === 10 ? { CO: 1501 } : {}), 1],
])(
  "an hour that comes alone has its run doubted, its end, its middle or its beginning last: %s",
  async (_, over, n) => {
    const labels = Array.from({ length: 24 }, (_, i) => i + 1);
    for (const late of [24, 11, 10]) {
      const date = aDate();
      const all = rowsOn(
        quiet((_id, label) => ordinary(label)).map((row) => {
          const { label } = row;
          const others = { O3: 60 + label, NO2: 10 + label, SO2: 4 + (label % 9), CO: 3 + label };
          return { ...row, ...others, ...(row.id === FIRST ? over(label) : {}) };
        }),
        date,
      );
      for (const label of [...labels.filter((one) => one !== late), late])
        await enter(all.filter(({ hour }) => hour === hourNumber(date.toString(), label)));
      expect((await doubts(FIRST, date)).filter(([, why]) => why !== null)).toHaveLength(n);
    }
  },
);
