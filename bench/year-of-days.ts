import { and, asc, between, eq, sql } from "drizzle-orm";
import { withDrizzle } from "../src/store/open.ts";
import { regionDay } from "../src/store/schema.ts";
import { benchOffice } from "./office.ts";
import { type Finding, roundsOf, type Size, sideBySide } from "./side-by-side.ts";

/** What reading a year of a county's days costs by drizzle and by the store, against the statement itself: why the store asks it raw. */
export async function yearOfDays(size: Size): Promise<Finding[]> {
  const { bot, raw, close } = await benchOffice();
  const [county, from, to] = ["haian", "2020-01-01", "2020-12-31"] as const;
  const statement = raw.prepare(
    "select date, pm25, pm10, o3, no2, so2, co from region_day where region_id = ? and date between ? and ? order by date",
  );
  const { date, pm25, pm10, o3, no2, so2, co } = regionDay;
  const prepared = withDrizzle(raw)
    .select({ date, pm25, pm10, o3, no2, so2, co })
    .from(regionDay)
    .where(
      and(
        eq(regionDay.regionId, sql.placeholder("county")),
        between(regionDay.date, sql.placeholder("from"), sql.placeholder("to")),
      ),
    )
    .orderBy(asc(regionDay.date))
    .prepare();
  const reference = () => statement.all(county, from, to);
  const rounds = roundsOf(size, 300, 1000);
  const findings = [
    await sideBySide(
      { name: "a year of days: drizzle's prepared query" },
      () => prepared.execute({ county, from, to }),
      reference,
      rounds,
    ),
    await sideBySide(
      { name: "a year of days: the store" },
      () => bot.store.read((store) => store.air.days(county, from, to)),
      reference,
      rounds,
    ),
  ];
  close();
  return findings;
}
