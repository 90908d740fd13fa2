import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { contextOf } from "../../src/bot/lantian.ts";
import { arg, argsOf } from "../../src/chat/args.ts";
import { recognise } from "../../src/chat/recognise.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T08:30" });
});
afterAll(() => office.close());

describe("a number in words is the number wherever one is wanted", () => {
  test.each([
    ["夜施 三", "permit", 3],
    ["豁免 五", "exemption", 5],
  ])("%s", async (phrase, of, id) => {
    expect((await office.says("市办", phrase)).facts[of].id).toBe(id);
  });

  test.each(["任务 十六", "任务 第十六条"])("%s", async (phrase) => {
    expect((await office.says("市办", phrase)).facts.measure.no).toBe("16");
  });

  test("an issue's: 问题 六", async () => {
    expect((await office.says("市办", "问题 六")).facts.issue.no).toBe("NT-2020-000006");
  });

  test.each([
    ["PM2.5 五十 优良率 八十", 50, 80],
    ["PM2.5五十二点五微克 优良率百分之八十五", 52.5, 85],
    ["PM2.5 一百零五 优良率 九十", 105, 90],
  ])("the targets of an event: %s", async (said, pm25, rate) => {
    const { facts } = await office.says("市办", `设定保障 “试办活动” 今天到年底 ${said}`);
    const value = (metric: string) =>
      facts.guarantee.targets.find((one: { metric: string }) => one.metric === metric)?.value;
    expect([value("pm25-mean"), value("attainment-rate")]).toEqual([String(pm25), String(rate)]);
  });

  test.each([
    ["五十", "50"],
    ["五十二点五微克", "52.5"],
    ["第二页", "2"],
    ["三级", undefined],
    ["百分之八十", undefined],
  ])("in a form: %s", async (word, value) => {
    const [[, meta] = []] = argsOf(z.object({ n: arg.number("数", { units: ["微克"] }) }));
    const reading = await contextOf(office.bot);
    expect(meta && recognise(meta, word, reading)).toBe(value);
  });

  test("it is a number only where it stands by itself: a word that begins with one keeps its meaning", async () => {
    const { facts } = await office.says("市办", "交办 海安 三处工地裸土 3天");
    expect(facts.issue.title).toBe("三处工地裸土");
  });
});
