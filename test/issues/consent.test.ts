import { expect, test } from "vitest";
import { mayConsent } from "../../src/issues/consent.ts";
import type { Issue } from "../../src/store/issues.ts";
import type { Person } from "../../src/store/people.ts";
import { holder, MERGER, nantong, post } from "../support/posts.ts";

const ASKED = 2;
const ABSENT = 9;
const asked = { state: "rectifying", regionId: "haian", departmentId: "housing", cancelBy: ASKED } as Issue;
const lead = holder(post("county-lead", { region: "haian" }));
const behalf = { id: ABSENT, name: "张三" };

test.each<[string, Partial<Issue>, Person, boolean]>([
  ["the county's lead", {}, lead, true],
  ["its department", {}, holder(post("department-liaison", { department: "housing" })), true],
  ["the city's lead", {}, holder(post("city-lead")), true],
  ["by a post beside", {}, holder(post("supervision"), post("county-lead", { region: "haian" })), true],
  ["the office", {}, holder(post("office")), false],
  ["the county's liaison", {}, holder(post("county-liaison", { region: "haian" })), false],
  ["another county's lead", {}, holder(post("county-lead", { region: "rugao" })), false],
  ["who asked for it", { cancelBy: 1 }, lead, false],
  ["who stands in for whom asked", { cancelBy: ABSENT }, { ...lead, behalf }, false],
  ["for whom it was asked", { behalf: { cancelBy: 1 } }, lead, false],
  ["who stands in for whom it was asked for", { behalf: { cancelBy: ABSENT } }, { ...lead, behalf }, false],
  ["another one's stand-in", { behalf: { cancelBy: 3 } }, { ...lead, behalf }, true],
  ["where nobody asked", { cancelBy: null }, lead, false],
  ["before the unit has taken it on", { state: "draft" }, lead, false],
  ["once it is closed", { state: "closed" }, lead, false],
])("作废 waits for the consent of %s: %s", (_, differs, person, may) => {
  expect(mayConsent({ ...asked, ...differs } as Issue, person, nantong, MERGER.before)).toBe(may);
});
