import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
