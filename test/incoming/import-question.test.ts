import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sweep } from "../../src/ops/sweep.ts";
import { keptFilesIn } from "../../src/store/kept-files.ts";
import { changePerson, lyingBeside, sendingTo } from "../support/evidence.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const DAY = "2020-06-14";
/** 观测日期 resembles 日期, which the table lacks; the second item column resembles the first. */
const UNSURE = `观测日期,发布日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h\n${DAY},2020-06-13,海安,31,55,8,20,0.7,120\n`;
const OTHER = UNSURE.replace(`${DAY},2020-06-13,海安,31`, `${DAY},2020-06-13,海安,41`);
const TWICE = `日期,县区,PM2.5,细颗粒物,PM10,SO2,NO2,CO,O3_8h\n${DAY},海安,31,32,55,8,20,0.7,120\n`;

let office: AnOffice;
let sends: ReturnType<typeof sendingTo>;
let before: unknown;
beforeEach(async () => {
  office = await anOffice();
  sends = sendingTo(office);
  before = await stored();
});
afterEach(() => office.close());

const file = (text: string, name = "空气.csv") => ({ name, bytes: Buffer.from(text) });
const stored = async (date = DAY) =>
  (await office.bot.store.read((r) => r.air.days("haian", date, date)))[0] ?? null;
const waiting = () => office.bot.store.read((r) => r.importQuestions.keptFiles());

describe("a table that isn't told for sure", () => {
  test("is shown with what was taken for what, and nothing of it is stored before it is confirmed", async () => {
    const asked = await sends("市办", "", file(UNSURE));
    expect(asked).toMatchObject({ title: "请核对：空气.csv", labels: ["确认", "改列", "取消"] });
    expect(await stored()).toEqual(before);
    expect(await waiting()).toHaveLength(1);

    const done = await office.presses("市办", asked.token("确认"));
    expect(done.card.title).toBe("已导入：空气.csv");
    expect(done.text).toContain("读入：第2行，9列用了8列");
    expect(await stored()).toMatchObject({ "PM2.5": 31, PM10: 55, CO: 7 });
    expect(await waiting()).toEqual([]);
    expect(await office.presses("市办", asked.token("确认"))).toMatchObject({ code: "stale-action" });
  });

  test("is forgotten when it is cancelled, and its file is swept away with the strays", async () => {
    const asked = await sends("市办", "", file(UNSURE));
    expect((await office.presses("市办", asked.token("取消"))).card.title).toBe("已取消：没有导入空气.csv");
    expect([await stored(), await waiting()]).toEqual([before, []]);
    expect(lyingBeside(office.file)).toHaveLength(1);
    await sweep(office.bot, () => Date.now() + 2 * 86_400_000);
    expect(lyingBeside(office.file)).toEqual([]);
  });

  test("is kept as other files are as long as it waits: no sweep takes it, and it is counted", async () => {
    const asked = await sends("市办", "", file(UNSURE));
    await sweep(office.bot, () => Date.now() + 9 * 86_400_000);
    expect(await office.bot.store.read(keptFilesIn)).toMatchObject([{ name: "空气.csv" }]);
    expect((await office.presses("市办", asked.token("确认"))).card.title).toBe("已导入：空气.csv");
  });

  test("sent again before it is answered is the same question", async () => {
    const first = await sends("市办", "", file(UNSURE));
    const again = await sends("市办", "", file(UNSURE));
    expect(again.token("确认")).toBe(first.token("确认"));
    expect(await waiting()).toHaveLength(1);
  });
});

describe("columns are re-assigned", () => {
  test("one select for each needed column, with what stands there now", async () => {
    const asked = await sends("市办", "", file(TWICE));
    const changed = await office.presses(
      "市办",
      asked.token("改列"),
      await choosing(asked, "PM2.5", "第4列 细颗粒物"),
    );
    expect(changed.card.title).toBe("请核对：空气.csv");
    // The card before shows other columns: its buttons are none of this one's.
    expect(await office.presses("市办", asked.token("确认"))).toMatchObject({
      code: "stale-action",
      message: expect.stringContaining("最新的核对卡片"),
    });
    await office.presses("市办", "确认");
    expect(await stored()).toMatchObject({ "PM2.5": 32 });
  });

  test("a column can't be two, and a needed one can't be left out", async () => {
    const asked = await sends("市办", "", file(TWICE));
    const press = async (name: string, value: string) =>
      office.presses("市办", asked.token("改列"), await choosing(asked, name, value));
    expect(await press("PM10", "第3列 PM2.5")).toMatchObject({
      code: "usage",
      message: expect.stringContaining("同一列"),
    });
    expect(await press("日期", "")).toMatchObject({
      code: "usage",
      message: expect.stringContaining("日期"),
    });
    expect(await press("日期", "第99列 没有")).toMatchObject({ code: "usage" });
    expect(await stored()).toEqual(before);
  });

  /** What the form of 改列 holds, with one field chosen otherwise. */
  async function choosing(asked: { token(label: string): string }, label: string, value: string) {
    const { formOf } = await import("../../src/bot/form.ts");
    const person = await office.bot.store.read((r) => r.people.byName("市办"));
    const form = person && (await formOf(office.bot, person, asked.token("改列")));
    return Object.fromEntries(
      (form?.fields ?? []).flatMap((field) => {
        const said = field.label === label ? value : field.value;
        return said === undefined ? [] : [[field.name, said]];
      }),
    );
  }
});

