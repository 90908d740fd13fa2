import { afterAll, beforeAll, expect, test } from "vitest";
import type { Block, Card, DrawnCard } from "../../src/chat/card.ts";
import { changePct, changeWords } from "../../src/domain/air/change.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";
import { traceWeek } from "../support/trace-week.ts";

const full = process.env.TEST_FULL === "1";
/** The weeks that are held against the commands: every fourth, some of those with gaps among them; in the full run all. */
const isHeld = (nth: number) => full || nth % 4 === 2;
/** Those that are traced figure by figure: every third, the one in which a county is merged among them; in the full run all. */
const isTraced = (nth: number) => full || nth % 3 === 0;

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-01-01T08:00" });
  // Two days of every third week are lost in 启东, a single item in 如皋.
  const gap = { PM10: null, SO2: null, NO2: null, CO: null, O3_8h: null };
  const lost = Array.from({ length: 17 }, (_, n) =>
    Temporal.PlainDate.from("2020-01-06").add({ weeks: 3 * n }),
  );
  const rows = lost.flatMap((monday) =>
    [1, 4].flatMap((k) => {
      const date = monday.add({ days: k }).toString();
      return [
        { id: "qidong", date, ...gap, "PM2.5": null },
        { id: "rugao", date, ...gap, "PM2.5": 30 },
      ];
    }),
  );
  await office.bot.store.write((w) => w.air.mergeRegionDays(rows, { personId: null, at: 0 }));
});
afterAll(() => office.close());

type Table = Extract<Block, { kind: "table" }>;
/** What a place without any data is printed by. */
const NOTHING = {
  pollutants: { "PM2.5": { value: null }, O3_8h: { value: null } },
  attainmentRatePct: null,
  yearOnYear: {},
  days: { valid: 0 },
  sufficient: true,
};
/** What somebody was told after a delivery, each in the words that it was written in: a message may hold several. */
const told = async (name: string, after = 0) =>
  (await piecesAfter(office.bot, after)).filter(({ to }) => to === name).map(({ card }) => card);
const newestId = () => office.bot.store.read((r) => r.outbox.newestId());
const tableOf = (card: Card) => card.blocks.find((b): b is Table => b.kind === "table");
const shown = (value: number | null | undefined, decimals = 0) => value?.toFixed(decimals) ?? "—";

