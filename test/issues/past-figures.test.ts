import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isUnitsTurn } from "../../src/domain/issues/states.ts";
import { lineIdOf } from "../../src/issues/history.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { POSTS } from "./loop/model.ts";
import { LINES } from "./loop/rules.ts";
import { aStage, completeForm, type Stage } from "./loop/stage.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-10T09:00", jobs: false });
});
afterEach(() => office.close());

const step = async (who: string, no: string, label: string, fill = {}) => {
  await office.says(who, `问题 ${no} 更多`);
  const { code, message } = await office.presses(who, label, fill);
  expect([label, code, message]).toEqual([label, null, null]);
};
const figuresOf = async (period: string, county: string) =>
  (await office.says("市办", `统计 ${period}`)).facts.rows.find(
    (row: { county: string }) => row.county === county,
  );

test("如东 June: two of four handed in by 30 June, whatever July brings", async () => {
  const numbers: string[] = [];
  for (const name of ["A", "B", "C", "D"]) {
    await office.says("市办", `交办 如东 “${name}处裸土未覆盖” 2020-06-30`);
    const { rows } = (await office.says("如东联络员", "问题 待签收")).facts;
    numbers.push(rows.find((row: { title: string }) => row.title.startsWith(name)).no);
  }
  const [a, b, c, d] = numbers as [string, string, string, string];
  for (const no of numbers) await step("如东联络员", no, "签收");
  for (const no of [a, b]) {
    await office.photographs("如东联络员", no);
    await step("如东联络员", no, "提交整改", { measures: "已全部覆盖" });
    await step("如东领导", no, "县级确认");
  }
  const june = async () => (await figuresOf("6月", "如东")).onTime;
  const half = { pct: 50, met: 2, of: 4 };
  await office.advanceTo("2020-07-02T09:00");
  expect(await june()).toEqual(half);
  await step("市办", a, "复核不通过", { text: "仍有裸土", due: "2020-07-20" });
  expect(await june()).toEqual(half);
  await step("市办", c, "改派", { text: "换责任人", county: "如东", due: "2020-07-20" });
  expect(await june()).toEqual(half);
  await step("市办", d, "依法中止", { text: "诉讼", due: "2020-09-01" });
  expect(await june()).toEqual(half);
  await office.advanceTo("2020-07-03T09:00");
  await step("市办", d, "恢复办理");
  expect(await june()).toEqual(half);
  await step("市办", b, "复核通过");
  expect(await june()).toEqual(half);
  await office.advanceTo("2020-07-20T09:00");
  await step("督查", b, "重新整改（反弹）", { text: "再次裸露", due: "2020-08-10" });
  expect(await june()).toEqual(half);
  const { facts } = await office.says("市办", "统计 6月");
  expect(facts.rows.find((row: { county: string }) => row.county === "如东")).toMatchObject({
    due: 4,
    inTime: 2,
    inTimePct: 50,
  });
  // A and C come up again in July, where their new deadline passes.
  await office.advanceTo("2020-08-01T09:00");
  expect((await figuresOf("7月", "如东")).onTime).toMatchObject({ met: 0 });
  expect((await figuresOf("7月", "如东")).onTime.of).toBeGreaterThanOrEqual(2);
});

test("what is given to another county counts there from then on, and before where it was", async () => {
  await office.says("市办", "交办 如东 “堆场未覆盖” 2020-06-20");
  const { rows } = (await office.says("如东联络员", "问题 待签收")).facts;
  const { no } = rows.find((row: { title: string }) => row.title === "堆场未覆盖");
  await office.advanceTo("2020-07-01T09:00");
  const before = [await figuresOf("6月", "如东"), await figuresOf("6月", "海安")];
  expect(before[0].onTime.of).toBeGreaterThan(0);
  await step("市办", no, "改派", { text: "属海安", county: "海安", due: "2020-07-10" });
  expect([await figuresOf("6月", "如东"), await figuresOf("6月", "海安")]).toEqual(before);
  expect((await figuresOf("7月", "海安")).assigned).toBe(1);
});

test("a level that is corrected later changes no term to acknowledge that was over", async () => {
  // As 较大 its day ends in June, as 一般 its two days would end in July.
  await office.advanceTo("2020-06-29T10:00");
  const { no } = (await office.says("市办", "交办 如东 “堆场未覆盖” 2020-07-20 较大")).facts.issue;
  await office.advanceTo("2020-07-02T09:00");
  const june = (await figuresOf("6月", "如东")).acknowledged;
  expect(june.met).toBeLessThan(june.of);
  await office.says("市办", `更正 ${no} 级别 一般`);
  expect((await figuresOf("6月", "如东")).acknowledged).toEqual(june);
  await step("如东联络员", no, "签收");
  expect((await figuresOf("6月", "如东")).acknowledged).toEqual(june);
  await office.advanceTo("2020-08-01T09:00");
  expect((await figuresOf("7月", "如东")).acknowledged).toMatchObject({ met: 1 });
});

