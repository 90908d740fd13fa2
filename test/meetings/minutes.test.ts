import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-05T08:00" });
  await office.says("市办", "会商 6月8日9时30分 市政府301");
  await office.says("海安联络员", "参会");
  await office.says("住建联络员", "会议请假 在省厅开会");
  await office.advanceTo("2020-06-08T11:00");
});
afterAll(() => office.close());

const DICTATED =
  "纪要 大家好。会议指出，5月形势严峻，PM2.5上升。会议认为，6月臭氧将上升。会议议定：一是海安6月20日前整改城南路裸土；二是住建局牵头，城管局配合，月底前完成渣土车整治；三是港口码头。会议要求，各地压实责任";

const FORM = {
  situation: "5月形势严峻，PM2.5上升。",
  outlook: "6月臭氧将上升。",
  requirements: "各地压实责任",
  decisions: "城南路裸土覆盖（海安，2020-06-20前）\n渣土车整治（住建，2020-06-30前）",
  unread: "",
};
let paper = 0;

test("dictated minutes are read into their sections; what isn't understood is asked and kept", async () => {
  const { facts, card } = await office.says("市办", DICTATED);
  expect(card.title).toBe("2020年5月会商会纪要（还差2处）");
  expect(facts.minutes).toMatchObject({
    situation: "5月形势严峻，PM2.5上升。",
    outlook: "6月臭氧将上升。",
    requirements: "各地压实责任",
    participants: "海安（海安领导）；请假：住建",
    unread: ["大家好。"],
    gaps: ["“大家好。”没有归到哪一栏", "第3项“港口码头”：没有写明责任单位，没有写明完成期限"],
  });
  expect(facts.decisions.map((one: { owner: string; due: string }) => [one.owner, one.due])).toEqual([
    ["海安", "2020-06-20"],
    ["住建", "2020-06-30"],
    [null, null],
  ]);
  expect(card.buttons.map(({ label }) => label)).toEqual(["改纪要"]);
});

test("before they are signed nobody invited reads them, nor what was decided", async () => {
  for (const who of ["海安领导", "督查"]) {
    const { text, facts } = await office.says(who, "会议 1");
    expect(text).toContain("已召开，待印发纪要");
    expect(text).not.toContain("城南路");
    expect(facts.meeting.decisions).toEqual([]);
  }
  expect((await office.says("市领导", "会议 1")).text).toContain("城南路");
});

test("a decision twice, one that is past, or a section that nobody reads is refused or asked", async () => {
  const twice = await office.presses("市办", "改纪要", {
    ...FORM,
    decisions: "甲（海安，6月20日前）\n甲（如皋，6月20日前）",
  });
  expect(twice.message).toContain("写了两次");
  const past = await office.presses("市办", "改纪要", { ...FORM, decisions: "清扫（海安，6月1日前）" });
  expect(past.facts.minutes.gaps).toEqual(["第1项“清扫”：完成期限6月1日已过"]);
});

test("what was said otherwise in the form stands, and goes to be checked and signed by somebody else", async () => {
  const mended = await office.presses("市办", "改纪要", FORM);
  expect(mended.facts.minutes.gaps).toEqual([]);
  const early = await office.bot.store.read((reader) =>
    reader.issues.list({ asOf: Number.MAX_SAFE_INTEGER, sources: ["会商"] }, 9),
  );
  expect(early.total).toBe(0);
  const sent = await office.presses("市办", "送审");
  expect(sent.card.title).toContain("待审核：会议纪要（2020年5月会商会）");
  const row = await office.bot.store.read((reader) => reader.officialPapers.ofKey("meeting-minutes", "1"));
  paper = row?.id ?? 0;
  expect((await office.presses("市办", "审核通过")).code).toBeNull();
  // Written anew while it waits, it is another draft, and has to be checked again.
  await office.says("市办", "会议 1");
  const anew = await office.presses("市办", "改纪要", { ...FORM, requirements: "各地压实责任，每周报进展" });
  expect(anew.text).toContain("与上一稿相比有1处变化");
  expect((await office.presses("市领导", "签发")).card.title).toContain("旧稿");
  await office.presses("市办", "审核通过");
  await office.says("市领导", `文件 ${paper}号`);
  expect((await office.presses("市领导", "签发")).code).toBeNull();
  const issued = await office.bot.store.read((reader) => reader.outbox.after(0));
  const minutes = issued.filter(
    ({ row }) => row.job === "meeting-minutes" && row.title === "2020年5月会商会纪要",
  );
  expect(minutes.map(({ audience }) => audience)).toEqual(
    expect.arrayContaining(["市办", "市领导", "海安领导", "住建联络员"]),
  );
  expect(minutes.every(({ row }) => row.card.includes("每周报进展"))).toBe(true);
});

test("issued, what was decided becomes issues of source 会商, all at once, and once only", async () => {
  const { card } = await office.says("市办", "会议 1");
  const [token = ""] = card.buttons.flatMap((b) =>
    b.kind === "press" && b.label === "交办议定事项（2件）" ? [b.token] : [],
  );
  const given = await office.presses("市办", token);
  expect(given.facts.issues).toHaveLength(2);
  expect(given.deliveries.map(({ audience }) => audience)).toEqual(["海安联络员", "住建联络员"]);
  const again = await office.presses("市办", token);
  expect([again.code, again.message]).toEqual([
    "already-done",
    expect.stringContaining(given.facts.issues[0]),
  ]);
  const { facts } = await office.says("市办", "问题 会商");
  expect(
    facts.rows.map((one: { title: string; due: string; county: string }) => [one.title, one.county, one.due]),
  ).toEqual([
    ["城南路裸土覆盖", "海安", "2020-06-20"],
    ["渣土车整治", "全市", "2020-06-30"],
  ]);
});

test("they are followed where they stand: on the meeting's card, in the loop, and as done", async () => {
  const [no] = (await office.says("市办", "会议 1")).facts.meeting.decisions.map(
    (one: { issue: string }) => one.issue,
  );
  await office.says("海安联络员", `签收 ${no}`);
  const { meeting } = (await office.says("市办", "会议 1")).facts;
  expect(meeting.decisions.map((one: { state: string }) => one.state)).toEqual(["acknowledged", "assigned"]);
  await office.says("住建联络员", `签收 ${meeting.decisions[1].issue}`);
  expect((await office.says("市办", "会议 1")).facts.meeting.decisions[1].state).toBe("acknowledged");
});

test("minutes that are issued are altered by a correction only, and whoever came later reads what was signed", async () => {
  const changed = await office.presses("市办", "改纪要", {
    ...FORM,
    requirements: "另一个要求",
    decisions: "",
  });
  expect(changed.text).toContain(`更正 ${paper}号`);
  expect(JSON.stringify((await office.says("如皋联络员", `文件 ${paper}号`)).card)).not.toContain(
    "另一个要求",
  );
});
