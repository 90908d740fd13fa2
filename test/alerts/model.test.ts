import { setImmediate as breathe } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { randomStream } from "../../seeds/demo/random.ts";
import { judgeHours } from "../../src/alerts/judge.ts";
import { contextOf } from "../../src/bot/lantian.ts";
import { undoubted } from "../../src/domain/air/hour-checks.ts";
import { endOfHour, hourNumber } from "../../src/domain/air/hour-number.ts";
import type { HourRow } from "../../src/store/air-hours.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { type Measured, reckoned } from "./reckoned.ts";

/** Four stations of one county, which are one another's neighbours; the city's own have sent nothing. */
const STATIONS = ["demo-haian-1", "demo-haian-2", "demo-haian-3", "demo-haian-4"];
const SEED = Number(process.env.TEST_SEED ?? 20200706);
/** Courses of three days each, a step an hour or more of it. */
const [COURSES, STEPS] = process.env.TEST_FULL ? [50, 110] : [2, 40];
const FIRST_DAY = Temporal.PlainDate.from("1990-01-01");

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

// First, since a station of which anything stands written is looked at whatever its hours are.
test("neighbours' hours that come late may make a jump of the next one, long after it was judged", async () => {
  const start = hourNumber("1989-07-03", 8);
  const all = STATIONS.flatMap((id, s) =>
    [0, 1, 2, 3].map((on): HourRow => {
      const hour = {
        id,
        hour: start + on,
        "PM2.5": 20 + on,
        PM10: 40 + on,
        O3: 60 + on,
        SO2: 5 + on,
        CO: 4 + on,
      };
      return { ...hour, NO2: s === 0 && on === 1 ? 120 : 10 + on };
    }),
  );
  const isLate = ({ id, hour }: HourRow) => id !== STATIONS[0] && hour === start;
  for (const on of [0, 1, 2, 3])
    await judged(
      all.filter((row) => row.hour === start + on && !isLate(row)),
      start + on,
    );
  expect(await written(start, start + 3)).toEqual([]);
  await judged(all.filter(isLate), start + 3);
  const at = `${start + 1}-${start + 1}`;
  expect(await written(start, start + 3)).toEqual([`${STATIONS[0]} doubt NO2 ${at} 1/1 over`]);
});

test("whatever comes late, twice, corrected or not at all, what stands written is what all hours together make", async () => {
  for (let course = 0; course < COURSES; course++) {
    const random = randomStream(SEED, `alerts ${course}`);
    const start = hourNumber(FIRST_DAY.add({ days: 40 * course }).toString(), 8);
    const pick = <T>(of: readonly T[]): T => of[random.integer(0, of.length - 1)] as T;
    let now = start;
    const sent = new Map<string, HourRow>();
    // A station whose ozone stays where it is, until an hour: long enough that all of it comes to be doubted.
    let stuck = { id: pick(STATIONS), until: start };
    const hourOf = (id: string, hour: number): HourRow => {
      const fine = pick([18, 22, 27, 33, 61, 66, 74, 79, 84, 96, 119, 128, 156]) + random.integer(0, 2);
      const before = stuck.id === id && hour <= stuck.until ? sent.get(`${id} ${hour - 1}`) : undefined;
      const ozone = before?.O3 ?? pick([70, 90, 120, 199, 204, 215, 310, 405]) + random.integer(0, 3);
      const row = {
        ...{ id, hour, "PM2.5": fine, PM10: fine + random.integer(20, 90), O3: ozone },
        ...{ NO2: random.integer(10, 40), SO2: random.integer(5, 20), CO: random.integer(3, 12) },
      };
      return row;
    };
    for (let step = 0; step < STEPS; step++) {
      // What SQLite keeps for a statement is freed in a turn of the event loop, which no await of this loop gives.
      await breathe();
      const rows: HourRow[] = [];
      const what = random.integer(1, 10);
      if (what <= 7) {
        now += 1;
        if (now > stuck.until + 6) stuck = { id: pick(STATIONS), until: now + random.integer(4, 9) };
        for (const id of STATIONS) if (random.integer(1, 12) > 1) rows.push(hourOf(id, now));
      } else {
        // Late, again, or corrected: whatever lies back by no more than a day.
        const hour = Math.max(start, now - random.integer(0, 20));
        const id = pick(STATIONS);
        const known = sent.get(`${id} ${hour}`);
        rows.push(known !== undefined && what === 8 ? known : hourOf(id, hour));
      }
      for (const row of rows) sent.set(`${row.id} ${row.hour}`, row);
      await judged(rows, now);
      expect(await written(start, now), `course ${course}, step ${step}`).toEqual(await expected(start, now));
    }
  }
});

async function judged(rows: readonly HourRow[], until: number) {
  const { timeZone, settings } = office.bot.office.pack;
  const now = endOfHour(until, timeZone).add({ minutes: settings.alerts.judgeAtMinute });
  const context = await contextOf(office.bot, { now });
  await office.bot.store.write(async (store) => {
    const at = now.epochMilliseconds;
    const { hours } = await store.air.mergeStationHours(rows, { personId: null, at }, settings.alerts.checks);
    // An hour that nobody sent is judged as well.
    await judgeHours([...new Set([...hours, until])], { ...context, store });
  });
}

async function written(from: number, to: number): Promise<string[]> {
  const rows = await office.bot.store.read((r) => r.alerts.within(from, to));
  return rows
    .filter(({ rule, state }) => rule !== "missing" && state !== "withdrawn")
    .map((one) => {
      const { stationId, rule, item, firstHour, lastHour, rung, peak, state } = one;
      return `${stationId} ${rule} ${item} ${firstHour}-${lastHour} ${rung}/${peak} ${state}`;
    })
    .sort();
}

async function expected(from: number, to: number): Promise<string[]> {
  const sky = new Map<string, Map<number, Measured>>();
  for (const id of STATIONS) {
    const hours = await office.bot.store.read((r) => r.air.measuredHours(id, from - 3, to));
    const measured = hours.map((row) => ({ ...row, clean: undoubted(row, row.doubts) }));
    sky.set(id, new Map(measured.map((row) => [row.hour, row])));
  }
  return STATIONS.flatMap((id) => reckoned(sky, id, [from, to]).map((one) => `${id} ${one}`)).sort();
}