test("what lies behind isn't read: of old issues only the number that stand open is counted", async () => {
  await office.advanceTo("2020-07-01T09:00");
  const { store } = office.bot;
  const june = {
    from: Date.UTC(2020, 4, 31, 16),
    until: Date.UTC(2020, 5, 30, 16) - 1,
    fromDate: "2020-06-01",
    dueBy: "2020-06-30",
    since: Date.UTC(2020, 4, 29, 16),
  };
  const read = () => store.read((r) => r.issuePast.within(june));
  const city = async () => (await office.says("市办", "统计 6月")).facts.city;
  const [before, cityBefore] = [await read(), await city()];
  const at = Date.UTC(2019, 0, 15, 1);
  await store.write(async (w) => {
    for (let n = 0; n < 300; n++) {
      const state = n % 3 === 0 ? "rectifying" : "closed";
      const { id } = await w.issues.create(
        {
          title: `旧问题${n}`,
          source: "部门督查",
          level: "一般",
          regionId: "rudong",
          state,
          createdAt: at,
          assignedAt: at,
          due: "2019-02-01",
          firstDue: "2019-02-01",
          termFrom: "2019-01-15",
        },
        "NT-2019",
      );
      const line = { issueId: id, at, step: lineIdOf("register"), due: "2019-02-01", regionId: "rudong" };
      await w.issues.record({ ...line, fromState: null, toState: state });
    }
  });
  const after = await read();
  expect(after.issues.length).toBe(before.issues.length);
  expect(after.events.length).toBe(before.events.length);
  const open = (rows: typeof after) => rows.untouched.find((row) => row.regionId === "rudong")?.n ?? 0;
  expect(open(after) - open(before)).toBe(100);
  expect((await city()).closed.of).toBe(cityBefore.closed.of + 100);
  // Pages come in one order, across those that a unit has to act on and the rest.
  const all = await store.read((r) => r.issues.list({ asOf: Date.UTC(2020, 6, 1) }, 1000));
  const pages = [];
  for (let from = 0; from < all.total; from += 17)
    pages.push(...(await store.read((r) => r.issues.list({ asOf: Date.UTC(2020, 6, 1) }, 17, from))).rows);
  expect(pages.map(({ id }) => id)).toEqual(all.rows.map(({ id }) => id));
  const acting = all.rows.map(({ state }) => isUnitsTurn(state));
  expect(acting.lastIndexOf(true)).toBe(acting.indexOf(false) - 1);
});

/** One thing that is done: which issue, which of the steps that lead on from there, by whom first, after how many days. */
const aDeed = fc.record({
  which: fc.nat(),
  step: fc.nat(),
  who: fc.nat(POSTS.length - 1),
  days: fc.integer({ min: 0, max: 3 }),
});
const RUNS = process.env.TEST_FULL === "1" ? 40 : 1;

test("no step after a period's end changes a figure of it", async () => {
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(aDeed, { minLength: 25, maxLength: 25 }),
      fc.array(aDeed, { minLength: 40, maxLength: 40 }),
      async (inJune, later) => {
        const stage = await aStage("2020-06-10T09:00", { jobs: false });
        try {
          for (const n of [1, 2, 3, 4, 5, 6])
            await stage.office.says(
              "市办",
              `交办 ${n % 2 ? "海安" : "如东"} “第${n}处裸土” 2020-06-${10 + 3 * n}`,
            );
          for (const deed of inJune) await does(stage, deed, "2020-06-30T20:00");
          await stage.office.advanceTo("2020-07-01T08:00");
          const asked = ["统计 6月", "统计 2020-06-15..2020-06-21", "统计 5月"];
          const answers = () =>
            Promise.all(asked.map(async (ask) => (await stage.office.says("市办", ask)).facts));
          const before = await answers();
          await stage.office.says("市办", "交办 如东 “七月的裸土” 2020-07-10");
          for (const deed of later) {
            const what = await does(stage, deed, "2020-10-20T20:00");
            if (what === null) continue;
            moved += 1;
            expect([what, await answers()]).toEqual([what, before]);
          }
        } finally {
          stage.close();
        }
      },
    ),
    { numRuns: RUNS, seed: 20200701 },
  );
  expect(moved).toBeGreaterThan(RUNS * 10);
}, 600_000);

/** Takes a step of an issue, by whoever may; null when nobody may take it. */
async function does(
  stage: Stage,
  { which, step: n, who, days }: { which: number; step: number; who: number; days: number },
  last: string,
) {
  const now = (await stage.bot.clock.now()).toZonedDateTimeISO("Asia/Shanghai").toPlainDateTime();
  const next = now.add({ days, hours: 1 });
  if (days > 0 && next.toString() < last) await stage.office.advanceTo(next.toString().slice(0, 16));
  const ids = stage.raw.prepare("select id from issue order by id").pluck().all() as number[];
  const id = ids[which % ids.length] as number;
  const issue = stage.issue(id);
  const lines = LINES.filter(([name, from]) => from.includes(issue.state) && name !== "merge");
  const line = lines[n % Math.max(1, lines.length)];
  if (line === undefined) return null;
  const [name] = line;
  if (name === "submit") await stage.office.photographs("市办", String(issue.no));
  const today = stage.bot.office.today(await stage.bot.clock.now());
  const form = completeForm(name);
  const fill = {
    ...form,
    ...("due" in form ? { due: today.add({ days: 4 + (which % 9) }).toString() } : {}),
  };
  const county = which % 3 === 0 ? "如东" : "海安";
  for (let k = 0; k < POSTS.length; k++) {
    const post = POSTS[(who + k) % POSTS.length] as (typeof POSTS)[number];
    const refusal = await stage.presses(
      post.name,
      name,
      { id, version: issue.version },
      name === "reassign" ? { ...fill, county } : fill,
    );
    if (refusal === null) return `${post.name} ${name} ${String(issue.no)}`;
  }
  return null;
}
