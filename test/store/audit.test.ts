import Database from "better-sqlite3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
  await office.says("海安联络员", "NT-2020-000006");
  await office.presses("海安联络员", "签收");
  await office.says("海安联络员", "如东");
  await office.says("市办", "交办 海安 裸土未覆盖 3个工作日");
});
afterEach(() => office.close());

const firstBroken = () => office.bot.store.read((r) => r.audit.firstBroken());

/** Changes the file behind the bot's back, as somebody with the file in hand could. */
function tamper(change: (raw: Database.Database) => void): void {
  const raw = new Database(office.file);
  for (const name of raw.prepare("select name from sqlite_schema where type = 'trigger'").pluck().all()) {
    raw.exec(`drop trigger "${name}"`);
  }
  change(raw);
  raw.close();
}

test("every change and every denial is a row; the chain holds", async () => {
  const rows = await office.bot.store.read((r) => r.audit.latest(3));
  expect(rows.map(({ actor, act, outcome }) => [actor, act, outcome])).toEqual([
    ["市办", "assign", "done"],
    ["海安联络员", "county", "denied"],
    ["海安联络员", "issue.acknowledge", "done"],
  ]);
  expect(await firstBroken()).toBeNull();
});

test.each(["update audit set actor = '别人'", "delete from audit", "delete from audit where id = 1"])(
  "the database itself refuses: %s",
  (statement) => {
    const raw = new Database(office.file);
    expect(() => raw.exec(statement)).toThrow();
    raw.close();
  },
);

describe("with the triggers gone, tampering is still found", () => {
  test.each(["at", "actor", "act", "subject", "outcome", "detail", "hash", "previous_hash", "person_id"])(
    "a changed %s",
    async (column) => {
      const rows = await office.bot.store.read((r) => r.audit.latest(100));
      const id = rows.find((row) => row.outcome === "denied")?.id;
      tamper((raw) => {
        const value = { at: 5, outcome: "done", person_id: null }[column];
        const set = value === undefined ? `coalesce(${column}, '') || ' '` : value === null ? "null" : "?";
        const statement = raw.prepare(`update audit set ${column} = ${set} where id = ?`);
        statement.run(...(set === "?" ? [value, id] : [id]));
      });
      expect(await firstBroken()).toBe(id);
    },
  );

  test("a row that was taken out", async () => {
    const rows = await office.bot.store.read((r) => r.audit.latest(2));
    tamper((raw) => raw.prepare("delete from audit where id = ?").run(rows[1]?.id));
    expect(await firstBroken()).toBe(rows[0]?.id);
  });

  test("two rows that changed places", async () => {
    const [b, a] = await office.bot.store.read((r) => r.audit.latest(2));
    tamper((raw) => {
      const move = raw.prepare("update audit set id = ? where id = ?");
      move.run(-1, a?.id);
      move.run(a?.id, b?.id);
      move.run(b?.id, -1);
    });
    expect(await firstBroken()).toBe(a?.id);
  });
});

test("any sequence of acts makes a chain that holds", async () => {
  const act = fc.record({
    at: fc.nat(),
    actor: fc.string({ maxLength: 20 }),
    act: fc.string({ maxLength: 20 }),
    outcome: fc.constantFrom("done" as const, "denied" as const),
    detail: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 5 }), async (acts) => {
      await office.bot.store.write(async (w) => {
        for (const one of acts) await w.audit.append({ ...one, personId: null });
      });
      expect(await firstBroken()).toBeNull();
    }),
    { numRuns: 20 },
  );
});
