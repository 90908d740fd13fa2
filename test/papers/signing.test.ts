import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bulletin, issues } from "../support/bulletin.ts";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-16T10:00" });
  issues(office, bulletin());
});
afterAll(() => office.close());

/** The bulletin of the next day, drafted at nine. */
let day = 16;
async function drafted(): Promise<string> {
  day += 1;
  await office.advanceTo(`2020-06-${day}T09:00`);
  const { rows } = (await office.says("市办", "文件")).facts;
  return rows[0].no;
}
const stands = async (no: string) => (await office.says("市办", `文件 ${no}`)).facts;
const correctAir = async (date: string, value: number) => {
  const head = "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h";
  await importText(office, [head, `${date},海安,${value},110,8,30,0.7,90`]);
};

describe("the way to the signature", () => {
  test("the office checks, the city's lead signs: then it has its number and is out, at once", async () => {
    const no = await drafted();
    await office.expectCards([{ to: "市办", title: /^待审核：每日快讯/ }], { job: "bulletin" });
    expect((await office.says("市领导", `签发 ${no}`)).message).toContain("还没有审核");
    await office.presses("市办", "审核通过");
    await office.expectCards([{ to: "市领导", title: /^待签发：每日快讯/ }], { job: "bulletin" });
    expect(await stands(no)).toMatchObject({ state: "checked", number: null, checked: { by: "市办" } });
    expect((await office.says("市领导", "待审签")).facts.mine).toMatchObject([{ no }]);
    const signed = await office.says("市领导", `签发 ${no}`);
    expect(signed.facts).toMatchObject({ state: "issued", number: "快讯〔2020〕1号" });
    expect(await stands(no)).toMatchObject({ state: "issued", signed: { by: "市领导" }, recipients: 11 });
    expect((await office.says("市办", "待审签")).facts).toMatchObject({ mine: [], others: [] });
    expect((await office.says("市领导", `签发 ${no}`)).message).toContain("已经印发");
  });

  test("it is returned with a remark, checked again, and signed", async () => {
    const no = await drafted();
    await office.says("市办", `审核 ${no}`);
    // There is an issue of this number, too: nothing is done before it is said which of the two is meant.
    const asked = await office.says("市领导", `退回 ${no} “数字再核”`);
    expect(asked.facts.asks).toEqual([no, "NT-2020-000002"]);
    expect(await stands(no)).toMatchObject({ state: "checked" });
    await office.says("市领导", `退回公文 ${no} “数字再核”`);
    expect(await stands(no)).toMatchObject({ state: "draft" });
    const back = (await office.cardsOf("市办")).find(({ title }) => title.startsWith("退回："));
    expect(JSON.stringify(back)).toContain("市领导：数字再核");
    expect((await office.says("市领导", `签发 ${no}`)).message).toContain("还没有审核");
    await office.says("市办", `审核 ${no}`);
    await office.says("市领导", `签发 ${no}`);
    expect(await stands(no)).toMatchObject({ state: "issued", version: 1 });
  });

  test("nobody signs what others have to: the county's lead sees no draft, the office doesn't sign", async () => {
    const no = await drafted();
    expect((await office.says("海安领导", `签发 ${no}`)).message).toContain("没有");
    await office.says("市办", `审核 ${no}`);
    expect((await office.says("市办", `签发 ${no}`)).message).toContain("须由市领导签发");
    expect(await stands(no)).toMatchObject({ state: "checked" });
  });

  test("what was withdrawn keeps its number, void, and whoever was sent it hears why", async () => {
    const no = await drafted();
    await office.says("市办", `审核 ${no}`);
    await office.says("市领导", `签发 ${no}`);
    const { number } = await stands(no);
    await office.advanceTo(`2020-06-${day}T09:05`);
    await office.says("市办", `撤回公文 ${no} “发错对象”`);
    expect(await stands(no)).toMatchObject({ state: "withdrawn", number });
    expect((await office.says("海安领导", `文件 ${no}`)).text).toContain("本文件已撤回，不再作数");
    const brought = (await office.cardsOf("海安领导")).findLast(({ title }) => title.startsWith("每日快讯"));
    expect(JSON.stringify(brought?.blocks)).toContain("本文件已撤回，不再作数");
    // The state that is asked for holds for whoever reads only what went out, too.
    expect((await office.says("海安领导", "文件 已撤回")).facts.rows).toMatchObject([
      { no, state: "withdrawn" },
    ]);
    expect((await office.says("海安领导", "文件 待审核")).facts.rows).toEqual([]);
    const told = (await office.cardsOf("海安领导")).find(({ title }) => title === `撤回：${number}`);
    expect(JSON.stringify(told)).toContain("发错对象");
    const register = (await office.says("市办", "文号")).facts.rows;
    expect(register).toContainEqual(
      expect.objectContaining({ no: number, stands: no, state: "作废（发错对象）" }),
    );
  });
});

describe("figures that change on the way", () => {
  test("before the signature: nothing is signed, the signer sees the other draft with what is other in it", async () => {
    const no = await drafted();
    await office.says("市办", `审核 ${no}`);
    await correctAir(`2020-06-${day - 1}`, 99);
    const tried = await office.presses("市领导", "签发");
    expect(tried.card.title).toContain("已改为第2稿");
    expect(tried.facts.changes).toEqual([
      { of: "海安", figure: "PM2.5", before: expect.any(String), after: "99" },
    ]);
    expect(await stands(no)).toMatchObject({ state: "draft", version: 2, number: null });
    await office.says("市办", `审核 ${no}`);
    await office.says("市领导", `签发 ${no}`);
    expect(await stands(no)).toMatchObject({ state: "issued", version: 2, figures: { pm25: 99 } });
  });

  test("a button of the draft before signs nothing", async () => {
    const no = await drafted();
    await office.says("市办", `审核 ${no}`);
    const old = (await office.cardsOf("市领导")).findLast(({ title }) => title.startsWith("待签发"));
    const token = old?.buttons.find(({ label }) => label === "签发");
    await correctAir(`2020-06-${day - 1}`, 88);
    await office.says("市办", `拟稿 ${no}`);
    await office.says("市办", `审核 ${no}`);
    const tried = await office.presses("市领导", token?.kind === "press" ? token.token : "");
    expect(tried.card.title).toContain("您看到的是旧稿");
    expect(await stands(no)).toMatchObject({ state: "checked", version: 2, number: null });
  });
});

test("a number that no issue has is a paper's: it is returned at a word", async () => {
  const no = await drafted();
  await office.says("市办", `审核 ${no}`);
  expect((await office.says("市领导", `退回 ${no}`)).message).toContain("请写明意见");
  await office.says("市领导", `退回 ${no} “再看”`);
  expect(await stands(no)).toMatchObject({ state: "draft" });
});
