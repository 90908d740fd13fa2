import readXlsx from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-03T08:00" });
});
afterAll(() => office.close());

const factsOf = async (who: string) => (await office.says(who, "会议 1")).facts.meeting;
const standsAt = async (who: string, subject = "meeting:1") =>
  (await office.cardsOf(who)).findLast((card) => card.subject === subject);

test("on the working day that the pack names the office is asked to call the month's meeting", async () => {
  await office.advanceTo("2020-06-03T09:30");
  await office.expectCards([{ to: "市办", title: "请定2020年5月会商会" }], { job: "monthly-consultation" });
  const proposal = (await office.cardsOf("市办")).findLast((card) => card.title.startsWith("请定"));
  expect(proposal?.facts).toMatchObject({
    kind: "monthly-consultation",
    period: "2020-05",
    date: "2020-06-08",
  });
});

test("the form of the proposal calls it; each unit is invited, the city's leads too, and asked who comes", async () => {
  const called = await office.presses("市办", "定会", {
    date: "2020-06-08",
    time: "9点半",
    place: "市政府301",
    agenda: "通报形势\n研究重点问题",
  });
  expect(called.facts.meeting).toMatchObject({
    no: 1,
    date: "2020-06-08",
    time: "09:30",
    place: "市政府301",
  });
  const invited = new Set(called.deliveries.map(({ audience }) => audience));
  for (const one of ["市领导", "海安领导", "海安联络员", "住建联络员"]) expect(invited).toContain(one);
  for (const one of ["市办", "督查", "海安点位长"]) expect(invited).not.toContain(one);
  expect(called.facts.meeting.rollCall).toMatchObject({
    attending: 0,
    silent: called.facts.meeting.units.length,
  });
  const card = await standsAt("海安联络员");
  expect(card?.buttons.map(({ label }) => label)).toEqual(["参会", "请假", "派员"]);
});

test("it stands in the calendar of whoever is invited", async () => {
  expect((await office.says("海安联络员", "日程 6月8日")).text).toContain("2020年5月会商会");
  expect((await office.says("海安点位长", "日程 6月8日")).text).not.toContain("会商会");
});

test("units answer by button and by word, and the office's list says so where it stands", async () => {
  await office.presses("海安领导", "参会");
  await office.presses("如皋联络员", "派员", { name: "如皋联络员" });
  await office.presses("住建联络员", "请假", { reason: "参加省厅会议" });
  await office.says("城管联络员", "会议请假 1 外出检查");
  await office.says("启东联络员", "参会");
  await office.says("交通联络员", "请假 会议1 车辆检测现场会");
  const facts = await factsOf("市办");
  expect(facts.rollCall).toMatchObject({ attending: 2, delegated: 1, excused: 3 });
  const answers = Object.fromEntries(facts.units.map((one: { unit: string }) => [one.unit, one]));
  expect(answers.海安).toMatchObject({ answer: "attending", comes: ["海安领导"] });
  expect(answers.如皋).toMatchObject({ answer: "delegated", comes: ["如皋联络员"] });
  expect(answers.住建).toMatchObject({ answer: "excused", remark: "参加省厅会议" });
  expect(answers.交通).toMatchObject({ answer: "excused", remark: "车辆检测现场会" });
  // The lead's answer is the liaison's too, and nobody else's.
  expect(JSON.stringify(await standsAt("海安联络员"))).toContain("参会（海安领导）");
  expect((await standsAt("如东联络员"))?.facts).toMatchObject({ meeting: { units: [{ unit: "如东" }] } });
  const stands = await standsAt("市领导");
  expect(JSON.stringify(stands?.blocks)).toContain("住建（参加省厅会议）");
});

