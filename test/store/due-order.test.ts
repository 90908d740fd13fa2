import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
let personId: number;
beforeEach(async () => {
  office = await anOffice();
  personId = (await office.bot.store.read((r) => r.people.byName("海安联络员")))?.id ?? 0;
});
afterEach(() => office.close());

const NOW = 1_000;
const card = { title: "通知", blocks: [] };

/** Deliveries as they wait: when they are next to be tried, and in which state. */
async function wait(rows: readonly (readonly [key: string, at: number, state?: string])[]) {
  const raw = new Database(office.file);
  for (const [key, at, state = "pending"] of rows) {
    await office.bot.store.write((w) =>
      w.outbox.queue({ key, to: { personId }, class: "must-arrive", card }, 0),
    );
    raw.prepare("update outbox set next_attempt_at = ?, state = ? where key = ?").run(at, state, key);
  }
  raw.close();
}
/** An edit of a message that stands on a platform. */
const edit = (platform: "slack" | "web") =>
  office.bot.store.write(async ({ messages, outbox }) => {
    const standing = { platform, conversation: { personId }, direction: "out", at: 0 } as const;
    const { id } = await messages.add({ ...standing, card });
    await outbox.queueEdit({ messageId: id, personId, card, version: 1 }, 0);
  });
const due = async (platform: "slack" | "web" = "web", limit = 100) =>
  (await office.bot.store.read((r) => r.outbox.due(NOW, limit, [platform])))
    .filter(({ key }) => key.startsWith("test/") || key.startsWith("edit/"))
    .map(({ key }) => key.replace(/^edit\/.*/, "edit"));

test("what stands wrong in a chat goes first, then what has waited longest, then what was written first", async () => {
  await wait([
    ["test/late", 900],
    ["test/early", 100],
    ["test/early too", 100],
  ]);
  await edit("web");
  expect(await due()).toEqual(["edit", "test/early", "test/early too", "test/late"]);
});

test("also where there is room for one alone", async () => {
  await wait([["test/early", 0]]);
  await edit("web");
  expect(await due("web", 1)).toEqual(["edit"]);
});

test("due is what waits or is in doubt, from its moment on", async () => {
  await wait([
    ["test/now", NOW],
    ["test/not yet", NOW + 1],
    ["test/in doubt", NOW, "ambiguous"],
    ["test/under way", NOW, "sending"],
    ["test/sent", NOW, "sent"],
    ["test/given up", NOW, "failed"],
  ]);
  expect(await due()).toEqual(["test/now", "test/in doubt"]);
});

test("a post goes where its reader wants pushes, an edit where the message stands", async () => {
  await wait([["test/post", 0]]);
  await edit("slack");
  expect(await due("web")).toEqual(["test/post"]);
  expect(await due("slack")).toEqual(["edit"]);
});
