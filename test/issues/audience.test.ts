import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Audience, deputiesOf, peopleOf, peopleOfParts } from "../../src/issues/audience.ts";
import { isWorking } from "../../src/issues/parts.ts";
import type { NewIssueRow } from "../../src/store/issues.ts";
import { aStage, type Stage } from "./loop/stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await aStage();
});
afterEach(() => {
  stage.raw.close();
  stage.office.close();
});

/** Somebody has left the office. */
const leaves = (name: string) => stage.raw.prepare("update person set active = 0 where name = ?").run(name);
const around = async (on = "2020-06-15") => ({
  office: stage.bot.office,
  today: Temporal.PlainDate.from(on),
});

type Case = {
  says: string;
  audiences: Audience[];
  issue?: Partial<Omit<NewIssueRow, "createdBy">> & { createdBy?: string | null };
  left?: string[];
  on?: string;
  are: string[];
};

/** Who is meant by a group around an issue of 海安 and 住建: these and nobody else. */
const cases: Case[] = [
  {
    says: "a unit is the liaisons of its place and its department",
    audiences: ["unit"],
    are: ["海安联络员", "住建联络员"],
  },
  {
    says: "a unit without a department is its place's liaison alone",
    audiences: ["unit"],
    issue: { departmentId: null },
    are: ["海安联络员"],
  },
  {
    says: "where a place has no liaison its lead is told, so that nothing reaches nobody",
    audiences: ["unit"],
    left: ["海安联络员"],
    are: ["住建联络员", "海安领导"],
  },
  {
    says: "what is grave reaches the lead at once",
    audiences: ["unit"],
    issue: { level: "重大" },
    are: ["海安联络员", "住建联络员", "海安领导"],
  },
  {
    says: "what is less than grave doesn't",
    audiences: ["unit"],
    issue: { level: "较大" },
    are: ["海安联络员", "住建联络员"],
  },
  {
    says: "a department's liaison who has left is told nothing",
    audiences: ["unit"],
    left: ["住建联络员"],
    are: ["海安联络员"],
  },
  { says: "a lead is the place's own", audiences: ["lead"], are: ["海安领导"] },
  { says: "a lead who has left is none", audiences: ["lead"], left: ["海安领导"], are: [] },
  {
    says: "a merged place's issue is its heir's, and no more its own people's",
    audiences: ["unit"],
    issue: { regionId: "gangzha", departmentId: null },
    on: "2020-07-28",
    are: ["崇川联络员"],
  },
  {
    says: "and on the day before it still is its own",
    audiences: ["unit"],
    issue: { regionId: "gangzha", departmentId: null },
    on: "2020-07-27",
    are: ["港闸联络员"],
  },
  { says: "the office", audiences: ["office"], are: ["市办"] },
  { says: "the supervision", audiences: ["supervision"], are: ["督查"] },
  { says: "the city's lead", audiences: ["city-lead"], are: ["市领导"] },
  { says: "whoever assigned it", audiences: ["assigner"], are: ["市办"] },
  {
    says: "nobody, where nobody has assigned it",
    audiences: ["assigner"],
    issue: { assignedBy: null },
    are: [],
  },
  { says: "nobody, where whoever assigned it has left", audiences: ["assigner"], left: ["市办"], are: [] },
  { says: "whoever wrote it down", audiences: ["drafter"], are: ["市办"] },
  { says: "nobody, where nobody wrote it down", audiences: ["drafter"], issue: { createdBy: null }, are: [] },
  { says: "nobody, where whoever wrote it down has left", audiences: ["drafter"], left: ["市办"], are: [] },
  {
    says: "nobody, where the place of whoever wrote it down is no more",
    audiences: ["drafter"],
    issue: { createdBy: "港闸联络员" },
    on: "2020-07-28",
    are: [],
  },
  { says: "nobody, where nothing is to be decided", audiences: ["deciders"], are: [] },
  {
    says: "a merged place's lead decides no more",
    audiences: ["deciders"],
    issue: { regionId: "gangzha", state: "submitted" },
    on: "2020-07-28",
    are: ["崇川领导"],
  },
  {
    says: "who is in several groups is told once",
    audiences: ["office", "assigner", "drafter", "unit", "lead", "unit"],
    are: ["市办", "海安联络员", "住建联络员", "海安领导"],
  },
];

