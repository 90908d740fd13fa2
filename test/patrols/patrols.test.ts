import { afterAll, beforeAll, expect, test } from "vitest";
import { isRefusal } from "../../src/chat/refusal.ts";
import { takePosition } from "../../src/incoming/received-file.ts";
import { textOf } from "../../src/ops/card-text.ts";
import { aPdf, aPhoto, sendingTo } from "../support/evidence.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";

const CHIEF = "海安点位长";
let office: AnOffice;
let sends: ReturnType<typeof sendingTo>;
beforeAll(async () => {
  office = await anOffice({ at: "2020-07-06T10:00" });
  sends = sendingTo(office);
  // What the demonstration has of patrols is another station's.
  await office.says(CHIEF, "我的点位");
  await office.presses(CHIEF, "增减点位");
  await office.presses(CHIEF, "不再负责演示·城东镇站");
  await office.presses(CHIEF, "演示·李堡镇站");
});
afterAll(() => office.close());

test("a photo without a place is a patrol all the same, and the same photo is none a second time", async () => {
  const bytes = await aPhoto(201);
  const taken = await sends(CHIEF, "巡查 无问题", { bytes });
  expect(taken).toMatchObject({ code: null, title: "已记录巡查，无问题" });
  expect(taken.text).toContain("照片没有位置");
  const again = await sends(CHIEF, "巡查 无问题", { bytes });
  expect(again).toMatchObject({ code: "already-done" });
  expect(again.message).toContain("已用于您7月6日的巡查");
});

test("a position sent after the photo tells how far from the station that was, however far", async () => {
  const person = await office.bot.store.read((r) => r.people.byName(CHIEF));
  const identity = { platform: "terminal", workspace: "", userKey: CHIEF } as const;
  await sends(CHIEF, "巡查 无问题");
  const placed = await takePosition(office.bot, { identity, person }, { latitude: 31.9, longitude: 121.1 });
  if (isRefusal(placed)) throw new Error(placed.message);
  expect(placed.title).toBe("已记下位置：现场.jpg");
  expect(textOf(placed)).toMatch(/约\d+\.\d公里/);
});

test.each([
  ["无问题", 60],
  ["巡查 无问题", 100],
  ["巡查无问题", 140],
])("%s is said behind a photo without words, and only once", async (phrase, shade) => {
  expect((await office.says(CHIEF, phrase)).code).toBe("usage");
  await sends(CHIEF, undefined, { bytes: await aPhoto(shade) });
  expect((await office.says(CHIEF, phrase)).card.title).toBe("已记录巡查，无问题");
});

test("a find is a draft of the ledger with the patrol's photo, and the chief's card tells what became of it", async () => {
  const found = await sends(CHIEF, "巡查：人民路工地裸土未覆盖");
  const [, no = ""] = /(NT-2020-\d+)/.exec(found.title) ?? [];
  const { issue } = (await office.says("市办", `问题 ${no}`)).facts;
  expect(issue).toMatchObject({ title: "人民路工地裸土未覆盖", source: "点位长巡查", county: "海安" });
  const { facts } = await office.says(CHIEF, "我的点位");
  expect(facts.finds).toEqual([{ no, title: "人民路工地裸土未覆盖", state: "draft" }]);
  const outcomes = facts.patrols.map(({ outcome }: { outcome: string }) => outcome);
  expect(outcomes).toEqual([...Array(5).fill("clear"), "found"]);
});

test("of two stations the one that is named is patrolled, and where none is the chief is asked", async () => {
  await office.says(CHIEF, "我的点位");
  await office.presses(CHIEF, "增减点位");
  await office.presses(CHIEF, "演示·曲塘镇站");
  expect((await sends(CHIEF, "巡查 曲塘镇站 一切正常")).text).toContain("演示·曲塘镇站");
  const asked = await sends(CHIEF, "巡查 无问题", { bytes: await aPhoto(120) });
  expect(asked.text).toContain("巡查的是哪个点位");
  const settled = await office.presses(CHIEF, asked.token("演示·曲塘镇站"));
  expect(settled.card.title).toBe("已记录巡查，无问题");
});

test("whoever stands in for a chief patrols the chief's stations, and the sheet names both", async () => {
  expect((await office.says(CHIEF, "请假 今天到7月8日 由海安领导代理")).code).toBeNull();
  const taken = await sends("海安领导", "巡查 曲塘镇站 无问题", { bytes: await aPhoto(180) });
  expect(taken.text).toContain("海安领导代海安点位长");
  expect((await office.says("海安领导", "巡查 海安 7月")).text).toContain("演示·曲塘镇站");
  expect(await office.says("海门点位长", "巡查 海安 7月")).toMatchObject({ code: "forbidden" });
  await office.says(CHIEF, "销假");
  expect((await sends("海安领导", "巡查 曲塘镇站 无问题", { bytes: await aPhoto(220) })).title).not.toContain(
    "已记录巡查",
  );
});

