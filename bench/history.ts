import type { Connection } from "../src/store/open.ts";
import { countyCommand } from "./county-answer.ts";
import { benchOffice } from "./office.ts";
import { type Finding, roundsOf, type Size, sideBySide } from "./side-by-side.ts";

/** The demonstration brings 2019 and 2020: a year of history before the year that is asked for. */
const YEARS_MADE = 19;

/** The same answer with one year and with twenty years of history in the store: its cost must not grow with what lies behind. */
export async function history(size: Size): Promise<Finding[]> {
  const young = await benchOffice();
  const old = await benchOffice({ prepare: makeHistory });
  const [ofOld, ofYoung] = [await countyCommand(old.bot), await countyCommand(young.bot)];
  const finding = await sideBySide(
    { name: `county, year to date: ${YEARS_MADE + 1} years of history against 1`, aim: 1.3 },
    ofOld,
    ofYoung,
    roundsOf(size, 300, 1000),
  );
  old.close();
  young.close();
  return [finding];
}

/** Repeats the days, reports and issues of 2019 and 2020 in the years before, by whole years; 29 February only where there is one. */
function makeHistory(connection: Connection): void {
  const shifted = (date: string) => `(substr(${date}, 1, 4) - ?) || substr(${date}, 5)`;
  const days = "pm25, pm10, o3, no2, so2, co";
  const statements = [
    `insert or ignore into station_day (station_id, date, ${days}) select station_id, ${shifted("date")}, ${days} from station_day where date between ? and ?`,
    `insert or ignore into region_day (region_id, date, ${days}, source) select region_id, ${shifted("date")}, ${days}, source from region_day where date between ? and ?`,
    `insert into progress (indicator_id, region_id, date, value, note, person_id, reported_at)
     select indicator_id, region_id, ${shifted("date")}, value, note, person_id, reported_at from progress where date between ? and ?`,
  ].map((sql) => connection.prepare(sql));
  // Handed in and done with, sixty a year in every region.
  const issue = connection.prepare(
    `insert into issue (no, title, source, level, region_id, state, created_at, assigned_at, due, first_due, term_from)
     select @no || '-' || id, '演示', '部门督查', '一般', id, 'submitted', @at, @at, @due, @due, @from
     from region where kind <> 'city'`,
  );
  connection.transaction(() => {
    for (let back = 1; back <= YEARS_MADE; back++) {
      // 2019 is there already: the year before it and all earlier ones are copies of 2020.
      const year = 2019 - back;
      const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
      for (const [from, to] of leap
        ? [["01-01", "12-31"]]
        : [
            ["01-01", "02-28"],
            ["03-01", "12-31"],
          ]) {
        for (const statement of statements) statement.run(2020 - year, `2020-${from}`, `2020-${to}`);
      }
      for (let n = 0; n < 60; n++) {
        const month = (n % 12) + 1;
        const from = `${year}-${String(month).padStart(2, "0")}-01`;
        issue.run({ no: `${year}-${n}`, at: Date.UTC(year, month - 1, 1), due: `${year}-12-31`, from });
      }
    }
  })();
}
