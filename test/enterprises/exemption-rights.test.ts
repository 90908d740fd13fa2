import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstMemberCode } from "../../src/bot/first-member.ts";
import { notSecondFor, proposesFor, secondsFor } from "../../src/enterprises/exemption-rights.ts";
import type { Person } from "../../src/store/people.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { holder, MERGER, nantong, post } from "../support/posts.ts";

const at = (region: string) => ({ region });
const behalf = { id: 9, name: "张三" };

test.each<[string, Person, boolean]>([
  ["the office", holder(post("office")), true],
  ["a department", holder(post("department-liaison", { department: "housing" })), true],
  ["the county itself", holder(post("county-liaison", at("haian"))), true],
  ["another county", holder(post("county-liaison", at("rugao"))), false],
  ["its lead", holder(post("county-lead", at("haian"))), false],
  ["the city's lead", holder(post("city-lead")), false],
  ["by a post beside", holder(post("supervision"), post("county-liaison", at("haian"))), true],
  // What one post gives the right to, no other one does.
  [
    "a liaison elsewhere who leads it",
    holder(post("county-liaison", at("rugao")), post("county-lead", at("haian"))),
    false,
  ],
])("an exemption in 海安 is proposed by %s: %s", (_, person, may) => {
  expect(proposesFor(person, "haian", { office: nantong, today: MERGER.before })).toBe(may);
});

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

describe("who signs second", () => {
  const one = (main = post("office"), over: Partial<Person> = {}): Person => ({ ...holder(main), ...over });
  test.each<[string, number | null, Person, RegExp | null]>([
    ["another of the office", 2, one(), null],
    ["the city's lead", 2, one(post("city-lead")), null],
    ["a county", 2, one(post("county-lead", at("haian"))), /市办或市领导/],
    ["a department", 2, one(post("department-liaison", { department: "housing" })), /市办或市领导/],
    ["who proposed it", 1, one(), /自己或您代理的人提出/],
    [
      "who stands in for them",
      9,
      one(post("county-lead", at("haian")), { beside: [{ ...post("office"), behalf }] }),
      /自己或您代理的人提出/,
    ],
    ["anybody where nobody is known to have proposed it", null, one(), null],
  ])("%s", async (_, proposedBy, person, why) => {
    const { bot } = office;
    const now = await bot.clock.now();
    const refusal = await bot.store.read((store) =>
      notSecondFor({ proposedBy }, person, { store, office: bot.office, now, today: bot.office.today(now) }),
    );
    if (why === null) expect(refusal).toBeNull();
    else expect(refusal).toMatchObject({ code: "forbidden", message: expect.stringMatching(why) });
  });

  test("not the city's lead by an account that whoever proposed it has made alone", async () => {
    const fresh = await anOffice({ demoData: false });
    const { bot } = fresh;
    const [first, lead] = [{ browser: "first" }, { browser: "lead" }];
    await fresh.says(first, `绑定 ${(await firstMemberCode(bot))?.code}`);
    await fresh.says(lead, `绑定 ${(await fresh.says(first, "邀请 赵市长 市领导")).facts.code}`);
    const now = await bot.clock.now();
    const { identity, person } = await fresh.speakerOf(lead);
    const by = (await fresh.speakerOf(first)).person;
    if (person === null || by === null) throw new Error("nobody came in");
    const refusals = await bot.store.read(async (store) => {
      const around = { store, office: bot.office, now, today: bot.office.today(now), identity };
      return [
        await notSecondFor({ proposedBy: by.id }, person, around),
        await notSecondFor({ proposedBy: 99 }, person, around),
      ];
    });
    fresh.close();
    expect(refusals).toMatchObject([
      { code: "forbidden", message: expect.stringContaining("由提出的人一人开通") },
      null,
    ]);
  });

  test("the office's others are asked, and where there are none the city's lead", async () => {
    const asked = async (proposer: string | null) => {
      const by = proposer === null ? null : await office.bot.store.read((r) => r.people.byName(proposer));
      const seconds = await office.bot.store.read((store) =>
        secondsFor({ proposedBy: by?.id ?? null }, { store }),
      );
      return seconds.map(({ name }) => name);
    };
    expect(await asked("海安联络员")).toEqual(["市办"]);
    expect(await asked(null)).toEqual(["市办"]);
    expect(await asked("市办")).toEqual(["市领导"]);
  });
});
