import Database from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { contextOf } from "../../src/bot/lantian.ts";
import { nightStandings } from "../../src/enterprises/night-standing.ts";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
afterEach(() => office.close());

/** The months that counties stand by on a day: of what is imported alone. */
async function monthsOn(day: string, rows: readonly [month: string, county: string, value: number][]) {
  office = await anOffice({ at: `${day}T08:30`, jobs: false });
  const raw = new Database(office.file);
  raw.exec("delete from dustfall");
  raw.close();
  await importText(office, [
    "月份,县区,点位,降尘量,天数",
    ...rows.map(([month, county, value]) => `${month},${county},${county}${month}点,${value},30`),
  ]);
  const { office: present, today } = await contextOf(office.bot);
  const regions = present.regionsOf({ to: today }, today);
  const standings = await office.bot.store.read((store) =>
    nightStandings(regions, { store, office: present, today }),
  );
  return Object.fromEntries(
    regions.flatMap(({ id, short }) => {
      const standing = standings.get(id);
      return standing ? [[short, [standing.month, standing.over]]] : [];
    }),
  );
}

test("a county stands by its newest month, also where that is long ago, and not by one of more than a year", async () => {
  expect(
    await monthsOn("2020-06-15", [
      ["2020-05", "海安", 3],
      ["2020-04", "海安", 5],
      ["2020-03", "如皋", 5],
      ["2019-09", "如东", 5],
      ["2019-05", "启东", 4],
      ["2019-04", "通州", 5],
    ]),
  ).toEqual({
    海安: ["2020-05", false],
    如皋: ["2020-03", true],
    如东: ["2019-09", true],
    启东: ["2019-05", false],
  });
});
