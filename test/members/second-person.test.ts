import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { askSecondPerson, needsSecondPerson, notSecond } from "../../src/members/second-person.ts";
import type { Person } from "../../src/store/people.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { holder, post } from "../support/posts.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const another = () =>
  office.bot.store.write(({ people }) => people.add({ name: "市办二", role: "office", createdAt: 0 }));

describe("a role that nobody gives alone", () => {
  test.each([
    ["office", false, false, "conflict"],
    ["office", true, false, true],
    ["office", false, true, false],
    ["office", true, true, true],
    ["city-lead", false, false, false],
    ["city-lead", true, false, true],
    ["county-lead", true, false, false],
    ["supervision", true, false, false],
  ] as const)("%s, of two in the office %s, in a demonstration %s: %s", async (role, two, demo, needs) => {
    if (two) await another();
    const asked = await office.bot.store.read((store) => needsSecondPerson(role, { store, demo }));
    if (needs === "conflict") expect(asked).toMatchObject({ code: "conflict" });
    else expect(asked).toBe(needs);
  });
});

test("a stand-in makes a sole member of the office no second one, and isn't asked what they ask for", async () => {
  const alone = () =>
    office.bot.store.read((store) => needsSecondPerson("city-lead", { store, demo: false }));
  expect((await office.says("市办", "请假 今天到6月20日 由督查代理")).code).toBeNull();
  expect(await alone()).toBe(false);
  await office.says("市办", "离任 如东联络员");
  expect(await office.says("市办", "删除个人信息 如东联络员")).toMatchObject({
    code: "conflict",
    message: expect.stringContaining("只有您一人"),
  });
  await another();
  expect(await alone()).toBe(true);
  const asked = await office.says("市办", "删除个人信息 如东联络员");
  expect(asked.facts.asked).toEqual(["市办二"]);
  await office.says("市办", "邀请 赵市长 市领导");
  const queued = await office.bot.store.read((r) => r.outbox.after(0));
  const asking = queued.filter(({ row }) => row.key.startsWith("grant/"));
  expect(asking).toMatchObject([
    { audience: "市办二", row: { class: "must-arrive", uncounted: "signature" } },
  ]);
  await office.says("市办二", "帮助");
  const card = (await office.cardsOf("市办二")).find(({ title }) => title === "请确认授权：赵市长（市领导）");
  const [facts, warning] = card?.blocks ?? [];
  expect(facts).toMatchObject({
    items: [
      { label: "姓名", value: "赵市长" },
      { label: "角色", value: "市领导" },
      { label: "范围", value: "全市" },
      { label: "提出人", value: "市办" },
      { label: "时间", value: expect.stringContaining("6月15日") },
    ],
  });
  expect(warning).toMatchObject({ kind: "text", text: expect.stringContaining("没有同意以前不生效") });
  expect(card?.buttons.map(({ label }) => label)).toEqual(["同意", "不同意"]);
});

test("what nobody of the office has asked for, each of them is asked", async () => {
  const { bot } = office;
  await another();
  const now = await bot.clock.now();
  const grant = {
    id: 1,
    name: "赵市长",
    role: "city-lead",
    regionId: null,
    departmentId: null,
    by: null,
  } as const;
  await bot.store.write((store) =>
    askSecondPerson(grant, { store, office: bot.office, now, today: bot.office.today(now) } as never),
  );
  const queued = await bot.store.read((r) => r.outbox.after(0));
  const asking = queued.filter(({ row }) => row.key.startsWith("grant/"));
  expect(asking.map(({ audience }) => audience)).toEqual(["市办", "市办二"]);
  expect(asking[0]?.row.card).toContain("系统");
});

const ASKS = 9;
const behalf = { id: ASKS, name: "张三" };
const liaison = post("county-liaison", { region: "haian" });

test.each<[string, Person, number | null, RegExp | null]>([
  ["another one of the office", holder(post("office")), ASKS, null],
  ["nobody else", holder(liaison), ASKS, /^这件事须由/],
  ["not the city's lead", holder(post("city-lead")), ASKS, /^这件事须由/],
  ["not who asks", holder(post("office")), 1, /您自己或您代理的人提出/],
  [
    "not who is of the office for them alone",
    holder(liaison, { ...post("office"), behalf } as never),
    ASKS,
    /您自己或您代理的人提出/,
  ],
  ["who is of it for somebody else", holder(liaison, { ...post("office"), behalf } as never), 7, null],
  ["who is of it as well", holder(post("office"), { ...post("office"), behalf } as never), ASKS, null],
  ["anybody of it where nobody asks", holder(post("office")), null, null],
])("the second person is %s", async (_, person, by, why) => {
  const now = await office.bot.clock.now();
  const refusal = await office.bot.store.read((store) => notSecond(person, by, { store, now }));
  if (why === null) expect(refusal).toBeNull();
  else expect(refusal).toMatchObject({ code: "forbidden", message: expect.stringMatching(why) });
});
