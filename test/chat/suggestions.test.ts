import { join } from "node:path";
import { expect, test } from "vitest";
import { loadRegistry } from "../../src/bot/registry.ts";
import { understand } from "../../src/chat/phrase.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { commandsFor, commonPhrases, exampleFor } from "../../src/chat/suggestions.ts";
import type { Role } from "../../src/domain/roles.ts";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";
import { namesOf } from "../../src/office/names.ts";
import { officeOf } from "../../src/office/office.ts";
import type { Person } from "../../src/store/people.ts";

const office = officeOf(await loadPlanPack(join(import.meta.dirname, "../../seeds/nantong-2020")));
const { commands } = await loadRegistry();
const june = Temporal.PlainDate.from("2020-06-15");
const december = Temporal.PlainDate.from("2020-12-15");

function someone(role: Role, of: { regionId?: string; departmentId?: string } = {}): Person {
  return { id: 1, name: "某人", role, regionId: null, departmentId: null, active: true, ...of } as Person;
}

test.each([
  ["people of a county their own", someone("county-liaison", { regionId: "rudong" }), june, ["如东", "全市"]],
  [
    "people of a merged county its heir",
    someone("county-lead", { regionId: "gangzha" }),
    december,
    ["崇川", "全市"],
  ],
  ["the office the city", someone("office"), june, ["全市", "海安"]],
  [
    "a department the city",
    someone("department-liaison", { departmentId: "housing" }),
    june,
    ["全市", "海安"],
  ],
])("%s comes first", (_who, person, today, first) => {
  expect(commonPhrases(person, office, today).slice(0, 2)).toEqual(first);
});

test("a stranger is offered nothing but to be linked", () => {
  expect(commonPhrases(null, office, june)).toEqual([]);
  expect(commandsFor(null, commands, office, june).map((c) => c.name)).toEqual(["link"]);
});

test("a command that a role may never use is not offered to it", () => {
  const offered = (person: Person) => commandsFor(person, commands, office, june).map((c) => c.name);
  expect(offered(someone("county-liaison", { regionId: "haian" }))).not.toContain("assign");
  expect(offered(someone("county-liaison", { regionId: "haian" }))).toContain("county");
  expect(offered(someone("office"))).toContain("assign");
});

test("nor is it asked whether that was meant by a word like its own", () => {
  const [names, today] = [namesOf(office), june];
  const offered = (person: Person) => {
    const read = understand("赞停", {}, commands, { office, names, today, person });
    return isRefusal(read) ? read.instead : read.command.name;
  };
  expect(offered(someone("office"))).toContain("暂停");
  expect(offered(someone("county-liaison", { regionId: "haian" }))).toEqual(["帮助"]);
});

test("an example names the person's own county", () => {
  const county = commands.find((c) => c.name === "county");
  if (county === undefined) throw new Error("there is no command county");
  expect(county.help.example).toBe("{county} {month}");
  expect(exampleFor(someone("county-liaison", { regionId: "rudong" }), county, { office, today: june })).toBe(
    "如东 2020-05",
  );
  expect(exampleFor(someone("office"), county, { office, today: june })).toBe("海安 2020-05");
});
