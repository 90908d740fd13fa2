import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { importCard } from "../../src/incoming/import-card.ts";
import { importFile } from "../../src/incoming/import-file.ts";
import { textOf } from "../../src/ops/card-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const full = process.env.TEST_FULL === "1";
const HEAD = "日期,县区,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h,数据状态";
const csv = (...rows: string[]) => ({
  name: "空气.csv",
  bytes: new TextEncoder().encode([HEAD, ...rows].join("\n")),
});
const rest = "60,9,30,1.0,90";

async function story(at = "2020-06-16T08:00") {
  const office = await anOffice({ at });
  onTestFinished(() => office.close());
  const brings = async (who: string | null, ...rows: string[]) => {
    const person = who === null ? null : await office.bot.store.read((r) => r.people.byName(who));
    const result = await importFile(office.bot, csv(...rows), { person, partial: false });
    if ("code" in result) throw new Error(JSON.stringify(result));
    return result;
  };
  return { office, brings, stands: () => standing(office) };
}

/** Every day of stations and regions, as it stands in the file. */
function standing({ file }: Pick<AnOffice, "file">) {
  const raw = new Database(file, { readonly: true });
  const dump = (table: string) =>
    raw.prepare(`select * from ${table} where date >= '2020-05-25' or date < '2019'`).raw().all();
  const all = { stations: dump("station_day"), regions: dump("region_day") };
  raw.close();
  return JSON.stringify(all);
}

test("an import is a batch with who, when, which file and what it did, and it is in the list", async () => {
  const { office, brings } = await story();
  const { batch } = await brings(
    "市办",
    `2020-06-15,海安,,35,${rest},实时`,
    `2020-05-04,海安,,99,${rest},审核后`,
  );
  const { text, facts } = await office.says("市办", "导入记录");
  expect(text).toMatch(/6月16日 08:00.*市办.*日均空气数据.*空气\.csv.*部分审核后/);
  expect(facts.rows).toEqual([
    expect.objectContaining({
      ...{ batch, kind: "daily-air", by: "市办", file: "空气.csv", at: "2020-06-16T08:00:00+08:00" },
      ...{ rows: 2, added: 0, corrected: 2, unchanged: 0, dataState: "mixed", withdrawn: false },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    }),
  ]);
  expect((await office.says("海安联络员", "导入记录")).code).toBe("forbidden");
});

test("what is taken back is as if it had never been imported; what came later has to go first", async () => {
  const { office, brings, stands } = await story();
  const before = stands();
  const first = await brings(
    "市办",
    `2020-06-15,海安,,35,${rest},`,
    `2020-06-10,,演示·海安一号站,400,${rest},`,
  );
  const between = stands();
  const second = await brings(null, `2020-06-15,海安,,36,${rest},`);
  expect(stands()).not.toBe(between);
  const tooEarly = await office.says("市办", `撤回导入 ${first.batch}`);
  expect(tooEarly).toMatchObject({
    code: "conflict",
    message: expect.stringContaining(`请先撤回第${second.batch}号`),
  });
  await office.says("市办", `撤回导入 ${second.batch}`);
  expect(stands()).toBe(between);
  expect((await office.says("市办", `撤回导入 ${first.batch} 文件选错`)).text).toMatch(
    /已撤回第1号.*恢复2条/s,
  );
  expect(stands()).toBe(before);
  expect((await office.says("市办", `撤回导入 ${first.batch}`)).code).toBe("already-done");
  expect((await office.says("市办", "导入记录")).text).toMatch(/由市办撤回：文件选错/);
  const [row] = await office.bot.store.read((r) => r.audit.latest(1));
  expect(row).toMatchObject({ act: "withdraw", outcome: "done", subject: "batch:1" });
});

test("the list offers the newest imports with a button each, and only the office may press it", async () => {
  const { office, brings, stands } = await story();
  const before = stands();
  await brings("市办", `2020-06-15,海安,,35,${rest},`);
  const list = await office.says("市办", "撤回导入");
  expect(list.labels).toEqual(["撤回 1", "导入记录"]);
  for (const who of ["市领导", "督查", "海安领导", "住建联络员"])
    expect((await office.says(who, "撤回导入 1")).code).toBe("forbidden");
  const button = list.card.buttons.find((b) => b.label === "撤回 1");
  const token = button?.kind === "press" ? button.token : "";
  expect((await office.presses("督查", token)).code).not.toBeNull();
  await office.presses("市办", "撤回 1", { reason: "重复" });
  expect(stands()).toBe(before);
  expect((await office.says("市办", "撤回导入 7")).code).toBe("unknown-import");
});

