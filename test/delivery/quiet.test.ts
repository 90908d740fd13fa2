import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quietFor } from "../../src/delivery/quiet.ts";
import type { OutboxRow } from "../../src/store/outbox.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

type Hours = [from: number | null, to: number | null];

/** Seconds that a card for 海安联络员 waits at a time of the office's day; five minutes are the longest. */
async function waits(at: string, quiet: Hours | null, row: Partial<OutboxRow> = {}) {
  const { bot } = office;
  const now = Temporal.ZonedDateTime.from(`2020-06-15T${at}[${bot.office.pack.timeZone}]`).toInstant();
  const person = await bot.store.read((r) => r.people.byName("海安联络员"));
  if (person === null) throw new Error("nobody is called so");
  const [quietFrom, quietTo] = quiet ?? [null, null];
  const to = { kind: "person", person: { ...person, quietFrom, quietTo } } as const;
  const there = { ...bot, clock: { now: async () => now } };
  return (await quietFor(there, { kind: "post", class: "card", ...row }, to)) / 1000;
}

const night: [number, number] = [22, 7];
const noon: [number, number] = [12, 14];

describe("a card waits in its reader's quiet hours", () => {
  test.each<[string, Hours | null, number]>([
    ["21:59:59", night, 0],
    ["22:00:00", night, 300],
    ["23:59:59", night, 300],
    ["00:00:00", night, 300],
    ["06:54:59", night, 300],
    ["06:59:59", night, 1],
    ["06:58:00", night, 120],
    ["07:00:00", night, 0],
    ["07:59:59", night, 0],
    ["11:59:59", noon, 0],
    ["12:00:00", noon, 300],
    ["13:59:00", noon, 60],
    ["14:00:00", noon, 0],
    ["14:59:59", noon, 0],
    ["22:30:00", noon, 0],
    // To midnight, from midnight, and an hour that is none.
    ["23:59:30", [22, 0], 30],
    ["00:00:00", [22, 0], 0],
    ["00:00:00", [0, 6], 300],
    ["23:59:59", [0, 6], 0],
    ["09:00:00", [9, 9], 0],
    ["03:00:00", null, 0],
    // One of the two says nothing.
    ["03:00:00", [null, 7], 0],
    ["23:00:00", [22, null], 0],
  ])("at %s, quiet %j: %i s", async (at, quiet, seconds) => {
    expect(await waits(at, quiet)).toBe(seconds);
  });

  test("and what must not be repeated waits as well", async () => {
    expect(await waits("23:00:00", night, { class: "must-not-repeat" })).toBe(300);
  });

  test.each<[string, Partial<OutboxRow>]>([
    ["what must arrive", { class: "must-arrive" }],
    ["an edit, which makes no sound", { kind: "edit" }],
  ])("%s waits never", async (_, row) => {
    expect(await waits("23:00:00", night, row)).toBe(0);
  });

  test("a group has no quiet hours", async () => {
    const chat = await office.bot.store.write((w) =>
      w.chats.bind({ platform: "slack", workspace: "T1", chatKey: "C1", boundAt: 0 }),
    );
    const row = { kind: "post", class: "card" } as const;
    expect(await quietFor(office.bot, row, { kind: "chat", chat })).toBe(0);
  });
});
