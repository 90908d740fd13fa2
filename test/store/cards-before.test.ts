import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/store.ts";
import { anOldDatabase } from "../support/old-database.ts";

test("what an earlier version's deliveries say is kept, and of what was too old then the title", async () => {
  const { file, raw } = anOldDatabase();
  raw.exec("delete from message; delete from outbox");
  const put = raw.prepare(
    "insert into outbox (key, person_id, class, title, card, created_at, state) values (?, 1, 'card', ?, ?, 0, ?)",
  );
  const card = (title: string, ...blocks: unknown[]) => JSON.stringify({ title, blocks });
  put.run("waits", "周通报", card("周通报", { kind: "text", text: "全市“PM2.5”均值35" }), "pending");
  put.run("sent", "日报", card("日报", { kind: "note", text: "未经审核" }), "sent");
  put.run("too-old", "旧通知 1%", card("旧通知 1%"), "sent");
  raw.close();
  const store = openStore(file);
  const rows = await store.read((reader) => reader.outbox.after(0));
  expect(rows.map(({ row }) => [row.key, row.state, row.title, JSON.parse(row.card)])).toEqual([
    [
      "waits",
      "pending",
      "周通报",
      { title: "周通报", blocks: [{ kind: "text", text: "全市“PM2.5”均值35" }] },
    ],
    ["sent", "sent", "日报", { title: "日报", blocks: [{ kind: "note", text: "未经审核" }] }],
    ["too-old", "sent", "旧通知 1%", { title: "旧通知 1%", blocks: [] }],
  ]);
  store.close();
  expect(cardsIn(file)).toBe(2);
});

/** How many cards a file holds. */
function cardsIn(file: string): number {
  const raw = new Database(file, { readonly: true });
  const n = raw.prepare("select count(*) from outbox_card").pluck().get() as number;
  raw.close();
  return n;
}
