import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { loadRegistry } from "../../src/bot/registry.ts";
import { understand } from "../../src/chat/phrase.ts";
import type { Reading } from "../../src/chat/recognise.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";
import { namesOf } from "../../src/office/names.ts";
import { officeOf } from "../../src/office/office.ts";
import { anyText } from "../support/any-text.ts";

const { commands } = await loadRegistry();
let reading: Reading;

beforeAll(async () => {
  const office = officeOf(await loadPlanPack(join(import.meta.dirname, "../../seeds/nantong-2020")));
  reading = { office, names: namesOf(office), today: Temporal.PlainDate.from("2020-06-15") };
});

/** The command and its arguments in short: places, departments and periods by name, dates as ISO. */
function understood(said: string, fill: Record<string, string> = {}) {
  const read = understand(said, fill, commands, reading);
  if (isRefusal(read)) return read.code;
  const short = (said: unknown) => {
    const value = Array.isArray(said) && said.length === 1 ? said[0] : said;
    const { short, label, no } = value as { short?: string; label?: string; no?: string };
    return short ?? label ?? no ?? String(value);
  };
  const entries = Object.entries(read.args).map(([name, value]) => [name, short(value)]);
  return { command: read.command.name, ...Object.fromEntries(entries) };
}

const YEAR = { period: "2020年" };
const county = (name: string, period = YEAR.period) => ({ command: "county", county: name, period });

describe("a county's name alone asks for the county", () => {
  test.each([
    ["海安", county("海安")],
    ["海安市", county("海安")],
    ["海安 5月", county("海安", "2020年5月")],
    ["海安5月", county("海安", "2020年5月")],
    ["5月 海安", county("海安", "2020年5月")],
    ["海安怎么样", county("海安")],
    ["请问 海安 5月 情况 如何？", county("海安", "2020年5月")],
    ["海安，5月。", county("海安", "2020年5月")],
    ["海安 上周", county("海安", "2020年6月8日至14日")],
    ["海安 2020-05-04..2020-05-10", county("海安", "2020年5月4日至10日")],
    ["海安 昨天", county("海安", "2020年6月14日")],
    ["县区 海安 2020-05", county("海安", "2020年5月")],
    ["县区 2020-05 海安", county("海安", "2020年5月")],
    ["通州", county("通州")],
    ["通州湾", county("通州湾示范区")],
    ["通州湾5月", county("通州湾示范区", "2020年5月")],
    ["通州5月", county("通州", "2020年5月")],
    ["如东 一季度", county("如东", "2020年一季度")],
    ["  海安  ", county("海安")],
    ["海安\n5月", county("海安", "2020年5月")],
  ] as const)("%s", (said, expected) => {
    expect(understood(said)).toEqual(expected);
  });
});

describe("a command's name, Chinese or Latin, then its arguments in any order", () => {
  test.each([
    ["/county 海安", county("海安")],
    ["/county@lantian_bot 海安", county("海安")],
    ["/COUNTY 海安", county("海安")],
    ["county 海安", county("海安")],
    ["／ｃｏｕｎｔｙ　海安", county("海安")],
    ["任务16", { command: "task", measure: "16" }],
    ["任务 16", { command: "task", measure: "16" }],
    ["任务１６", { command: "task", measure: "16" }],
    ["第16条", { command: "task", measure: "16" }],
    ["任务 第16条", { command: "task", measure: "16" }],
    ["任务 支撑一", { command: "task", measure: "S1" }],
    ["任务 住建局", { command: "tasks", department: "住建" }],
    ["住建局", { command: "tasks", department: "住建" }],
    ["任务", { command: "tasks" }],
    ["排名", { command: "ranking", ...YEAR, metric: "composite" }],
    ["排名 上周 PM2.5", { command: "ranking", period: "2020年6月8日至14日", metric: "PM2.5" }],
    ["排名 PM2.5 上周", { command: "ranking", period: "2020年6月8日至14日", metric: "PM2.5" }],
    ["排名5月", { command: "ranking", period: "2020年5月", metric: "composite" }],
    ["排名 ＰＭ２．５", { command: "ranking", ...YEAR, metric: "PM2.5" }],
    ["问题", { command: "issues" }],
    ["问题 我的", { command: "issues", filter: "mine" }],
    ["问题 超期 海安", { command: "issues", filter: "overdue", county: "海安" }],
    ["问题 海安 超期", { command: "issues", filter: "overdue", county: "海安" }],
    ["问题 nt-2020-000001", { command: "issue", no: "NT-2020-000001" }],
    ["NT-2020-000001", { command: "issue", no: "NT-2020-000001" }],
    ["滞后 住建局", { command: "lagging", department: "住建" }],
    ["全市 5月", { command: "city", period: "2020年5月" }],
    ["南通", { command: "city", ...YEAR }],
    ["今日", { command: "today" }],
    ["今日 海安", county("海安", "2020年6月15日")],
    ["排名 臭氧", { command: "ranking", ...YEAR, metric: "O3_8h" }],
    ["?", { command: "help" }],
    ["帮助", { command: "help" }],
  ] as const)("%s", (said, expected) => {
    expect(understood(said)).toEqual(expected);
  });
});

