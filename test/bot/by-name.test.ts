import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

// Whoever types only a name wants the card of what bears it.
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-08-03T09:00" });
});
afterAll(() => office.close());

const says = (who: string, phrase: string) => office.says(who, phrase);

describe("a town", () => {
  test.each([
    "城东镇",
    "海安城东镇",
    "海安市城东镇",
    "海安 城东镇",
    "城东镇怎么样",
    "镇街 城东镇",
    "城东镇排名",
  ])("%s", async (phrase) => {
    const { facts, card } = await says("海安联络员", phrase);
    expect(card.title).toBe("海安城东镇");
    expect(facts).toMatchObject({
      ...{ town: "城东镇", county: "海安", ranked: true },
      ...{ rank: expect.any(Number), value: expect.any(Number) },
      stations: [expect.objectContaining({ station: "演示·城东镇站" })],
    });
  });

  test("of another county is a place in the ranking and nothing more", async () => {
    const { facts, text } = await says("海门联络员", "城东镇");
    expect(facts).toMatchObject({ ranked: true, rank: expect.any(Number), stations: [] });
    expect([facts.value, facts.validDays]).toEqual([undefined, undefined]);
    expect(text).not.toMatch(/µg|点位长/);
    expect(await says("海门联络员", "城东镇站")).toMatchObject({ code: "forbidden" });
  });

  test("of a period, with the figures that its ranking has", async () => {
    const one = (await says("市办", "城东镇 7月")).facts;
    const { rows } = (await says("市办", "镇街 海安 7月")).facts;
    const row = rows.find(({ town }: { town: string }) => town === "城东镇");
    expect(one).toMatchObject({ rank: row.rank, countyRank: row.countyRank, value: row.value });
    expect((await says("市办", "镇街 城东镇 7月")).facts).toEqual(one);
  });

  test("that a county hasn't is said", async () => {
    expect(await says("市办", "如皋 城东镇")).toMatchObject({
      code: "no-data",
      message: expect.stringContaining("如皋没有名为“城东镇”的镇街"),
    });
  });
});

describe("what only the store knows", () => {
  test.each([
    ["进博会", "保障", "进博会"],
    ["看看国家公祭日的情况", "保障", "国家公祭日"],
    ["秋冬季", "保障", "秋冬季"],
    ["演示·海安一号站", "站点", "演示·海安一号站"],
    ["海安一号站", "站点", "演示·海安一号站"],
    ["演示·海安铸造有限公司", "企业", "演示·海安铸造有限公司"],
    ["海安铸造", "企业", "演示·海安铸造有限公司"],
    ["海安商务区地块工地", "夜施", "夜间施工许可1号：演示·海安商务区地块工地"],
    ["启东高铁站配套工程", "豁免", "豁免4号：演示·启东高铁站配套工程"],
  ])("%s is the card of a %s", async (phrase, _, title) => {
    expect((await says("市办", phrase)).card.title).toBe(title);
  });

  test("a member is found by the name alone", async () => {
    await says("市办", "邀请 欧阳明远 县区联络员 海安");
    const { facts } = await says("市办", "邀请 诸葛小鹏 县区联络员 启东");
    await office.says({ browser: "new" }, `绑定 ${facts.code}`);
    expect((await says("市办", "诸葛小鹏")).card.title).toBe("诸葛小鹏");
    expect(await says("海安联络员", "诸葛小鹏")).toMatchObject({ code: "forbidden" });
  });

  test("of several it is asked which, and each choice shows one", async () => {
    const { code, message, instead } = await says("市办", "跨河桥工地");
    expect([code, instead]).toEqual(["usage", ["夜施 5", "夜施 2"]]);
    expect(message).toContain("演示·崇川跨河桥工地");
    expect((await says("市办", instead[0] ?? "")).card.title).toContain("演示·崇川跨河桥工地");
  });

  test("a name that isn't theirs to see is refused by who may, and a part of one finds nothing", async () => {
    expect(await says("海安联络员", "演示·启东铸造有限公司")).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("由启东和市级单位查看"),
    });
    expect((await says("海安联络员", "启东铸造")).code).toBe("usage");
    expect((await says("海安企业联系人", "演示·海安铸造有限公司")).card.title).toBe("演示·海安铸造有限公司");
    expect((await says("海安企业联系人", "演示·启东铸造有限公司")).code).not.toBeNull();
  });

  test("in a group nobody else's names are listed", async () => {
    const answer = await office.says({ member: "市办", group: "C1" }, "跨河桥工地");
    expect(answer.instead).not.toContain("夜施 5");
  });
});

