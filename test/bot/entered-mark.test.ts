import { afterAll, expect, test } from "vitest";
import { presentOffice } from "../../src/bot/present-office.ts";
import type { RegionId } from "../../src/domain/ids.ts";
import type { Writer } from "../../src/store/store.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice | undefined;
afterAll(() => office?.close());

const off = (day: string, name: string) => ({ date: `2027-01-0${day}`, kind: "off", name }) as const;
const town = (to: string | null) => ({
  id: "nantong-haian-xinzhen" as RegionId,
  name: "新镇",
  county: "haian" as RegionId,
  ...{ from: "2020-01-01", to, successor: null },
});

test("whatever is entered makes another mark and another office, and nothing else does", async () => {
  office = await anOffice({ jobs: false });
  const { bot } = office;
  const look = async () => ({
    mark: await bot.store.read((reader) => reader.plan.enteredMark()),
    present: await presentOffice(bot),
  });
  const changes: [what: string, change: (writer: Writer) => Promise<unknown>][] = [
    ["a day off", (w) => w.holidays.put(off("2", "元旦"))],
    ["another", (w) => w.holidays.put(off("3", "元旦"))],
    ["its name", (w) => w.holidays.put(off("3", "新年"))],
    ["that it is worked", (w) => w.holidays.put({ ...off("3", "新年"), kind: "work" })],
    ["words of ledgers", (w) => w.settings.setLedgerWords([{ word: "局长信箱", means: "信访" }])],
    ["a town", (w) => w.plan.enterTown(town(null), 0)],
    ["its end", (w) => w.plan.enterTown(town("2020-06-30"), 0)],
    ["that it is none", (w) => w.plan.removeTown(town(null).id)],
  ];
  let before = await look();
  for (const [what, change] of changes) {
    await bot.store.write((writer) => writer.settings.set("clock-seen", what));
    expect(await look(), `before ${what}`).toEqual(before);
    expect((await look()).present).toBe(before.present);
    await bot.store.write(change);
    const after = await look();
    expect(after.mark, what).not.toBe(before.mark);
    expect(after.present, what).not.toBe(before.present);
    before = after;
  }
});
