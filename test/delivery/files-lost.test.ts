import { afterAll, beforeAll, expect, test } from "vitest";
import type { Door, Outcome } from "../../src/delivery/door.ts";
import { deliverDue } from "../../src/delivery/worker.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const WHO = "海安联络员";
/** The end of the time after which what is in doubt is left to people. */
const LATER = 1_000_000;
let files = 0;

/** A file that is sent to one of somebody's two accounts, and comes to this end. @returns the account, and where word of it goes. */
async function sent(outcome: Outcome, meanwhile: () => Promise<void> = async () => undefined) {
  const { bot } = office;
  const personId = (await bot.store.read((r) => r.people.byName(WHO)))?.id ?? 0;
  files += 1;
  const key = `file/${files}`;
  const [accountId] = await bot.store.write(async (w) => {
    for (const userKey of ["U1", "U2"])
      await w.people.bind(personId, { platform: "slack", workspace: "T1", userKey }, 0);
    const accounts = (await w.people.accountsOf(personId)).filter(({ platform }) => platform === "slack");
    const to = { personId, accountId: accounts[0]?.id ?? 0 };
    const card = { title: "附件：方案", blocks: [], files: [] };
    await w.outbox.queue({ key, to, class: "must-not-repeat", uncounted: "attachment", card }, 1);
    return accounts.map(({ id }) => id);
  });
  const slack: Door = { platform: "slack", remote: true, deliver: async () => outcome };
  await deliverDue(bot, [slack], () => 1);
  await meanwhile();
  await deliverDue(bot, [slack], () => LATER);
  const { id } = (await bot.store.read((r) => r.outbox.find(key))) ?? { id: 0 };
  const all = await bot.store.read((r) => r.outbox.after(0));
  const told = all.filter(({ row }) => row.key.startsWith(`trouble/files-${id}/`));
  return { accountId, told: told.map(({ row }) => ({ title: row.title, accountId: row.accountId })) };
}

test.each<[string, Outcome, string]>([
  ["is refused", { kind: "failed", why: "file_deleted", unfit: true }, "附件未能发送"],
  ["is in doubt", { kind: "unknown", why: "no answer" }, "附件可能没有送达"],
])(
  "of a file that %s its reader is told on the account that it was for, and on no other",
  async (_, outcome, title) => {
    const { accountId, told } = await sent(outcome);
    expect(told).toEqual([{ title, accountId }]);
  },
);

test("whoever has left the office meanwhile is told of no file", async () => {
  const leaves = async () => {
    const { id } = (await office.bot.store.read((r) => r.people.byName(WHO))) ?? { id: 0 };
    await office.bot.store.write((w) => w.people.leave(id, 0));
  };
  const { told } = await sent({ kind: "unknown", why: "no answer" }, leaves);
  expect(told).toEqual([]);
});
