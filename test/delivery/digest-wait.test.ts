import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digestWait } from "../../src/delivery/digest-wait.ts";
import type { OutboxRow } from "../../src/store/outbox.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const NINE = "2020-06-15T09:00";
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: NINE });
});
afterAll(() => office.close());

/** At which hour of the day something of nine goes out to a reader, who has chosen an hour for digests or hasn't; null: at once. */
async function waits(row: Partial<OutboxRow>, chosen: number | null, perWeek = 10): Promise<number | null> {
  const { bot } = office;
  const person = await bot.store.read((r) => r.people.byName("海安联络员"));
  if (person === null) throw new Error("nobody is called so");
  const { pack } = bot.office;
  const noise = { ...pack.settings.noise, perWeek };
  const there = {
    ...bot,
    office: { ...bot.office, pack: { ...pack, settings: { ...pack.settings, noise } } },
  };
  const createdAt = (await bot.clock.now()).epochMilliseconds;
  const usual = { kind: "post", class: "card", uncounted: null, foldAt: null, accountId: null, via: null };
  const until = await digestWait(there, { ...usual, createdAt, ...row } as OutboxRow, {
    kind: "person",
    person: { ...person, digestHour: chosen },
  });
  return until === null ? null : bot.office.local(Temporal.Instant.fromEpochMilliseconds(until)).hour;
}

describe("whoever wants digests at eleven", () => {
  test.each<[string, Partial<OutboxRow>, number | null]>([
    ["gets news with them", {}, 11],
    ["and news that doesn't count as well", { uncounted: "asked" }, 11],
    ["not what must be read, as long as the week has room", { class: "must-arrive" }, null],
    ["nor an edit, which makes no sound", { kind: "edit" }, null],
    ["nor what has waited to be folded", { foldAt: 1 }, null],
    ["nor what goes to an account of theirs alone", { accountId: 1 }, null],
    ["nor what goes by one platform alone", { via: "web" }, null],
  ])("%s", async (_, row, hour) => {
    expect(await waits(row, 11)).toBe(hour);
  });
});

test.each<[string, Partial<OutboxRow>, number, number | null]>([
  ["news comes at once while the week has room", {}, 10, null],
  // Five days have a digest each; the message itself counts already.
  ["and it is the last for which there is", {}, 5, null],
  ["with one place less it waits", {}, 4, 16],
  ["so does what must be read, and counts", { class: "must-arrive" }, 4, 16],
  ["not what nobody may wait for", { class: "must-arrive", uncounted: "asked" }, 4, null],
])("whoever hasn't chosen: %s", async (_, row, perWeek, hour) => {
  expect(await waits(row, null, perWeek)).toBe(hour);
});

test("a group has no digests", async () => {
  const chat = await office.bot.store.write((w) =>
    w.chats.bind({ platform: "slack", workspace: "T1", chatKey: "C1", boundAt: 0 }),
  );
  const row = { kind: "post", class: "card", uncounted: null, foldAt: null, accountId: null, via: null };
  const created = { ...row, createdAt: 0 } as OutboxRow;
  expect(await digestWait(office.bot, created, { kind: "chat", chat })).toBeNull();
});
