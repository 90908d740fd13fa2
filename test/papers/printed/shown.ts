import { expect, test } from "vitest";
import { contextOf } from "../../../src/bot/lantian.ts";
import { readTable } from "../../../src/intake/table.ts";
import type { MaterialFacts } from "../../../src/meetings/material.ts";
import { type ChartSpec, figuresDrawn } from "../../../src/output/charts/kinds.ts";
import type { ChartFigure } from "../../../src/output/charts/panel.ts";
import { drawPaper } from "../../../src/papers/draw.ts";
import { madeLook, modelOf } from "../../../src/papers/made-look.ts";
import { drawnFrom } from "../../../src/papers/paper-files.ts";
import { bulletinOf } from "../../../src/papers/week/bulletin.ts";
import type { WeekFacts } from "../../../src/papers/week/week-facts.ts";
import { weekInserts } from "../../../src/papers/week/week-model.ts";
import { full, office, papersOf } from "./story.ts";

// Whatever number a card, a page, a workbook or a picture of a paper shows is one of the facts that were frozen with it.

test("no paper shows a number that its frozen facts don't have, on its card, its pages, in its workbook or pictures", async () => {
  const all = await papersOf();
  const shown = full ? all : [...new Map(all.map((one) => [one.row.kind, one])).values()];
  const context = await contextOf(office.bot);
  const unknown: string[] = [];
  let numbers = 0;
  for (const { row, print, figures } of shown) {
    if (print === null || print === undefined) throw new Error(`${row.title} has no version`);
    const { card, from } = await office.bot.store.read(async (store) => {
      const around = { ...context, store };
      const reader = { regionId: row.regionId, departmentId: row.departmentId, isOffice: true };
      return { card: await drawPaper(row, print, reader, around), from: await drawnFrom(row, around) };
    });
    if (from === null) throw new Error(`${row.title} has no facts`);
    const { facts: _, files: __, buttons: ___, ...said } = card;
    const texts = [
      ["card", textsOf(said)],
      ["pages", from.kind.document ? textsOf(modelOf(from).blocks) : []],
      ["workbook", from.kind.workbook ? await cellsOf(from) : []],
      ["pictures", drawnIn(row.kind, print.facts).map(({ figure, value }) => `${figure} ${value}`)],
    ] as const;
    const { about, stamp } = from.on;
    const known = numbersOf([print.facts, figures, about, stamp, String(stamp.date), row]);
    for (const [where, lines] of texts)
      for (const line of lines)
        for (const number of numbersIn(line)) {
          numbers += 1;
          if (!known.has(number)) unknown.push(`${row.kind} ${where}: ${number} in “${line.slice(0, 80)}”`);
        }
  }
  expect([...new Set(unknown)]).toEqual([]);
  expect(numbers).toBeGreaterThan(full ? 20_000 : 2_000);
});

async function cellsOf(from: Parameters<typeof madeLook>[0]): Promise<string[]> {
  const { bytes } = await madeLook(from, "excel", office.bot.vault);
  const sheets = await readTable(bytes, "paper.xlsx");
  if ("refusal" in sheets) throw new Error(sheets.refusal);
  return sheets.flatMap(({ rows }) => rows.flat());
}

/** The figures of a paper's charts; a picture of a table has the cells of its workbook. */
function drawnIn(kind: string, facts: unknown): readonly ChartFigure[] {
  const stamped = { date: "", marks: [] };
  const specs: ChartSpec[] =
    kind === "weekly-notice"
      ? [
          bulletinOf(facts as WeekFacts, "", stamped),
          ...weekInserts(facts as WeekFacts).map(({ spec }) => spec),
        ]
      : kind === "meeting-material"
        ? [(facts as MaterialFacts).ranking, ...(facts as MaterialFacts).pace].filter((spec) => spec !== null)
        : [];
  return specs.flatMap(figuresDrawn);
}

/** All texts of a value, without the bytes of pictures. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === "opens" || key === "say" ? [] : textsOf(one),
  );
}

/** Names with digits, the standards' own numbers, the number of an item, how many lines a list has, of how many days. */
const NAMES = /PM2\.5|PM10|O3_8h|8小时|第9[05]百分位|^\d\.(?!\d)|(?:红|黄|未报|有)\d+项|\/\d+$/g;
const numbersIn = (text: string): number[] =>
  (text.replaceAll(NAMES, "").match(/\d+(?:\.\d+)?/g) ?? []).map(Number);

/** Every number of some values, rounded, and as a share as a workbook holds percents; and those in their texts. */
function numbersOf(value: unknown): Set<number> {
  const found = new Set<number>();
  const add = (one: number) => {
    for (const decimals of [0, 1, 2]) found.add(Math.abs(Number(one.toFixed(decimals))));
    found.add(Math.abs(Number((one / 100).toFixed(3))));
  };
  const walk = (one: unknown): void => {
    if (typeof one === "number") add(one);
    else if (typeof one === "string") numbersIn(one).forEach(add);
    else if (typeof one === "object" && one !== null) Object.values(one).forEach(walk);
  };
  walk(value);
  return found;
}
