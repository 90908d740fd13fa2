import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { chanceOf } from "../support/chance.ts";
import { anOffice } from "../support/office.ts";

const full = process.env.TEST_FULL === "1";
const [ROWS, CHANGES] = full ? [50_000, 100] : [2_000, 10];

const { below } = chanceOf(20200615);

test(`of ${ROWS} rows any one that is changed is found, and all that are not hold`, async ({ annotate }) => {
  const office = await anOffice();
  try {
    const { store } = office.bot;
    for (let at = 0; at < ROWS; at += 1000)
      await store.write(async (w) => {
        for (let nth = at; nth < Math.min(at + 1000, ROWS); nth++)
          await w.audit.append({
            at: nth,
            personId: null,
            actor: `某人${nth % 40}`,
            act: "test.row",
            outcome: nth % 9 === 0 ? "denied" : "done",
            detail: { nth },
          });
      });
    const firstBroken = () => store.read((r) => r.audit.firstBroken());
    const began = performance.now();
    expect(await firstBroken()).toBeNull();
    const took = performance.now() - began;

    const raw = new Database(office.file);
    for (const name of raw.prepare("select name from sqlite_schema where type = 'trigger'").pluck().all())
      raw.exec(`drop trigger "${name}"`);
    const ids = raw.prepare("select id from audit order by id").pluck().all() as number[];
    const columns = ["at", "actor", "act", "outcome", "detail", "hash", "previous_hash"];
    for (let change = 0; change < CHANGES; change++) {
      const id = ids[below(ids.length)] as number;
      const column = columns[below(columns.length)] as string;
      const was = raw.prepare(`select "${column}" from audit where id = ?`).pluck().get(id) as
        | string
        | number;
      const set = (value: string | number) =>
        raw.prepare(`update audit set "${column}" = ? where id = ?`).run(value, id);
      set(changed(column, was));
      expect([column, await firstBroken()]).toEqual([column, id]);
      set(was);
    }
    expect(await firstBroken()).toBeNull();
    raw.close();
    await annotate(
      `all of ${CHANGES} found; ${ids.length} rows looked through in ${(took / 1000).toFixed(1)} s`,
    );
  } finally {
    office.close();
  }
});

/** Another value that the column may hold: one sign or one count away. */
function changed(column: string, was: string | number): string | number {
  if (typeof was === "number") return was + 1;
  if (column === "outcome") return was === "done" ? "denied" : "done";
  if (was === "") return " ";
  const at = below(was.length);
  return `${was.slice(0, at)}${was[at] === "0" ? "1" : "0"}${was.slice(at + 1)}`;
}