test("the same file twice is one import: the other answer says who was first, also when both come at once", async () => {
  const { office, brings } = await story("2020-06-17T08:00");
  const file = `2020-06-15,海安,,35,${rest},`;
  const both = await Promise.all([brings("市办", file), brings("市办", file)]);
  const [first, second] = both.sort((a, b) => b.corrected - a.corrected);
  expect(first).toMatchObject({ corrected: 1, batch: 1, sameAs: null });
  expect(second).toMatchObject({ corrected: 0, unchanged: 1, batch: null, sameAs: { batch: 1, by: "市办" } });
  expect(textOf(importCard("空气.csv", second as (typeof both)[0]))).toContain(
    "与6月17日市办导入的文件相同（第1号）",
  );
  await office.says("市办", "撤回导入 1");
  expect(await brings("市办", file)).toMatchObject({ corrected: 1, batch: 2, sameAs: null });
});

test("a county target is taken back too", async () => {
  const { office } = await story();
  const targets = (text: string) =>
    importFile(
      office.bot,
      { name: "目标.csv", bytes: new TextEncoder().encode(`县区,指标,约束性,奋斗\n${text}`) },
      { person: null, partial: false },
    );
  const known = () => office.bot.store.read((r) => r.plan.countyTargets(["qidong"]));
  await targets("启东,PM2.5,38,37");
  await targets("启东,PM2.5,36,35");
  expect((await office.says("市办", "撤回导入 1")).message).toContain("请先撤回第2号");
  await office.says("市办", "撤回导入 2");
  expect(await known()).toMatchObject([{ constraint: "38", stretch: "37" }]);
  await office.says("市办", "撤回导入 1");
  expect(await known()).toEqual([]);
});

test.each([
  ["a county's day", "海安,"],
  ["a station's day", ",演示·海安一号站"],
])(
  "what was audited since goes after the audit, and an audit after what has corrected it: %s",
  async (_, place) => {
    const { office, brings, stands } = await story("2020-07-02T08:00");
    const before = stands();
    await brings("市办", `2020-06-15,${place},35,${rest},`);
    await office.says("市办", "审定 6月");
    expect((await office.says("市办", "撤回导入 1")).message).toContain("请先撤回第2号，再撤回第1号");
    await brings("市办", `2020-06-15,${place},36,${rest},`);
    expect((await office.says("市办", "撤回导入 2")).message).toContain("请先撤回第3号，再撤回第2号");
    for (const no of [3, 2, 1]) expect((await office.says("市办", `撤回导入 ${no}`)).code).toBeNull();
    expect(stands()).toBe(before);
  },
);

test("whatever was imported and audited, it is taken back in any order that is let, and then stands as it stood", async () => {
  const places = ["海安,", "启东,", ",演示·海安一号站", ",演示·海安二号站", ",演示·启东一号站"];
  const known = ["2020-05-29", "2020-05-30", "2020-05-31", "2020-06-01", "2020-06-02"];
  const row = fc.record({
    place: fc.constantFrom(...places),
    date: fc.constantFrom(...known, "2018-04-01", "2018-04-02"),
    value: fc.integer({ min: 20, max: 23 }),
    state: fc.constantFrom("", "实时", "审核后"),
  });
  const rows = fc.uniqueArray(row, { selector: ({ place, date }) => `${place} ${date}`, minLength: 1 });
  const audit = fc.constantFrom("审定 2020年5月" as const, "审定 2018年4月" as const);
  const act = fc.oneof({ weight: 4, arbitrary: rows }, { weight: 1, arbitrary: audit });
  const { office, brings, stands } = await story("2020-06-20T08:00");
  let [enacted, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 5 }), fc.infiniteStream(fc.nat()), async (acts, choose) => {
      const start = stands();
      const steps: number[] = [];
      for (const one of acts) {
        const before = stands();
        const batch =
          typeof one === "string"
            ? await office.says("市办", one).then((a) => (a.code === null ? (a.facts.batch ?? null) : null))
            : (
                await brings(
                  "市办",
                  ...one.map(({ place, date, value, state }) => `${date},${place},${value},${rest},${state}`),
                )
              ).batch;
        if (batch === null) expect(stands()).toBe(before);
        else steps.push(batch);
      }
      enacted += steps.length;
      while (steps.length > 0) {
        const at = (choose.next().value as number) % steps.length;
        const batch = steps[at];
        const isLast = at === steps.length - 1;
        const { code, message } = await office.says("市办", `撤回导入 ${batch}`);
        if (isLast) expect({ code, message }).toEqual({ code: null, message: null });
        if (code === null) steps.splice(at, 1);
        else {
          refused += 1;
          const later = steps.slice(at + 1);
          expect(later.some((no) => message?.includes(`请先撤回第${no}号`))).toBe(true);
        }
      }
      expect(stands()).toBe(start);
    }),
    { numRuns: full ? 300 : 10, seed: 20200615 },
  );
  // It was no property of nothing.
  expect([enacted > (full ? 300 : 10), refused > (full ? 50 : 2)]).toEqual([true, true]);
});
