import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WEEKLY_READERS } from "../../src/air/week-report.ts";
import type { Role } from "../../src/domain/roles.ts";
import type { Person } from "../../src/store/people.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-14T12:00" });
});
afterEach(() => office.close());

/** A department that leads measures, and one that leads none. */
function departments() {
  const { measures, departments } = office.bot.office.pack;
  const leads = new Set(measures.flatMap(({ lead }) => lead));
  const idle = departments.find(({ id }) => !leads.has(id));
  if (idle === undefined) throw new Error("every department leads something");
  return { leading: "housing", idle: idle.id };
}

/** Binds a group of each kind. @returns their names by number of the chat. */
async function groups() {
  const { leading, idle } = departments();
  const scopes: Record<string, { regionId?: string; departmentId?: string; active?: false }> = {
    city: {},
    county: { regionId: "haian" },
    department: { departmentId: leading },
    "idle department": { departmentId: idle },
    parked: { regionId: "rudong", active: false },
  };
  const names = new Map<number, string>();
  await office.bot.store.write(async ({ chats }) => {
    for (const [name, { active, ...scope }] of Object.entries(scopes)) {
      const row = { platform: "slack", workspace: "T1", chatKey: name, boundAt: 0, ...scope } as const;
      const { id } = await chats.bind(row);
      if (active === false) await chats.park(id);
      names.set(id, name);
    }
  });
  return names;
}

const cards = async (job: string) =>
  (await office.bot.store.read((r) => r.outbox.after(0))).filter(({ row }) => row.job === job);
const county = (card: string) => (JSON.parse(card) as { facts: { county?: string | null } }).facts.county;

describe("which groups a notice goes to", () => {
  test("the weekly notice: the city's and the counties', each with its own county, and departments'", async () => {
    const names = await groups();
    await office.advanceTo("2020-06-15T09:01");
    const sent = (await cards("weekly-notice")).filter(({ row }) => row.chatId !== null);
    expect(sent.map(({ row }) => [names.get(row.chatId ?? 0), county(row.card)])).toEqual([
      ["city", null],
      ["county", "海安"],
      ["department", null],
      ["idle department", null],
    ]);
  });

  test("the warning of lagging tasks: departments' too, and of all those whose own lags", async () => {
    const names = await groups();
    await office.bot.store.write(({ chats }) =>
      chats.bind({
        platform: "slack",
        workspace: "T1",
        chatKey: "lagging county",
        boundAt: 0,
        regionId: "rudong",
      }),
    );
    await office.advanceTo("2020-06-16T09:01");
    const sent = (await cards("lagging-warning")).filter(({ row }) => row.chatId !== null);
    expect(sent.map(({ row }) => [names.get(row.chatId ?? 0), row.title.split(" ")[1]])).toEqual([
      ["city", "全市"],
      ["department", "住建"],
      [undefined, "如东"],
    ]);
    const tasks = sent.map(({ row }) => JSON.parse(row.card).facts.rows as { county: string | null }[]);
    const [whole = [], department = [], county = []] = tasks;
    expect(county).toEqual(whole.filter((task) => task.county === "如东"));
    expect(county.length).toBeLessThan(whole.length);
    expect(department.length).toBeGreaterThan(0);
    expect(department.length).toBeLessThan(whole.length);
  });
});

describe("which people a notice goes to", () => {
  const toldOf = async (job: string) => (await cards(job)).map(({ audience }) => audience).toSorted();
  const people = (roles: readonly Role[]) => office.bot.store.read((r) => r.people.withRoles(roles));

  test("the weekly notice: the city, and whoever speaks for a county or a department", async () => {
    await office.advanceTo("2020-06-15T09:01");
    const meant = await people(WEEKLY_READERS);
    expect(await toldOf("weekly-notice")).toEqual(meant.map(({ name }) => name).toSorted());
  });

  test("the warning of lagging tasks: whoever has one, and nobody about none", async () => {
    await office.advanceTo("2020-06-16T09:01");
    const { measures } = office.bot.office.pack;
    const whole = (await cards("lagging-warning")).find(({ audience }) => audience === "市办");
    const lagging = JSON.parse(whole?.row.card ?? "").facts.rows as {
      county: string | null;
      measure: string;
    }[];
    const lead = new Set(
      lagging.flatMap(({ measure }) => measures.find(({ no }) => no === measure)?.lead ?? []),
    );
    const counties = new Set(lagging.map(({ county }) => county));
    const own = (person: Person) =>
      person.regionId === null
        ? person.departmentId === null || lead.has(person.departmentId)
        : counties.has(office.bot.office.region(person.regionId).short);
    const meant = await people(["office", "county-lead", "county-liaison", "department-liaison"]);
    expect(await toldOf("lagging-warning")).toEqual(
      meant
        .filter(own)
        .map(({ name }) => name)
        .toSorted(),
    );
    expect(meant.filter(own).length).toBeLessThan(meant.length / 2);
    for (const { row } of await cards("lagging-warning")) expect(row.card).not.toMatch(/\D0项|滞后：无/);
  });
});
