import { judgeHours } from "../src/alerts/judge.ts";
import { contextOf } from "../src/bot/lantian.ts";
import { endOfHour, type HourNumber, hourLabel, hourNumber } from "../src/domain/air/hour-number.ts";
import { ingestHours } from "../src/incoming/ingest.ts";
import { type BenchOffice, benchOffice } from "./office.ts";
import { type Finding, median, type Size, sized, timed } from "./side-by-side.ts";

const DAY = "2020-07-14";
const NOW = `${DAY}T15:25`;

/** One hour of many stations: as a machine sends it, checked, committed and judged beside its neighbours; against INSERTs of the parsed rows. */
export async function hourOfStations(size: Size): Promise<Finding[]> {
  const [stations, warmUp, rounds] = sized(size, [3_000, 4, 5], [60, 1, 1]);
  const ours = await officeOf(stations);
  const theirs = await officeOf(stations);
  const source = await sourceOf(ours);
  const { timeZone } = ours.bot.office.pack;
  const times = { ours: [] as number[], reference: [] as number[] };
  // The first rounds warm up both sides, and a day lies before them, as it does whenever an hour comes. At night, when nobody is
  // told of what stands out: messages are measured elsewhere.
  const first = hourNumber(DAY, 0) - 2;
  for (const office of [ours, theirs])
    for (let hour = first - 24; hour < first; hour++) insertAll(office, hour, hoursAt(hour, stations));
  for (let round = -warmUp; round < rounds; round++) {
    const hour = first + warmUp + round;
    const hours = hoursAt(hour, stations);
    const now = endOfHour(hour, timeZone).add({ minutes: 20 });
    const took = {
      ours: await timed(async () => {
        const answer = await ingestHours(ours.bot, source, { json: { hours } });
        if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
        const context = await contextOf(ours.bot, { now });
        await ours.bot.store.write(async (store) => judgeHours([hour], { ...context, store }));
      }),
      reference: await timed(() => insertAll(theirs, hour, hours)),
    };
    if (round < 0) continue;
    times.ours.push(took.ours);
    times.reference.push(took.reference);
  }
  ours.close();
  theirs.close();
  return [
    {
      name: `an hour of ${stations.toLocaleString("en")} stations, from JSON to judged`,
      ...{ aim: 3, unit: "ms", ours: median(times.ours), reference: median(times.reference) },
    },
  ];
}

const officeOf = (stations: number): Promise<BenchOffice> =>
  benchOffice({
    now: NOW,
    prepare(connection) {
      const regions = connection
        .prepare("select id from region where kind <> 'city' and valid_to is null order by sort")
        .pluck()
        .all() as string[];
      const add = connection.prepare(
        "insert into station (id, name, region_id, national) values (?, ?, ?, 0)",
      );
      connection.exec("begin");
      for (let i = 0; i < stations; i++) add.run(`bench-${i}`, `基准${i}号站`, regions[i % regions.length]);
      connection.exec("commit");
    },
  });

async function sourceOf({ bot }: BenchOffice) {
  const at = (await bot.clock.now()).epochMilliseconds;
  const row = { name: "基准", tokenHash: "bench", createdAt: at, createdBy: null };
  const id = await bot.store.write((w) => w.ingestSources.add(row));
  const source = await bot.store.read((r) => r.ingestSources.byId(id));
  if (source === null) throw new Error("there is no source");
  return source;
}

/** Ordinary air that varies and is the same in every run; one station in two hundred stands out. */
const hoursAt = (hour: HourNumber, stations: number) => {
  const { date, label } = hourLabel(hour);
  const time = `${date} ${String(label).padStart(2, "0")}:00`;
  return Array.from({ length: stations }, (_, i) => {
    const n = (i * 7 + hour * 13) % 11;
    return {
      ...{
        time,
        station: `基准${i}号站`,
        "PM2.5": (i % 200 === 0 ? 90 : 18) + n,
        PM10: (i % 200 === 0 ? 130 : 40) + n,
      },
      ...{ O3: 70 + n, NO2: 20 + n, SO2: 5 + (n % 4), CO: (4 + (n % 3)) / 10 },
    };
  });
};

function insertAll({ raw }: BenchOffice, hour: HourNumber, hours: ReturnType<typeof hoursAt>): void {
  const insert = raw.prepare(
    "insert into station_hour (station_id, hour, pm25, pm10, o3, no2, so2, co) values (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  raw.exec("begin immediate");
  for (const [i, row] of hours.entries())
    insert.run(`bench-${i}`, hour, row["PM2.5"], row.PM10, row.O3, row.NO2, row.SO2, row.CO * 10);
  raw.exec("commit");
}
