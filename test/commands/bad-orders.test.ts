import Database from "better-sqlite3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { simplified } from "../../src/chat/simplified.ts";
import { cases } from "../chat/judge-phrase.ts";
import { anyText } from "../support/any-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const order = (rest: string) => office.says("市办", rest);
const given = async () => (await office.says("督查", "问题 全部")).facts.total - 6;

describe("counties", () => {
  test("ten in one order are ten issues of one batch, each once", async () => {
    const ten = "海安、如皋、如东、启东、崇川、港闸、通州、海门、市开发区、苏锡通园区";
    const { facts, deliveries } = await order(`交办 ${ten}、海安 “工地裸土未覆盖” 3个工作日`);
    expect(facts.issues.map((i: { county: string }) => i.county)).toEqual(ten.split("、"));
    expect(new Set(facts.issues.map((i: { batch: string }) => i.batch)).size).toBe(1);
    expect(deliveries).toHaveLength(10);
  });

  test.each(["昆山", "昆山市"])(
    "%s of another city is named, with the counties that there are",
    async (elsewhere) => {
      const { text, facts } = await order(`交办 ${elsewhere} “工地裸土未覆盖” 3个工作日`);
      expect(text).toContain(`没有名为“${elsewhere}”的县（市、区）。可选：海安、如皋`);
      expect(facts.asks).toContain(elsewhere);
      expect(await given()).toBe(0);
    },
  );

  test("nor is it taken for what is wrong", async () => {
    const { facts } = await order("交办 昆山市 工地裸土未覆盖 3个工作日");
    expect(facts.understood.args.title).toBe("工地裸土未覆盖");
    expect(await given()).toBe(0);
  });

  test("beside one of ours it is read back", async () => {
    expect((await order("交办 海安、昆山 “工地裸土未覆盖” 3个工作日")).facts.asks).toEqual(["昆山"]);
    expect(await given()).toBe(0);
  });
});

describe("deadlines", () => {
  test("of two the second is asked about, as a second one", async () => {
    const { facts } = await order("交办 海安 “工地裸土未覆盖” 3个工作日 6月30日");
    expect(facts.asks).toEqual(["6月30日（又一个整改期限）"]);
    expect(await given()).toBe(0);
  });

  test("one that has passed is refused with the day and what to write", async () => {
    const { code, message } = await order("交办 海安 “工地裸土未覆盖” 6月10日前");
    expect([code, message]).toEqual(["bad-date", "整改期限6月10日已经过去，请写今天以后的日期。"]);
  });

  test("a term that ends on a day off says to which day it moves", async () => {
    const { text, facts } = await order("交办 海安 “工地裸土未覆盖” 5日");
    expect(text).toContain("“5日”到6月20日，是休息日，顺延到6月22日");
    expect(facts.issue.due).toBe("2020-06-22");
  });

  test("a date on a day off stays as it is written, and says so with the day to which it could be put", async () => {
    // The 25th of June 2020 was 端午, and the 28th, a Sunday, was worked.
    const { text, facts } = await order("交办 海安 “工地裸土未覆盖” 6月25日前");
    expect(text).toContain("期限6月25日是休息日，写明的日期不顺延，仍到6月25日；要顺延请改为6月28日");
    expect(facts.issue.due).toBe("2020-06-25");
  });

  test.each(["2027-03-04"])("%s in a year without a calendar says so, and names the year", async (due) => {
    const { text } = await order(`交办 海安 “工地裸土未覆盖” ${due}`);
    expect(text).toContain("未录入2027年放假安排，按周末推算");
    expect(text).toMatch(/整改期限：2027年\d+月\d+日/);
  });
});

