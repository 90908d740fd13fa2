import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-03T10:00" });
  await office.says("市办", "会商 6月8日9时30分 市政府301 议程：通报形势；研究重点问题");
});
afterAll(() => office.close());

const ofKind = (there: AnOffice) =>
  there.bot.store.read(async (r) => (await r.officialPapers.list({ kinds: ["meeting-notice"] }, 9)).rows);
const invitation = async (there: AnOffice, who: string) =>
  (await there.cardsOf(who)).findLast(({ subject }) => subject === "meeting:1");
const wordOf = async (there: AnOffice, who: string) => {
  await there.says(who, "会议 1");
  const card = await invitation(there, who);
  const name = card?.files?.map((file) => file.name).find((file) => file.endsWith(".docx"));
  const { bytes } = await there.opens(who, name ?? "");
  return strFromU8(unzipSync(bytes)["word/document.xml"] ?? new Uint8Array()).replaceAll(/<[^>]+>/g, "");
};

test("who is invited has the notice as Word with the invitation, in one message", async () => {
  const card = await invitation(office, "海安联络员");
  expect(card?.files?.map(({ name }) => name)).toEqual(["会议通知（2020年5月会商会）.docx"]);
  expect(card?.buttons.map(({ label }) => label)).toEqual(["参会", "请假", "派员"]);
  const titles = (await office.cardsOf("海安联络员")).map(({ title }) => title);
  expect(titles.filter((title) => title.includes("会议通知"))).toHaveLength(1);
  const text = await wordOf(office, "海安联络员");
  for (const part of [
    "空气质量月度会商会的通知",
    "2020年6月8日（星期一）9时30分",
    "市政府301",
    "1.通报形势；",
    "2.研究重点问题。",
    "海安市人民政府",
    "2020年6月3日",
  ])
    expect(text).toContain(part);
});

test("it is a paper of the office; who isn't invited doesn't read it", async () => {
  const [row] = await ofKind(office);
  expect(row).toMatchObject({ state: "issued", number: null });
  expect((await office.says("海安联络员", `文件 ${row?.id}号`)).text).toContain("市政府301");
  expect((await office.says("海安点位长", `文件 ${row?.id}号`)).code).toBe("no-data");
  expect((await office.says("海安联络员", `文件 ${row?.id}号 Excel`)).message).toContain(
    "没有Excel格式，有图片、Word",
  );
});

test("a meeting that is moved has another notice, which corrects the first", async () => {
  await office.says("市办", "改会 1 6月9日10时");
  const [anew, first] = await ofKind(office);
  expect([first?.state, anew?.state, anew?.corrects]).toEqual(["corrected", "issued", first?.id]);
  const text = await wordOf(office, "海安联络员");
  expect(text).toContain("2020年6月9日（星期二）10时");
  expect(text).toContain("2020年6月8日（星期一）9时30分");
  await office.says("市办", "改会 1 二楼会议室");
  expect((await ofKind(office)).map(({ state }) => state)).toEqual(["issued", "corrected", "corrected"]);
});

test("called off, it is void, and nobody is told of that a second time", async () => {
  const before = (await office.cardsOf("海安联络员")).length;
  await office.says("市办", "取消会议 1 推迟到下月");
  expect((await ofKind(office))[0]?.state).toBe("withdrawn");
  const titles = (await office.cardsOf("海安联络员")).slice(before).map(({ title }) => title);
  expect(titles).toEqual(["会议取消：空气质量月度会商会"]);
});

describe("where the pack has it signed", () => {
  test("people are asked who comes at once, and have the notice after the signature", async () => {
    const own = await anOffice({ at: "2020-06-03T10:00" });
    const { pack } = own.bot.office;
    Object.assign(pack.settings.papers.official, {
      "meeting-notice": { signing: "sign", by: "city-lead", number: "会通〔{year}〕{n}号" },
    });
    await own.says("市办", "会商 6月8日9时30分 市政府301");
    expect((await invitation(own, "海安联络员"))?.files ?? []).toEqual([]);
    await own.says("市办", "待审签");
    const [row] = await ofKind(own);
    await own.says("市办", `文件 ${row?.id}号`);
    await own.presses("市办", "审核通过");
    await own.presses("市领导", "签发");
    const [card] = (await own.cardsOf("海安联络员")).filter(({ title }) =>
      title.startsWith("会议通知：2020"),
    );
    expect(card?.files?.map(({ name }) => name)).toEqual([
      "会通〔2020〕1号 会议通知（2020年5月会商会）.docx",
    ]);
    // One that is withdrawn while its correction waits stays withdrawn, and a further change goes into that correction.
    await own.says("市办", "改会 1 6月9日10时");
    await own.says("市办", `撤回公文 ${row?.id}号 “发错范围”`);
    await own.says("市办", "改会 1 二楼会议室");
    const [anew] = await ofKind(own);
    await own.says("市办", `审核 ${anew?.id}号`);
    await own.presses("市领导", "签发");
    expect((await ofKind(own)).map(({ state, version }) => [state, version])).toEqual([
      ["issued", 2],
      ["withdrawn", 1],
    ]);
    own.close();
  });
});
