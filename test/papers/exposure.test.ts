import { createHash } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EpochMs } from "../../src/domain/ids.ts";
import { aPhoto, sendingTo } from "../support/evidence.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { expectWellLaid } from "../support/well-laid.ts";

let office: AnOffice;
const NO = "NT-2020-000006";
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T10:00" });
  await sendingTo(office)("海安联络员", `${NO} 整改前`, { bytes: await aPhoto(200) });
});
afterAll(() => office.close());

const item = async () => (await office.says("市办", `曝光 ${NO}`)).facts;
const press = async (who: string, label: string, fill = {}) => {
  await office.says(who, `曝光 ${NO}`);
  return office.presses(who, label, fill);
};

describe("a problem is prepared to be made public", () => {
  test("what is printed names nobody: telephone numbers, plates and names are refused by the piece", async () => {
    await office.says("市办", `曝光 ${NO}`);
    const told = await office.presses("市办", "选作曝光", {
      text: "工地负责人电话13912345678，渣土车苏F12345未覆盖，身份证32060219900101123X",
    });
    expect(told).toMatchObject({ code: "usage" });
    for (const piece of ["13912345678", "苏F12345", "32060219900101123X"])
      expect(told.message).toContain(piece);
    expect((await item()).state).toBeUndefined();
    const chosen = await office.presses("市办", "选作曝光", { text: "工地裸土大面积未覆盖" });
    expect(chosen.facts).toMatchObject({ no: NO, state: "preparing", gap: "no-picture" });
  });

  test("nobody but the office prepares it, and a county hears of it only when it is told", async () => {
    expect((await office.says("海安领导", `曝光 ${NO}`)).code).toBe("no-data");
    expect((await office.says("如皋领导", `曝光 ${NO}`)).code).toBe("forbidden");
    expect((await office.says("住建联络员", "曝光")).code).toBe("forbidden");
  });

  test("a picture goes in with what of it is covered, and nothing of that is left in the file", async () => {
    expect((await press("市办", "选用照片1", { boxes: "脸在左上角" })).message).toContain("左,上,宽,高");
    expect((await press("市办", "选用照片1", { boxes: "900,0,200,100" })).message).toContain("超出照片");
    const taken = await press("市办", "选用照片1", { boxes: "0,0,500,1000" });
    expect(taken.facts).toMatchObject({ gap: "not-informed", pictures: [{ boxes: "0,0,500,1000" }] });
    await office.says("市办", `曝光 ${NO}`);
    const name = taken.card.files?.find((file) => file.name.startsWith("已遮挡"))?.name ?? "";
    const { bytes } = await office.opens("市办", name);
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const left = data.subarray(0, info.channels);
    expect([...left].every((part) => Math.abs(part - 64) < 6)).toBe(true);
    const right = data.subarray((info.width - 1) * info.channels, info.width * info.channels);
    expect([...right].every((part) => Math.abs(part - 64) < 6)).toBe(false);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  });

  test("it can't be drafted before its county was told and had its days", async () => {
    expect((await office.says("市办", "拟稿 典型问题曝光")).message).toContain("告知属地");
    expect((await press("市办", "告知属地")).facts).toMatchObject({
      gap: "may-object",
      objectBy: "2020-06-17",
    });
    await office.expectCards(
      [
        { to: "海安联络员", title: `拟曝光告知：${NO}` },
        { to: "海安领导", title: `拟曝光告知：${NO}` },
      ],
      { job: "exposure" },
    );
    expect((await office.says("市办", "拟稿 典型问题曝光")).code).toBe("no-data");
  });

  test("an objection holds it until the office has answered it; a change has to be told anew", async () => {
    await press("海安联络员", "有异议", { text: "已经覆盖，请核实" });
    expect(await item()).toMatchObject({ gap: "objection", county: "objects" });
    expect((await press("海安领导", "无异议")).code).not.toBeNull();
    await press("市办", "维持，答复属地", { text: "现场核查仍有裸露" });
    expect(await item()).toMatchObject({ gap: null, county: "answered" });
    await press("市办", "改公开内容", { text: "工地裸土未覆盖，现场核查仍有裸露" });
    expect(await item()).toMatchObject({ state: "preparing", gap: "not-informed" });
    await press("市办", "告知属地");
    await press("海安领导", "无异议");
    expect(await item()).toMatchObject({ gap: null, county: "agrees" });
  });
});

