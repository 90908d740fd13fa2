import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  appliesFor,
  granters,
  grantsNights,
  nightHearers,
  seesNights,
} from "../../src/enterprises/night-rights.ts";
import type { Person } from "../../src/store/people.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { holder, MERGER, nantong, post } from "../support/posts.ts";

const at = (region: string) => ({ region });
const of = (department: string) => ({ department });
const around = { office: nantong, today: MERGER.before };

/** Who grants permits, who applies for 海安, and who sees its own. */
test.each<[string, Person, [grants: boolean, applies: boolean, sees: boolean]]>([
  ["the office", holder(post("office")), [true, true, true]],
  [
    "a department that the pack names",
    holder(post("department-liaison", of("housing"))),
    [true, false, true],
  ],
  [
    "such a department by a post beside",
    holder(post("supervision"), post("department-liaison", of("housing"))),
    [true, false, true],
  ],
  ["another department", holder(post("department-liaison", of("environment"))), [false, false, true]],
  ["the supervision", holder(post("supervision")), [false, false, true]],
  ["its lead", holder(post("county-lead", at("haian"))), [false, true, true]],
  ["its liaison", holder(post("county-liaison", at("haian"))), [false, true, true]],
  ["who keeps a station there", holder(post("station-chief", at("haian"))), [false, false, true]],
  ["another county", holder(post("county-liaison", at("rugao"))), [false, false, false]],
  ["an enterprise's contact", holder(post("enterprise-contact")), [false, false, false]],
  ["by a post beside", holder(post("supervision"), post("county-lead", at("haian"))), [false, true, true]],
  [
    "a lead elsewhere who keeps a station there",
    holder(post("county-lead", at("rugao")), post("station-chief", at("haian"))),
    [false, false, true],
  ],
])("%s", (_, person, may) => {
  expect([
    grantsNights(person, around),
    appliesFor(person, "haian", around),
    seesNights(person, "haian", around),
  ]).toEqual(may);
});

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

describe("who is asked and told", () => {
  const named = async (
    ask: (around: Parameters<typeof granters>[1]) => Promise<readonly (Person | number)[]>,
  ) => {
    const { bot } = office;
    const today = bot.office.today(await bot.clock.now());
    return bot.store.read(async (store) => {
      const found = await ask({ store, office: bot.office, today });
      const people = await Promise.all(
        found.map(async (one) => (typeof one === "number" ? await store.people.byId(one) : one)),
      );
      return people.map((person) => person?.name);
    });
  };
  const without = async (departments: readonly string[]) => {
    const { pack } = office.bot.office;
    const settings = { ...pack.settings, nightWork: { ...pack.settings.nightWork, grantedBy: departments } };
    return named((there) =>
      granters(false, { ...there, office: { ...there.office, pack: { ...pack, settings } } as never }),
    );
  };

  test("the departments' people grant, the office where it alone may, or they have none", async () => {
    expect(await named((there) => granters(false, there))).toContain("住建联络员");
    expect(await named((there) => granters(true, there))).toEqual(["市办"]);
    expect(await without(["environment"])).not.toContain("住建联络员");
    expect(await without([])).toEqual(["市办"]);
  });

  test("the county's liaisons and whoever applied hear of it, each once", async () => {
    const id = async (name: string) => (await office.bot.store.read((r) => r.people.byName(name)))?.id ?? 0;
    const hear = (appliedBy: number | null) =>
      named((there) => nightHearers({ regionId: "haian", appliedBy } as never, there));
    expect(await hear(await id("市办"))).toEqual(["海安联络员", "市办"]);
    expect(await hear(await id("海安联络员"))).toEqual(["海安联络员"]);
    expect(await hear(null)).toEqual(["海安联络员"]);
  });
});