test("the month's sheet is a county's own, with Excel, and another county's is refused", async () => {
  const { facts, card } = await office.says("海安联络员", "巡查 海安 7月");
  expect(facts.rows).toMatchObject([
    { station: "演示·李堡镇站", days: 1, finds: 1 },
    { station: "演示·曲塘镇站", days: 1 },
  ]);
  const sheet = card.files?.find(({ name }) => name.endsWith(".xlsx"));
  expect((await office.opens("海安联络员", sheet?.name ?? "")).bytes.length).toBeGreaterThan(1000);
  expect((await office.says("海安联络员", "巡查 海门")).code).toBe("forbidden");
});

test("who missed a week is listed once, to the county's liaison and the office, and not to the chief", async () => {
  const before = await office.bot.store.read((r) => r.outbox.newestId());
  await office.advanceTo("2020-07-20T09:30");
  const told = (await piecesAfter(office.bot, before)).filter(({ job }) => job === "patrols");
  expect(told.map(({ to }) => to).toSorted()).toEqual(["海安联络员", "市办"].toSorted());
  expect(told[0]?.card.facts?.missed).toMatchObject([
    { station: "演示·李堡镇站" },
    { station: "演示·曲塘镇站" },
  ]);
});

test("typed without a photo it is no patrol yet: the find alone is one tap away", async () => {
  const asked = await office.says(CHIEF, "巡查 海安人民路渣土堆放");
  expect(asked.text).toContain("还没有记录");
  expect(asked.labels).toEqual(["只登记问题"]);
  expect((await office.presses(CHIEF, "只登记问题")).card.title).toMatch(/^已登记，待市办交办/);
  expect(await office.says("海安联络员", "巡查 人民路渣土堆放")).toMatchObject({ code: "usage" });
  // What asks for the sheet still does.
  expect((await office.says(CHIEF, "巡查 海安 上月")).facts.rows).toBeDefined();
});

test("typed behind a photo without words it goes with that photo, by one tap", async () => {
  await sends(CHIEF, undefined, { bytes: await aPhoto(222) });
  const label = "用刚才的照片记入演示·李堡镇站";
  const { buttons } = (await office.says(CHIEF, "巡查 海安幸福路裸土未覆盖")).card;
  const tap = buttons.find((button) => button.label === label);
  const token = tap?.kind === "press" ? tap.token : label;
  const taken = await office.presses(CHIEF, token);
  expect(taken.card.title).toMatch(/^已记录巡查，问题待市办交办：NT-2020-/);
  expect((await office.presses(CHIEF, token)).code).toBe("already-done");
  expect((await office.says("市办", "问题 幸福路裸土未覆盖")).text).toContain("幸福路裸土未覆盖");
  // A patrol whose outcome nobody has said is asked for by its own button.
  const begun = await sends(CHIEF, "巡查 演示·李堡镇站", { bytes: await aPhoto(231) });
  expect(begun.title).toContain("已记录巡查");
  expect((await office.says(CHIEF, "巡查 海安幸福路焚烧")).labels).toEqual(["记入刚才的巡查", "只登记问题"]);
  const found = await office.presses(CHIEF, "记入刚才的巡查", { text: "海安幸福路焚烧" });
  expect(found.card.title).toMatch(/^已记录巡查，问题待市办交办/);
});

test("what was sent an hour ago, or is no picture, is not what a word behind it is about", async () => {
  const person = await office.bot.store.read((r) => r.people.byName(CHIEF));
  const at = (await office.bot.clock.now()).epochMilliseconds;
  const kept = await office.bot.vault.keep(aPdf());
  const row = { name: "说明.pdf", type: "application/pdf", kind: "document", at } as const;
  await office.bot.store.write((w) =>
    w.evidence.add({ ...row, ...kept, personId: person?.id ?? null, sentSha256: kept.sha256 }),
  );
  expect((await office.says(CHIEF, "无问题")).code).toBe("usage");
  await sends(CHIEF, undefined, { bytes: await aPhoto(243) });
  await office.advanceTo("2020-07-20T10:31");
  expect((await office.says(CHIEF, "无问题")).code).toBe("usage");
});