describe("it is made public as a paper", () => {
  test("where it is said to be names nobody either", async () => {
    expect((await office.says("市办", `更正 ${NO} 地点 城南路13912345678`)).code).toBeNull();
  });

  test("drafted, checked, signed: the files that went out are the bytes that are had again", async () => {
    const { facts } = await office.says("市办", "拟稿 典型问题曝光");
    expect(facts).toMatchObject({ kind: "exposure", state: "draft" });
    const no = facts.no as string;
    const again = await office.says("市办", "拟稿 典型问题曝光");
    expect(again.facts, "who drafts it a second time is shown the same").toMatchObject({ no, version: 1 });
    expect(JSON.stringify(again.card.blocks)).toContain("城南路（略）");
    await office.says("市办", `审核 ${no}`);
    const signed = await office.says("市领导", `签发 ${no}`);
    expect(signed.facts).toMatchObject({ state: "issued", number: "曝光〔2020〕1号" });
    // What is printed is what 问题 and 曝光 answer.
    const [{ text, due }] = (await office.says("市办", `文件 ${no}`)).facts.figures.items;
    const issues = (await office.says("市办", "问题")).facts.rows as { no: string; due: string }[];
    expect([text, due]).toEqual([(await item()).text, issues.find((one) => one.no === NO)?.due]);
    await expectWellLaid(office, "exposure");
    expect(await item()).toMatchObject({ state: "issued", issueState: "assigned" });
    const file = async () => {
      const card = await office.says("市办", `文件 ${no}`);
      const word = card.card.files?.find(({ name }) => name.endsWith(".docx"))?.name ?? "";
      const { bytes } = await office.opens("市办", word);
      return createHash("sha256").update(bytes).digest("hex");
    };
    const first = await file();
    expect(await file()).toBe(first);
    expect((await office.says("如皋领导", `文件 ${no}`)).code).toBe("no-data");
  });

  test("what is public can't be changed or struck, and is followed until it is closed", async () => {
    const card = await office.says("市办", `曝光 ${NO}`);
    expect(card.labels).not.toContain("撤下");
    const list = (await office.says("市领导", "曝光")).facts;
    expect(list.open).toMatchObject([{ no: NO, state: "issued" }]);
    expect(list.preparing).toEqual([]);
  });
});

describe("what is made public is a problem that somebody has to mend", () => {
  const given = async (county: string) => {
    const told = await office.says("市办", `交办 ${county} “堆场未苫盖” 3个工作日`);
    const no = /NT-2020-\d{6}/.exec(JSON.stringify(told.card))?.[0] ?? "";
    await sendingTo(office)(`${county}联络员`, `${no} 整改前`, { bytes: await aPhoto(90) });
    return no;
  };
  const at = async (no: string, who: string, label: string, fill = {}) => {
    await office.says(who, `曝光 ${no}`);
    return office.presses(who, label, fill);
  };

  test("one that was withdrawn meanwhile is neither printed nor chosen anew", async () => {
    const no = await given("如东");
    await at(no, "市办", "选作曝光", { text: "堆场未苫盖" });
    await at(no, "市办", "选用照片1", { boxes: "无" });
    expect((await office.says("如东领导", "曝光")).facts).toMatchObject({ own: [] });
    await at(no, "市办", "告知属地");
    expect((await office.says("如东领导", "曝光")).facts).toMatchObject({ own: [{ no, gap: "may-object" }] });
    expect((await office.says("如皋领导", "曝光")).facts).toMatchObject({ own: [] });
    expect((await at(no, "如东领导", "无异议")).facts).toMatchObject({ gap: null });
    await office.says("市办", `撤回 ${no} 交办有误`);
    expect((await office.says("市办", `曝光 ${no}`)).facts).toMatchObject({ gap: "over" });
    expect((await office.says("市办", "拟稿 典型问题曝光")).code).toBe("no-data");
    await at(no, "市办", "撤下", { text: "已撤回" });
    expect((await office.says("市办", `曝光 ${no}`)).message).toContain("已撤回，不用曝光");
  });

  test("a county where nobody can be told isn't said to be told", async () => {
    const no = await given("如皋");
    await at(no, "市办", "选作曝光", { text: "堆场未苫盖" });
    await at(no, "市办", "选用照片1", { boxes: "无" });
    await office.bot.store.write(async ({ people }) => {
      for (const name of ["如皋领导", "如皋联络员"]) {
        const person = await people.byName(name);
        if (person !== null) await people.leave(person.id, 0 as EpochMs);
      }
    });
    expect((await at(no, "市办", "告知属地")).message).toContain("没有在册的领导和联络员");
    expect((await office.says("市办", `曝光 ${no}`)).facts).toMatchObject({ gap: "not-informed" });
    await at(no, "市办", "撤下", { text: "另行处理" });
  });
});

test("on the 5th working day of the next month the office reads what isn't mended yet", async () => {
  await office.advanceTo("2020-07-07T09:00");
  const titles = (await office.cardsOf("市办")).map(({ title }) => title);
  expect(titles.filter((title) => title.includes("曝光问题跟踪：还有1件没有销号"))).toHaveLength(1);
});
