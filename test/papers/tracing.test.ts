import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contextOf } from "../../src/bot/lantian.ts";
import { makePaperFiles } from "../../src/papers/make-files.ts";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// What papers print is what the commands answer that ask the same, and stays as it was when data change later.

const full = process.env.TEST_FULL === "1";
const [FROM, TO] = full ? ["2020-05-01", "2020-06-30"] : ["2020-05-29", "2020-06-02"];

let office: AnOffice;
/** What 滞后 has answered on the days of the warnings. */
const lagging = new Map<string, { county: string | null; indicator: string; actual: number | null }[]>();
beforeAll(async () => {
  office = await anOffice({ at: `${FROM}T08:00` });
  for (const day of ["2020-05-06", "2020-05-18", "2020-06-01", "2020-06-16"].filter(
    (day) => day >= FROM && day <= TO,
  )) {
    await office.advanceTo(`${day}T09:30`);
    lagging.set(day, (await office.says("市办", "滞后")).facts.rows);
  }
  await office.advanceTo(`${TO}T23:00`);
});
afterAll(() => office.close());

const known = new Map<string, Awaited<ReturnType<AnOffice["says"]>>["facts"]>();
const factsOf = async (ask: string) => {
  const before = known.get(ask);
  if (before !== undefined) return before;
  const answer = await office.says("市办", ask);
  const facts = answer.code === null ? answer.facts : null;
  known.set(ask, facts);
  return facts;
};
/** Issued papers of a kind with what each prints, oldest first. */
const papers = (kind: string) =>
  office.bot.store.read(async (r) => {
    const { rows } = await r.officialPapers.list({ kinds: [kind], states: ["issued"] }, 200);
    const all = rows.toReversed().map(async (row) => {
      const print = await r.officialPapers.version(row.id, row.version);
      return { row, figures: print?.figures ?? [] };
    });
    return Promise.all(all);
  });
const shown = (value: number | null | undefined, decimals = 0, unit = "") =>
  value == null ? "缺" : `${value.toFixed(decimals)}${unit}`;
const GASES: Record<string, string> = { O3_8h: "O₃", NO2: "NO₂", SO2: "SO₂" };

test("each day's and each sum's figure of the daily sheets is what 县区 answers for it", async () => {
  let figures = 0;
  for (const { row, figures: printed } of await papers("daily-sheet"))
    for (const { of, figure, value } of printed) {
      const [group = "", column = ""] = figure.split(" ");
      const day = /^(\d+)月(\d+)日$/.exec(group);
      const first = `${row.lastDay.slice(0, 4)}-01-01`;
      const sum = /^\d+年\d+月$/.test(group)
        ? `${row.lastDay.slice(0, 8)}01`
        : /^\d+年$/.test(group)
          ? first
          : null;
      const from = day ? `2020-${day[1]?.padStart(2, "0")}-${day[2]?.padStart(2, "0")}` : sum;
      if (from === null) continue;
      const facts = await factsOf(`${of} ${day ? from : `${from}..${row.lastDay}`}`);
      const now = day
        ? {
            AQI: shown(facts?.aqi),
            级别: facts?.level ?? "—",
            首要污染物: (facts?.primaryPollutants ?? []).map((p: string) => GASES[p] ?? p).join("、") || "—",
            "PM2.5": shown(facts?.pollutants["PM2.5"].value),
            "O₃": shown(facts?.pollutants.O3_8h.value),
          }[column]
        : column === "优良率"
          ? shown(facts?.attainmentRatePct, 1, "%")
          : column === "超标天"
            ? `${(facts?.days.valid ?? 0) - (facts?.days.good ?? 0)}天`
            : shown(facts?.pollutants["PM2.5"].value ?? facts?.pollutants["PM2.5"].reference);
      if (now === undefined || (facts !== null && facts.sufficient === false)) continue;
      expect([row.key, of, figure, value.replace("轻度污染", "轻度").replace("中度污染", "中度")]).toEqual([
        row.key,
        of,
        figure,
        now,
      ]);
      figures += 1;
    }
  expect(figures).toBeGreaterThan(full ? 5000 : 150);
});

test("each line of a lag warning is a line of 滞后 on its day", async () => {
  const warnings = await papers("lagging-warning");
  expect(warnings.map(({ row }) => row.key)).toEqual([...lagging.keys()]);
  // What is no count is said in words, and is nothing so far.
  for (const { row, figures } of warnings)
    expect([
      row.key,
      ...figures.map(({ of, figure, value }) => [of, figure, Number.parseFloat(value) || 0]),
    ]).toEqual([
      row.key,
      ...(lagging.get(row.key) ?? []).map((line) => [
        line.county ?? "全市",
        line.indicator,
        line.actual ?? 0,
      ]),
    ]);
});

/** Makes the files of all issued papers, which a round makes of some. */
async function makeAll(): Promise<void> {
  while ((await makePaperFiles({ ...office.bot, context: await contextOf(office.bot) })) > 0);
}

test("after a correction the old papers are the same bytes, and are listed with the old and the new value", async () => {
  await makeAll();
  const all = [...(await papers("weekly-notice")), ...(await papers("daily-sheet"))];
  const bytesOf = async () => {
    const files: string[] = [];
    for (const { row } of all)
      for (const { look, sha256 } of await office.bot.store.read((r) => r.officialPapers.files(row.id))) {
        const bytes = await office.bot.vault.read(sha256);
        files.push(`${row.id} ${look} ${createHash("sha256").update(bytes).digest("hex")}`);
      }
    return files;
  };
  const before = await bytesOf();
  const weekly = (await papers("weekly-notice")).at(-1);
  const { firstDay = "", lastDay = "" } = weekly?.row ?? {};
  const printed = weekly?.figures.find(({ of, figure }) => of === "海安" && figure.includes("PM2.5"));
  const result = await importText(office, [
    "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h",
    `${firstDay},海安,148,180,8,30,0.7,90`,
  ]);
  known.clear();
  if (!("affected" in result)) throw new Error(JSON.stringify(result));
  const affected = result.affected.find(({ no }) => no === `${weekly?.row.id}号`);
  const change = affected?.changes?.find(({ of, figure }) => of === "海安" && figure === printed?.figure);
  const now = (await factsOf(`海安 ${firstDay}..${lastDay}`)).pollutants["PM2.5"].value;
  expect(change).toEqual({ of: "海安", figure: printed?.figure, printed: printed?.value, now: String(now) });
  expect(String(now)).not.toBe(printed?.value);
  await makeAll();
  expect(before.length).toBeGreaterThan(all.length);
  expect(await bytesOf()).toEqual(before);
  const again = (await papers("weekly-notice")).at(-1);
  expect(again).toEqual(weekly);
});
