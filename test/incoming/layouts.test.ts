import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contextOf } from "../../src/bot/lantian.ts";
import { readRowsOf } from "../../src/incoming/read-rows-of.ts";
import { tablesOfFile } from "../../src/incoming/read-tables.ts";
import { aLayout, type Layout, laidOut, type Measured, someDays, withGaps } from "../support/laid-out.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const full = process.env.TEST_FULL === "1";
const seed = Number(process.env.TEST_SEED ?? 2020);

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-12-31T08:30" });
});
afterAll(() => office.close());

async function read(file: { name: string; bytes: Uint8Array }) {
  const { bot } = office;
  const context = { ...(await contextOf(bot)), by: null, batch: 1 };
  const told = await tablesOfFile(file, bot.registry.imports, context);
  if ("refusal" in told) return { refusal: told.refusal, rows: [], rejected: told.rejected };
  const { judge: _, ...kind } = told.kind;
  const { rows, rejected, doubt } = await bot.store.write((store) =>
    readRowsOf(kind, told.tables, { ...context, store }),
  );
  return { refusal: doubt, rows, rejected, reading: told.reading };
}

/** A day as it must be stored. */
const rowOf = ({ date, county, values }: Measured) => {
  const id = office.bot.names.place(county)?.regions.find(({ to }) => to === undefined)?.id;
  return `${date} ${id} ${Object.entries(values).toSorted().join(" ")}`;
};
const said = (row: object) => {
  const { date, county, station: _, state: __, ...values } = row as Record<string, unknown>;
  return `${date} ${county} ${Object.entries(values).toSorted().join(" ")}`;
};

test("however an office lays out its figures, they are read back exactly or refused by name", async () => {
  let [all, exact] = [0, 0];
  await fc.assert(
    fc.asyncProperty(someDays, aLayout, async (measured: Measured[], layout: Layout) => {
      const days = withGaps(measured, layout);
      const found = await read(laidOut(days, layout));
      all += 1;
      if (found.refusal === null && found.rejected.length === 0) {
        exact += 1;
        expect(found.rows.map(said).toSorted()).toEqual(days.map(rowOf).toSorted());
      } else
        expect(`${found.refusal ?? ""}${found.rejected.map(({ reason }) => reason).join()}`).toMatch(
          /[\u4e00-\u9fff]{4}/,
        );
    }),
    { numRuns: full ? 2000 : 40, seed },
  );
  // What is refused is the exception: a county's name that stands for another place on the sheet, for instance.
  expect(exact / all).toBeGreaterThan(0.95);
});

/** What no cell of a table may be taken for as if nothing were wrong. */
const GARBAGE = [
  "ND",
  "<2",
  "27*",
  "#DIV/0!",
  "abc",
  "-3",
  "999",
  "-999",
  "9999",
  "1e2",
  "35.1234567",
  "昨天",
  "海按",
  "2020-02-30",
  "港闸站",
  "６月",
  "=A1",
  "\u200b?",
  "x".repeat(60),
];
type Spoilt = "a cell" | "no row" | "no column" | "a row twice" | "no head";
const aSpoil = fc.record({
  what: fc.constantFrom<Spoilt>("a cell", "a cell", "no row", "no column", "a row twice", "no head"),
  row: fc.nat(30),
  column: fc.nat(30),
  by: fc.constantFrom(...GARBAGE),
});

/** What the heap holds when all that nobody needs any more is gone, MB. */
function held(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

test("whatever was read and refused, the memory comes back", async () => {
  const some = async (seed: number) => {
    for (const layout of fc.sample(aLayout, { numRuns: full ? 300 : 30, seed })) {
      const [days] = fc.sample(someDays, { numRuns: 1, seed });
      const { name, bytes } = laidOut(days ?? [], layout);
      bytes[seed % bytes.length] = 0;
      await read({ name, bytes: bytes.subarray(0, seed % 2 === 0 ? bytes.length : bytes.length / 2) });
    }
  };
  await some(1);
  const before = held();
  for (let round = 2; round < 6; round++) await some(round);
  expect(held() - before).toBeLessThan(12);
});

test("whatever is broken in a file, nothing throws, and no day is read that isn't as it was measured", async () => {
  await fc.assert(
    fc.asyncProperty(
      someDays,
      aLayout,
      fc.array(aSpoil, { minLength: 1, maxLength: 2 }),
      async (measured, layout, spoils) => {
        const days = withGaps(measured, layout);
        const file = laidOut(days, layout, (rows) => {
          for (const { what, row, column, by } of spoils)
            spoil(rows, what, row % Math.max(rows.length, 1), column, by);
        });
        const found = await read(file);
        if (found.refusal !== null) return void expect(found.refusal).toMatch(/[\u4e00-\u9fff]{4}/);
        for (const { row, reason } of found.rejected)
          expect([row > 0, /[\u4e00-\u9fff]{2}/.test(reason)]).toEqual([true, true]);
        // A copy whose original is gone or refused says what it says.
        const copied = spoils.some(({ what }) => what === "a row twice");
        if (copied && (found.rejected.length > 0 || spoils.length > 1)) return;
        const known = days.map(rowOf);
        expect(found.rows.map(said).filter((row) => !known.includes(row))).toEqual([]);
      },
    ),
    { numRuns: full ? 5000 : 60, seed },
  );
});

test("whatever bytes are broken in a file, it is read or refused in words", async () => {
  await fc.assert(
    fc.asyncProperty(
      someDays,
      aLayout,
      fc.array(fc.record({ at: fc.nat(), to: fc.nat(255) }), { minLength: 1, maxLength: 4 }),
      fc.nat(99),
      async (days, layout, flips, cut) => {
        const { name, bytes } = laidOut(days, layout);
        for (const { at, to } of flips) bytes[at % bytes.length] = to;
        const end = cut < 20 ? Math.floor((bytes.length * cut) / 20) : bytes.length;
        const found = await read({ name, bytes: bytes.subarray(0, end) });
        expect(typeof (found.refusal ?? found.rows.length)).not.toBe("undefined");
      },
    ),
    { numRuns: full ? 5000 : 60, seed },
  );
});

function spoil(rows: unknown[][], what: Spoilt, line: number, column: number, by: string): void {
  const row = rows[line];
  if (row === undefined || row.length === 0) return;
  const at = column % row.length;
  // What stands above the table is no column of it.
  const wide = rows.filter(({ length }) => length > 4);
  const isHead = (cell: unknown) => typeof cell === "string" && !/^\d/.test(cell);
  if (what === "a cell") row[at] = by;
  else if (what === "no row") rows.splice(line, 1);
  else if (what === "no column") for (const each of wide) each.splice(at, 1);
  else if (what === "a row twice")
    rows.splice(
      line,
      0,
      row.map((cell) => (typeof cell === "number" && cell < 1000 ? cell + 1 : cell)),
    );
  else for (const each of wide.slice(0, 3)) if (isHead(each[at])) each[at] = null;
}