describe("behind the name of what shows it a name is one, whatever its words mean", () => {
  test("保障 春节保障", async () => {
    await says("市办", "设定保障 春节保障 2021年1月20日到2月10日 PM2.5 50");
    for (const phrase of ["保障 春节保障", "春节保障"])
      expect((await says("市办", phrase)).card.title).toBe("春节保障");
    const { args } = (await says("市办", "保障 国家公祭日 海安")).facts.understood;
    expect(args).toEqual({ name: "国家公祭日", county: "海安" });
  });

  test("夜施 海安商务区地块工地, though 商务 is a department", async () => {
    expect((await says("市办", "夜施 海安商务区地块工地")).card.title).toContain("1号");
    expect((await says("市办", "夜施 如皋跨河桥工地")).card.title).toContain("2号");
    expect(await says("市办", "夜施 没有的工地")).toMatchObject({ code: "no-data" });
  });

  test.each(["进博会 海安", "海安 进博会"])("%s: a name with what its card takes", async (phrase) => {
    const { command, args } = (await says("市办", phrase)).facts.understood;
    expect([command, args]).toEqual(["guarantees", { name: "进博会", county: "海安" }]);
  });

  test("移出清单 takes an unquoted name with its reason", async () => {
    const { card } = await says("市办", "移出清单 演示·海安铸造有限公司 已关停");
    const button = card.buttons.find(({ label }) => label === "移出清单");
    expect(button).toMatchObject({ fields: [expect.objectContaining({ value: "已关停" })] });
  });

  test("导出 after a name is of what was shown", async () => {
    await says("市办", "春节保障");
    expect((await says("市办", "导出")).code).not.toBe("unknown-command");
  });
});

test.each([
  ["市办", "海安", "county"],
  ["市办", "住建局", "tasks"],
  ["市办", "工地扬尘", "issues"],
  ["市办", "海安联络员", "people"],
  ["海安联络员", "问题 城东镇", "issues"],
  ["市办", "企业 海安 B级", "enterprises"],
  ["市办", "秋冬季排名", "ranking"],
  ["市办", "海安 7月", "county"],
])("%s：%s is no name but what it was", async (who, phrase, command) => {
  expect((await says(who, phrase)).command).toBe(command);
});

test("an order that speaks of a town or an event is that order", async () => {
  const { facts } = await says("市办", "交办 海安 城东镇工地扬尘 3天");
  expect(facts.issue.title).toBe("城东镇工地扬尘");
  const event = await says("市办", "交办 海安 进博会期间工地未停工 3天");
  expect(event.facts.issue.title).toBe("进博会期间工地未停工");
});

test.each(["有限公司", "随便说说", "今天天气", "一号站", "具"])("%s names nothing", async (phrase) => {
  expect((await says("市办", phrase)).code).not.toBeNull();
});

test("of many stations that share a word five are named and can be pressed, and all are counted", async () => {
  const said = await says("市办", "实况 站点 镇");
  const [, total, named = ""] =
    /^有(\d+)个站点的名称含“镇”：(.+)等\d+个。请选择。$/.exec(said.message ?? "") ?? [];
  expect(Number(total)).toBeGreaterThan(5);
  expect(said.message).toContain(`等${total}个。`);
  expect([named.split("、").length, said.instead?.length]).toEqual([5, 5]);
});
