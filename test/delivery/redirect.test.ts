import Database from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
afterEach(() => office.close());

type Notice = { chat: "old" | "new"; says: string; job?: string; slot?: number };

/** What becomes of notices to a group that has moved to where another one is: each as `group state says`, in their order. */
async function redirected(...notices: readonly Notice[]): Promise<string[]> {
  office = await anOffice({ jobs: false });
  const raw = new Database(office.file);
  const bind = raw.prepare(
    "insert into chat (platform, workspace, chat_key, bound_at, active) values ('telegram', '', ?, 0, 1)",
  );
  const chats = {
    old: Number(bind.run("-1").lastInsertRowid),
    new: Number(bind.run("-100").lastInsertRowid),
  };
  raw.close();
  const { store } = office.bot;
  const before = await store.read((reader) => reader.outbox.newestId());
  await store.write(async ({ outbox }) => {
    for (const [at, { chat, says, job = "weekly-notice", slot = 1 }] of notices.entries()) {
      const card = { title: "通报", text: says };
      await outbox.queue(
        { key: `notice/${at}`, to: { chatId: chats[chat] }, class: "card", card, job, slot },
        0,
      );
    }
    await outbox.redirect(chats.old, chats.new, 5);
  });
  const rows = await store.read((reader) => reader.outbox.after(before));
  return rows.map(
    ({ row }) =>
      `${row.chatId === chats.new ? "new" : "old"} ${row.state} ${(JSON.parse(row.card) as { text: string }).text}`,
  );
}

test.each<[what: string, notices: Notice[], becomes: string[]]>([
  [
    "the same notice, which the other has as well, goes there once",
    [
      { chat: "old", says: "海安35" },
      { chat: "new", says: "海安35" },
    ],
    ["old settled 海安35", "new pending 海安35"],
  ],
  [
    "one that says something else goes there too",
    [
      { chat: "old", says: "海安35" },
      { chat: "new", says: "如皋36" },
    ],
    ["new pending 海安35", "new pending 如皋36"],
  ],
  [
    "so do those of another job and of another slot",
    [
      { chat: "old", says: "海安35", job: "daily-sheet" },
      { chat: "old", says: "海安35", slot: 2 },
      { chat: "new", says: "海安35" },
    ],
    ["new pending 海安35", "new pending 海安35", "new pending 海安35"],
  ],
])("%s", async (_, notices, becomes) => {
  expect(await redirected(...notices)).toEqual(becomes);
});