describe("the layout is remembered", () => {
  test("for the same sender's next file of the same heads, which isn't asked about", async () => {
    const asked = await sends("市办", "", file(UNSURE));
    await office.presses("市办", asked.token("确认"));
    expect(await sends("市办", "", file(OTHER, "下一份.csv"))).toMatchObject({ title: "已导入：下一份.csv" });
    expect(await stored()).toMatchObject({ "PM2.5": 41 });
  });

  test("for nobody else, and for no other heads", async () => {
    const asked = await sends("市办", "", file(UNSURE));
    await office.presses("市办", asked.token("确认"));
    const other = OTHER.replace("发布日期", "发布时间");
    expect(await sends("市办", "", file(other))).toMatchObject({ title: "请核对：空气.csv" });
    changePerson(office, "督查", "role = 'office'");
    expect(await sends("督查", "", file(OTHER))).toMatchObject({ title: "请核对：空气.csv" });
  });

  test("not of what was cancelled", async () => {
    const asked = await sends("市办", "", file(UNSURE));
    await office.presses("市办", asked.token("取消"));
    expect(await sends("市办", "", file(OTHER))).toMatchObject({ title: "请核对：空气.csv" });
  });
});

describe("who is asked and may answer", () => {
  test("nobody is asked about a table that they may not import", async () => {
    expect(await sends("督查", "", file(UNSURE))).toMatchObject({ code: "forbidden" });
    expect(await waiting()).toEqual([]);
    const [last] = await office.bot.store.read((r) => r.audit.latest(1));
    expect(last).toMatchObject({ act: "import", actor: "督查", outcome: "denied" });
  });

  test("another person's question can't be answered, nor one's own after one's role is gone", async () => {
    const asked = await sends("市办", "", file(UNSURE));
    expect(await office.presses("督查", asked.token("确认"))).toMatchObject({ code: "stale-action" });
    changePerson(office, "市办", "role = 'supervision'");
    expect(await office.presses("市办", asked.token("确认"))).toMatchObject({ code: "forbidden" });
    expect(await stored()).toEqual(before);
  });

  test("a table with a bad row is refused with its place when it is confirmed", async () => {
    const asked = await sends("市办", "", file(UNSURE.replace(",31,", ",-3,")));
    const answer = await office.presses("市办", asked.token("确认"));
    expect(answer.card.title).toBe("没有导入：空气.csv");
    expect(answer.text).toContain("-3");
    expect(await stored()).toEqual(before);
  });
});

test.each([
  [
    "another statistic",
    TWICE.replace("细颗粒物", "首要污染物").replace("O3_8h", "O3日均值"),
    /日均（24小时平均），不是/,
  ],
  ["a column that nothing resembles", TWICE.replace("PM2.5,细颗粒物", "甲,乙"), /缺少列：PM2\.5/],
  [
    "last year's figures in the place of this year's",
    TWICE.replace("PM2.5,细颗粒物", "PM2.5同比,去年PM2.5"),
    /缺少列：PM2\.5/,
  ],
])("%s is refused by name and not asked about", async (_, text, reason) => {
  const answer = await sends("市办", "", file(text));
  expect(answer).toMatchObject({ title: "没有导入：空气.csv", labels: [] });
  const { importFile } = await import("../../src/incoming/import-file.ts");
  const result = await importFile(
    office.bot,
    { name: "空气.csv", bytes: new Uint8Array(Buffer.from(text)) },
    { person: null, partial: false },
  );
  expect(result).toMatchObject({ code: "import-rejected", message: expect.stringMatching(reason) });
});