describe("who is told", () => {
  test.each(cases)("$says", async ({ audiences, issue: differs, left = [], on, are }) => {
    const { createdBy, state = "assigned", ...rest } = differs ?? {};
    const author = typeof createdBy === "string" ? { createdBy: await stage.id(createdBy) } : {};
    const nobody = createdBy === null ? { createdBy } : {};
    const issue = await stage.issueIn(state, { ...rest, ...author, ...nobody });
    for (const name of left) leaves(name);
    const context = await around(on);
    const people = await stage.bot.store.read((store) => peopleOf(audiences, issue, { store, ...context }));
    expect(people.map((p) => p.name).toSorted()).toEqual(are.toSorted());
  });

  test("a county without a liaison hears of a new issue through its lead", async () => {
    leaves("海安联络员");
    await stage.office.says("市办", "交办 海安 “裸土未覆盖” 3个工作日");
    await stage.office.expectCards([{ to: "海安领导", title: /^新的交办/ }]);
  });
});

describe("who is told of those that have a part", () => {
  const part = (
    role: "helping" | "copied" | "handed-down",
    of: { departmentId?: string; regionId?: string },
  ) => ({
    ...{ role, departmentId: null, regionId: null, name: null, due: null },
    ...of,
  });
  const qutang = () =>
    stage.bot.store.write(({ people }) =>
      people.add({ name: "曲塘镇联络员", role: "town-liaison", regionId: "haian-qutang", createdAt: 0 }),
    );
  test.each<[string, ReturnType<typeof part>[], string[], string[]]>([
    ["a department's liaison", [part("helping", { departmentId: "environment" })], [], ["生态环境联络员"]],
    ["a county's liaison", [part("helping", { regionId: "rugao" })], [], ["如皋联络员"]],
    [
      "its lead, where it has none, and no other county's",
      [part("helping", { regionId: "rugao" })],
      ["如皋联络员"],
      ["如皋领导"],
    ],
    ["a town's liaison", [part("handed-down", { regionId: "haian-qutang" })], [], ["曲塘镇联络员"]],
    ["nobody of a copy", [part("copied", { departmentId: "environment" })], [], []],
    [
      "each once, whatever parts are theirs",
      [part("helping", { regionId: "rugao" }), part("handed-down", { regionId: "rugao" })],
      [],
      ["如皋联络员"],
    ],
  ])("%s", async (_, parts, left, are) => {
    const issue = await stage.issueIn("assigned");
    await qutang();
    await stage.bot.store.write((w) => w.issueUnits.add(issue.id, parts, { at: 0, personId: null }));
    for (const name of left) leaves(name);
    const context = await around();
    const people = await stage.bot.store.read(async (store) => [
      (await peopleOf(["helpers"], issue, { store, ...context })).map(({ name }) => name),
      (await peopleOfParts(parts.filter(isWorking), { store, ...context })).map(({ name }) => name),
    ]);
    expect(people).toEqual([are, are]);
  });
});