test("every figure of a year's weekly notices is what the commands answer, and nothing is printed that they refuse", async () => {
  // A week is asked about twice: for itself, and as the week before the next.
  const known = new Map<string, Awaited<ReturnType<AnOffice["says"]>>["facts"]>();
  const facts = async (ask: string) => {
    const before = known.get(ask);
    if (before !== undefined) return before;
    const answer = await office.says("市办", ask);
    const found = answer.code === "no-data" ? NOTHING : answer.facts;
    known.set(ask, found);
    return found;
  };
  let rows = 0;
  let refused = 0;
  let traced = 0;
  // After a long holiday two of them come on one day.
  const notices: Card[] = [];
  // The jobs are known from the first day on.
  await office.advanceTo("2020-01-01T08:01");
  for (let nth = 0; nth < 52; nth++) {
    const monday = Temporal.PlainDate.from("2020-01-06").add({ weeks: nth });
    // July and August have no holiday on a Monday, gaps, and a county that is merged within a week.
    const traces = (monday.month === 7 || monday.month === 8) && isTraced(nth);
    if (!isHeld(nth) && !traces) continue;
    // On a holiday's Monday it goes out on the next working day. What lies between two weeks that are looked at isn't played.
    const day = office.bot.office.calendar.dueAfterCalendarDays(monday, 0);
    const sent = await newestId();
    await (full ? office.advanceTo(`${day}T09:00`) : office.wakesAt(`${day}T09:00`));
    const [from, to] = [monday.subtract({ days: 7 }), monday.subtract({ days: 1 })];
    const week = `${from}..${to}`;
    const before = `${from.subtract({ days: 7 })}..${to.subtract({ days: 7 })}`;
    notices.push(...(await told("市办", sent)));
    const isOfWeek = ({ title, facts: of }: Card) =>
      title.includes("周通报") && (of as { week?: { from: string } })?.week?.from === `${from}`;
    const notice = notices.findLast(isOfWeek) as Card;
    if (traces) traced += await traceWeek(office, from, facts);
    if (!isHeld(nth)) continue;
    const ranking = await facts(`排名 ${week} PM2.5`);
    for (const [rank, county, pm25, onWeek, onYear, o3, rate] of tableOf(notice)?.rows ?? []) {
      const now = await facts(`${county} ${week}`);
      const then = await facts(`${county} ${before}`);
      const mean = now.pollutants["PM2.5"].value;
      const ranked = ranking.rows.find((row: { county: string }) => row.county === county);
      expect([`${monday}`, county, rank?.replace("（并列）", ""), pm25, onWeek, onYear, o3, rate]).toEqual([
        `${monday}`,
        county,
        shown(ranked?.rank),
        shown(mean),
        changeWords(changePct(mean, then.pollutants["PM2.5"].value)),
        changeWords(now.yearOnYear["PM2.5"] ?? null),
        shown(now.pollutants.O3_8h.value),
        shown(now.attainmentRatePct, 1),
      ]);
      rows += 1;
      if (!now.sufficient) refused += 1;
    }
    const city = await facts(`全市 ${week}`);
    const said = notice.blocks.flatMap((b) => (b.kind === "text" ? [b.text] : []));
    expect(said[0]).toContain(`PM2.5均值${shown(city.pollutants["PM2.5"].value)}微克`);
    expect(said[0]).toContain(`优良天数比率${shown(city.attainmentRatePct, 1)}%`);
    expect(said[0]).toContain(`同比${changeWords(city.yearOnYear.attainmentRatePoints, "个百分点")}`);
  }
  expect(rows).toBeGreaterThan(full ? 500 : 120);
  expect(refused).toBeGreaterThan(full ? 30 : 5);
  expect(traced).toBeGreaterThan(full ? 2000 : 600);
}, 300_000);

test("every figure of a lagging warning stands in the facts of 滞后", async () => {
  // The day of the last warning: seasons run on, and what they lag by changes from day to day.
  await office.advanceTo("2021-01-04T09:00");
  const warning = (await told("市办")).findLast((c) => c.title.includes("滞后预警")) as Card;
  const { facts } = await office.says("市办", "滞后");
  const behind = facts.rows.map(
    (row: { behindPct: number | null }) => shown(row.behindPct, 1) + (row.behindPct === null ? "" : "%"),
  );
  const rows = tableOf(warning)?.rows ?? [];
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.map((row) => row[5])).toEqual(behind.slice(0, rows.length));
});

test("every figure of a month's cards stands in their facts", async () => {
  let figures = 0;
  for (let month = 1; month <= 12; month += full ? 1 : 3)
    for (const place of ["海安", "如东", "启东", "全市"]) {
      const { card, facts } = await office.says("市办", `${place} 2020-${String(month).padStart(2, "0")}`);
      const known = numbersOf(facts);
      for (const number of printedOn(card)) {
        expect([place, month, known.has(number) ? number : `${number} is nowhere in the facts`]).toEqual([
          place,
          month,
          number,
        ]);
        figures += 1;
      }
    }
  expect(figures).toBeGreaterThan(full ? 1000 : 300);
});

/** The figures of a card's items and tables, without what only looks like one. */
function printedOn(card: DrawnCard): string[] {
  const texts = card.blocks.flatMap((block) => {
    if (block.kind === "facts")
      return block.items.filter(({ label }) => !/位次|滞后任务|待办/.test(label)).map(({ value }) => value);
    return block.kind === "table" ? block.rows.flatMap((row) => row.slice(1)) : [];
  });
  return texts.flatMap((text) => text.replaceAll(/PM2\.5|PM10/g, "").match(/\d+(?:\.\d+)?/g) ?? []);
}

/** Every number of some facts, without its sign, as it may be printed. */
function numbersOf(facts: unknown): Set<string> {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === "number")
      for (const decimals of [0, 1, 2])
        if (Number(value.toFixed(decimals)) === value) found.add(Math.abs(value).toFixed(decimals));
    if (typeof value === "object" && value !== null) Object.values(value).forEach(walk);
  };
  walk(facts);
  return found;
}