describe("交办 takes county, deadline and department out of the phrase, and the rest is the problem", () => {
  const assign = { command: "assign", county: "海安", level: "一般", source: "部门督查" };
  test.each([
    ["交办 海安 “工地裸土未覆盖” 3个工作日", { title: "工地裸土未覆盖", due: "2020-06-18" }],
    ["交办 海安 工地裸土未覆盖 3个工作日", { title: "工地裸土未覆盖", due: "2020-06-18" }],
    ['交办 "工地裸土未覆盖" 6月30日 海安', { title: "工地裸土未覆盖", due: "2020-06-30" }],
    ["交办 海安 住建局 工地裸土未覆盖", { title: "工地裸土未覆盖", department: "住建", due: "2020-06-30" }],
    ["交办 海安 “海安 5月 裸土”", { title: "海安 5月 裸土", due: "2020-06-30" }],
    [
      "交办 海安 裸土未覆盖 较大 第三方协查",
      { title: "裸土未覆盖", level: "较大", source: "第三方协查", due: "2020-07-15" },
    ],
  ])("%s", (said, expected) => {
    expect(understood(said)).toEqual({ ...assign, ...expected });
  });

  test("fields given by name count like words of the phrase", () => {
    const fill = { county: "海安", title: "裸土未覆盖", due: "15日" };
    const expected = { ...assign, title: "裸土未覆盖", due: "2020-06-30" };
    expect(understood("交办", fill)).toEqual(expected);
    expect(understood("交办 海安 15日", { title: "裸土未覆盖" })).toEqual(expected);
  });
});

describe("a mistake gets the nearest that there is", () => {
  const refused = (said: string) => {
    const read = understand(said, {}, commands, reading);
    return isRefusal(read) ? read : null;
  };
  test.each([
    ["海按", "unknown-county", "海安"],
    ["县区 海按", "unknown-county", "海安"],
    ["如高", "unknown-county", "如皋"],
    ["同州", "unknown-county", "通州"],
    ["排各", "unknown-command", "排名"],
    ["排明 5月", "unknown-command", "排名"],
    ["/rankin", "unknown-command", "ranking"],
    ["任务 住健局", "unknown-department", "住建"],
    ["问题 海按", "unknown-county", "海安"],
    ["滞后 如高", "unknown-county", "如皋"],
    ["人员 海按", "unknown-county", "海安"],
  ])("%s is %s, perhaps %s", (said, code, near) => {
    expect(refused(said)?.code).toBe(code);
    expect(refused(said)?.message).toContain(`“${near}”`);
    expect(refused(said)?.instead?.[0]).toBe(near);
  });

  test.each([
    ["任务 99", "unknown-measure", /1至30/],
    ["问题 NT-2020-1234567", "unknown-issue", /NT-2020-000001/],
    ["海安 2020-13", "bad-period", /./],
    ["海安 2月30日", "bad-period", /./],
    ["海安 很久以前", "bad-period", /上周/],
    ["排名 水质", "usage", /综合指数/],
    ["天气好吗", "unknown-command", /帮助/],
    ["/nothing", "unknown-command", /\/nothing/],
  ])("%s is %s and says how to mend it", (said, code, hint) => {
    expect(refused(said)?.code).toBe(code);
    expect(refused(said)?.message).toMatch(hint);
  });
});

describe("what is no phrase at all", () => {
  test.each(["", "   ", "\n\t", "\u0000\u0007", "\u200b\u202e\ufeff"])("%j is empty", (said) => {
    expect(understood(said)).toBe("usage");
  });

  test("ten thousand characters are refused with their number, not repeated", () => {
    const read = understand("海".repeat(10_000), {}, commands, reading);
    expect(read).toMatchObject({ code: "usage", message: expect.stringContaining("10000字") });
    expect(isRefusal(read) && read.message.length).toBeLessThan(100);
  });

  test("control and invisible characters are dropped, also inside a name", () => {
    expect(understood("海\u200b安\u0000 5月\u0007")).toEqual(county("海安", "2020年5月"));
  });

  test("an answer never repeats more than a little of what was said", () => {
    const read = understand(`任务 ${"x".repeat(1500)}`, {}, commands, reading);
    expect(isRefusal(read) && read.message.length).toBeLessThan(400);
  });

  test("never throws, whatever is typed, and knows or refuses it", () => {
    const words = fc.constantFrom(
      ...[
        "海安",
        "任务",
        "16",
        "5月",
        "排名",
        "交办",
        "“",
        "”",
        '"',
        "/county",
        "@x",
        "NT-2020-000001",
        "\u0000",
      ],
      ...[
        "住建局",
        "的",
        "，",
        "3个工作日",
        "__proto__",
        "constructor",
        "toString",
        "-",
        "..",
        "2020-99",
        "县区",
      ],
    );
    const phrase = fc.oneof(
      anyText({ maxLength: 60 }),
      fc
        .array(fc.oneof(words, fc.string({ maxLength: 5 })), { maxLength: 8 })
        .map((parts) => parts.join(" ")),
      fc.array(words, { maxLength: 6 }).map((parts) => parts.join("")),
    );
    const fill = fc.dictionary(fc.oneof(words, fc.constantFrom("county", "title", "due")), words, {
      maxKeys: 3,
    });
    fc.assert(
      fc.property(phrase, fill, (said, given) => {
        const read = understand(said, given, commands, reading);
        expect(isRefusal(read) || commands.includes(read.command)).toBe(true);
      }),
      { numRuns: process.env.TEST_FULL ? 1500 : 300 },
    );
  });
});