describe("who decides", () => {
  /** A second lead of 海安. */
  const anotherLead = () =>
    stage.bot.store.write(({ people }) =>
      people.add({ name: "海安副领导", role: "county-lead", regionId: "haian", createdAt: 0 }),
    );
  type Stands = { submitted?: string; confirmed?: string; left?: string[]; another?: true };
  test.each<
    [string, "submitted" | "reviewing", Stands, string[], { officeConfirms: boolean; headDecides: boolean }]
  >([
    [
      "the county's lead",
      "submitted",
      { submitted: "海安联络员" },
      ["海安领导"],
      { officeConfirms: false, headDecides: false },
    ],
    [
      "the office, where the lead has submitted it",
      "submitted",
      { submitted: "海安领导" },
      ["市办"],
      { officeConfirms: true, headDecides: false },
    ],
    [
      "of several leads the others",
      "submitted",
      { submitted: "海安领导", another: true },
      ["海安副领导"],
      { officeConfirms: false, headDecides: false },
    ],
    [
      "the office, where the county has no lead",
      "submitted",
      { submitted: "海安联络员", left: ["海安领导"] },
      ["市办"],
      { officeConfirms: true, headDecides: false },
    ],
    [
      "the city's lead, where the office has nobody either",
      "submitted",
      { submitted: "海安领导", left: ["市办"] },
      ["市领导"],
      { officeConfirms: true, headDecides: true },
    ],
    [
      "office and supervision",
      "reviewing",
      { confirmed: "海安领导" },
      ["市办", "督查"],
      { officeConfirms: false, headDecides: false },
    ],
    [
      "who has confirmed it doesn't verify it",
      "reviewing",
      { submitted: "海安领导", confirmed: "市办" },
      ["督查"],
      { officeConfirms: true, headDecides: false },
    ],
    [
      "the city's lead, where nobody else is left",
      "reviewing",
      { submitted: "海安领导", confirmed: "市办", left: ["督查"] },
      ["市领导"],
      { officeConfirms: true, headDecides: true },
    ],
    [
      "who has submitted it for the county doesn't confirm it in its place",
      "submitted",
      { submitted: "市办", left: ["海安领导"] },
      ["市领导"],
      { officeConfirms: true, headDecides: true },
    ],
    [
      "the lead, though the office has nobody",
      "submitted",
      { submitted: "海安联络员", left: ["市办"] },
      ["海安领导"],
      { officeConfirms: false, headDecides: false },
    ],
    [
      "the city's lead reviews, though the county's could confirm",
      "reviewing",
      { submitted: "海安联络员", confirmed: "市办", left: ["督查"] },
      ["市领导"],
      { officeConfirms: false, headDecides: true },
    ],
    [
      "who has submitted it doesn't verify it",
      "reviewing",
      { submitted: "督查", confirmed: "海安领导" },
      ["市办"],
      { officeConfirms: false, headDecides: false },
    ],
    [
      "nobody, where the city's lead has submitted it",
      "reviewing",
      { submitted: "市领导", confirmed: "市办", left: ["督查"] },
      [],
      { officeConfirms: false, headDecides: true },
    ],
    [
      "nobody, where the city's lead has confirmed it",
      "reviewing",
      { submitted: "市办", confirmed: "市领导", left: ["督查"] },
      [],
      { officeConfirms: false, headDecides: true },
    ],
  ])("%s", async (_, state, { submitted, confirmed, left = [], another }, are, deputies) => {
    const idOf = async (name?: string) => (name === undefined ? null : stage.id(name));
    const issue = await stage.issueIn(state, {
      submittedBy: await idOf(submitted),
      confirmedBy: await idOf(confirmed),
    });
    if (another) await anotherLead();
    for (const name of left) leaves(name);
    const context = await around();
    const [people, instead] = await stage.bot.store.read(async (store) => [
      await peopleOf(["deciders"], issue, { store, ...context }),
      await deputiesOf(issue, { store, ...context }),
    ]);
    expect(people.map((p) => p.name).toSorted()).toEqual(are.toSorted());
    expect(instead).toEqual(deputies);
  });

  test("who stands in for the lead doesn't confirm what they have submitted; the lead does", async () => {
    expect((await stage.office.says("海安领导", "请假 今天到6月20日 由海安联络员代理")).code).toBeNull();
    const deciders = async (submitted: string) => {
      const issue = await stage.issueIn("submitted", { submittedBy: await stage.id(submitted) });
      const context = await around();
      const people = await stage.bot.store.read((store) =>
        peopleOf(["deciders"], issue, { store, ...context }),
      );
      return people.map(({ name }) => name);
    };
    expect(await deciders("海安联络员")).toEqual(["海安领导"]);
    expect(await deciders("住建联络员")).toEqual(["海安领导", "海安联络员"]);
  });

  test("the city's lead closes what nobody else may, by the button in the reminder's card", async () => {
    const issue = await stage.issueIn("reviewing", {
      submittedBy: await stage.id("海安领导"),
      confirmedBy: await stage.id("市办"),
    });
    expect((await stage.presses("市领导", "verify", issue))?.code).toBe("forbidden");
    leaves("督查");
    expect((await stage.office.says("市领导", "今日")).text).toContain(issue.no);
    expect((await stage.office.says("市领导", `问题 ${issue.no}`)).labels).toContain("复核通过");
    expect(await stage.presses("市领导", "verify", issue)).toBeNull();
    expect(stage.issue(issue.id).state).toBe("closed");
  });
});