test("whoever is sent is told, and the list can be had as a workbook", async () => {
  await office.says("海安领导", "派员 海安联络员");
  expect((await office.cardsOf("海安联络员")).at(-1)?.title).toBe("请您参会：2020年5月会商会");
  await office.says("市办", "会议 1");
  const { bytes } = await office.opens("市办", "参会名单.xlsx");
  const [sheet] = (await readXlsx(Buffer.from(bytes))) as unknown as { data: unknown[][] }[];
  const rows = sheet?.data ?? [];
  expect(rows.find((row) => row[1] === "海安")?.slice(1, 4)).toEqual(["海安", "派员", "海安联络员"]);
  expect(rows.find((row) => row[1] === "住建")?.slice(1, 5)).toEqual(["住建", "请假", null, "参加省厅会议"]);
});

test("another place is told and answers stay; another time is told and asks again", async () => {
  const before = (await factsOf("市办")).rollCall;
  const moved = await office.says("市办", "改会 1 地点改到二楼会议室");
  expect(moved.facts.meeting.rollCall).toEqual(before);
  expect((await office.cardsOf("住建联络员")).at(-1)?.title).toBe("会议变更：空气质量月度会商会");
  const later = await office.says("市办", "改会 1 6月9日10时");
  expect(later.facts.meeting).toMatchObject({ date: "2020-06-09", time: "10:00", place: "二楼会议室" });
  expect(later.facts.meeting.rollCall).toMatchObject({ attending: 0, delegated: 0, excused: 0 });
  expect(JSON.stringify((await office.cardsOf("住建联络员")).at(-1)?.blocks)).toContain(
    "时间由6月8日（星期一）9时30分改为6月9日（星期二）10时。请重新报",
  );
  expect((await office.says("市办", "改会 1 6月9日10时")).code).toBe("already-done");
});

test("a working day before it who is silent is asked again, who comes is reminded, who excused himself isn't", async () => {
  await office.says("海安联络员", "参会");
  await office.says("住建联络员", "会议请假 在省厅开会");
  await office.advanceTo("2020-06-08T09:00");
  const told = await office.bot.store.read((reader) => reader.outbox.after(0));
  const reminders = told.filter(({ row }) => row.job === "meetings");
  const titleFor = (who: string) => reminders.find(({ audience }) => audience === who)?.row.title;
  expect(titleFor("海安领导")).toBe("会议提醒：2020年5月会商会（6月9日（星期二）10时）");
  expect(titleFor("如皋领导")).toBe("请报名：2020年5月会商会");
  expect(titleFor("住建联络员")).toBeUndefined();
});

test("a delegate who leaves is none: the unit is asked again, and the list says why", async () => {
  await office.says("如皋领导", "派员 1 如皋联络员");
  await office.says("市办", "离任 如皋联络员");
  const rugao = (await factsOf("市办")).units.find((one: { unit: string }) => one.unit === "如皋");
  expect(rugao).toMatchObject({ answer: "silent", remark: "原派如皋联络员已离任，请重报" });
});

test("whoever is on leave on the day stands with their stand-in, who may answer for them", async () => {
  await office.says("启东领导", "请假 6月8日到6月10日 由启东联络员代理");
  await office.says("启东联络员", "参会 1");
  const qidong = (await factsOf("市办")).units.find((one: { unit: string }) => one.unit === "启东");
  expect(qidong).toMatchObject({ answer: "attending", comes: ["启东领导（请假，启东联络员代）"] });
});

test("when it has begun nobody answers any more; it is called off with a reason, and all are told", async () => {
  await office.advanceTo("2020-06-09T10:00");
  expect((await office.says("如东联络员", "参会 1")).message).toContain("已经开始");
  expect((await office.says("如东联络员", "参会")).code).toBe("no-data");
  expect((await office.says("市办", "改会 1 6月10日10时")).message).toContain("已经开始");
  const off = await office.says("市办", "取消会议 1 与省厅会议冲突");
  expect(off.card.title).toBe("已取消：2020年5月会商会");
  const last = (await office.cardsOf("如东联络员")).at(-1);
  expect(last?.title).toBe("会议取消：空气质量月度会商会");
  expect(last?.buttons).toEqual([]);
  // The month may have another one.
  expect((await office.says("市办", "会商 6月11日9时30分 市政府301")).facts.meeting).toMatchObject({
    no: 2,
    period: "2020-05",
  });
});