describe("how it is written", () => {
  test.each(["交办 海安 “工地裸土未覆盖 3个工作日", "交办 海安 工地裸土未覆盖” 3个工作日"])(
    "a quotation mark left open is asked about: %s",
    async (phrase) => {
      const { facts } = await order(phrase);
      expect(facts.asks).toEqual(["引号没有成对"]);
      expect(facts.understood.args.title).toBe("工地裸土未覆盖");
      expect(await given()).toBe(0);
    },
  );

  test("an order of 2,000 characters says how long a description may be, and nothing of it is given out", async () => {
    const long = `交办 海安 ${"工地裸土未覆盖，".repeat(250)}`.slice(0, 1990);
    const { code, message } = await order(`${long} 3个工作日`);
    expect([code, message]).toEqual(["usage", expect.stringMatching(/问题描述不能超过200字，现有19\d\d字/)]);
    expect((await order(long + long)).message).toContain("请控制在2000字以内");
    expect(await given()).toBe(0);
  });

  test("traditional characters are read, and what is quoted stays as it was written", async () => {
    const { facts } = await order("交辦 海門 「工地裸土未覆蓋」 3個工作日");
    expect(facts.issue).toMatchObject({ county: "海门", title: "工地裸土未覆蓋", due: "2020-06-18" });
    for (const phrase of ["啟東 5月 怎麼樣", "問題 超期", "排名 上週", "滯後 住建局"])
      expect((await office.says("市办", phrase)).code).toBeNull();
  });

  test("unquoted, too; and every character stands where it stood", async () => {
    expect((await order("交辦 海門 工地裸土未覆蓋 3 個工作日")).facts.issue.title).toBe("工地裸土未覆蓋");
    fc.assert(fc.property(anyText(), (text) => simplified(text).length === text.length));
  });

  test("simplified ones are never changed", () => {
    for (const { say } of cases) expect(simplified(say)).toBe(say);
    expect(simplified("显著超标")).toBe("显著超标");
  });

  test.each([
    "张三 2020/6/14 09:12\n海安 5月",
    "张三(13800138000) 9:12:33\n海安 5月",
    "---------- 转发的消息 ----------\n发件人：王五\n时间：2020-06-14 10:00\n主题：问题\n海安 5月",
    "Forwarded from 李四\n海安 5月",
    "【转发】李四：\n海安 5月",
    "【转发】海安 5月",
    "> 海安 5月",
    "李四：\n> 海安 5月",
  ])("a question forwarded with headers is answered: %j", async (phrase) => {
    const { facts } = await office.says("市办", phrase);
    expect(facts.understood).toEqual({
      command: "county",
      args: { county: "海安", period: "2020-05-01..2020-05-31" },
    });
  });

  test.each(["李四：\n交办 海安 “工地裸土未覆盖” 3个工作日", "【转发】交办 海安 “工地裸土未覆盖” 3个工作日"])(
    "an order that is forwarded is given out by whoever confirms it: %j",
    async (phrase) => {
      const { facts } = await order(phrase);
      expect(facts.asks).toEqual([expect.stringContaining("转发的内容")]);
      expect(await given()).toBe(0);
      expect((await office.presses("市办", "确认")).facts.issue.title).toBe("工地裸土未覆盖");
    },
  );

  test.each(["16", "看一下16", "编号16"])(
    "%s may be a measure and an issue: both are offered",
    async (phrase) => {
      const { code, instead } = await office.says("市办", phrase);
      expect([code, instead]).toEqual(["usage", ["任务 16", "问题 16"]]);
    },
  );
});

describe("the same order twice within a minute", () => {
  const SAME = "交办 海安、如皋 “工地裸土未覆盖” 3个工作日";

  test("is said, and given out again by one button, once", async () => {
    await order(SAME);
    const { facts, labels, card } = await order(SAME);
    expect(card.title).toBe("刚交办过同样的问题，没有再交办");
    expect(facts.asks).toEqual(["NT-2020-000007", "NT-2020-000008"]);
    expect(labels[0]).toBe("再交办一件");
    expect(await given()).toBe(2);
    await order(SAME);
    expect((await office.presses("市办", "再交办一件")).facts.issues).toHaveLength(2);
    expect(await given()).toBe(4);
    const asked = card.buttons.find((button) => button.kind === "press");
    const second = await office.presses("市办", asked?.kind === "press" ? asked.token : "");
    expect([second.code, await given()]).toEqual(["already-done", 4]);
  });

  test("after the minute, of another person or with another deadline it is another order", async () => {
    await order(SAME);
    expect((await office.says("督查", SAME)).facts.issues).toHaveLength(2);
    expect((await order("交办 海安 “工地裸土未覆盖” 4个工作日")).facts.issue.no).toBe("NT-2020-000011");
    await office.advanceTo("2020-06-15T08:32");
    expect((await order(SAME)).facts.issues).toHaveLength(2);
  });

  test("who may give orders no more can't press the button, either", async () => {
    await office.says("督查", SAME);
    await office.says("督查", SAME);
    const raw = new Database(office.file);
    raw.prepare("update person set role = 'station-chief', region_id = 'haian' where name = '督查'").run();
    raw.close();
    expect((await office.presses("督查", "再交办一件")).code).toBe("forbidden");
  });
});
