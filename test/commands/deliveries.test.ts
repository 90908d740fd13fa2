import { afterAll, beforeAll, expect, test } from "vitest";
import type { OutboxRow } from "../../src/store/outbox.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

/** A delivery to 海安领导 that no door has taken. */
async function stuck(title: string): Promise<number> {
  return office.bot.store.write(async (w) => {
    const person = await w.people.byName("海安领导");
    const to = { personId: person?.id ?? 0 };
    await w.outbox.queue(
      { key: `test/${title}`, to, class: "must-arrive", card: { title, ...{ blocks: [] } } },
      0,
    );
    return w.outbox.newestId();
  });
}

const rowOf = async (id: number) => {
  const all = await office.bot.store.read((r) => r.outbox.after(id - 1));
  return all[0]?.row as OutboxRow;
};

test("only the office sees what did not get through, and may be content when nothing is", async () => {
  expect((await office.says("海安联络员", "投递")).code).toBe("forbidden");
  expect((await office.says("市办", "投递")).facts).toMatchObject({
    counts: { failed: 0, ambiguous: 0 },
    rows: [],
  });
});

test("what failed or is in doubt is listed, and goes out once more by a button, but only once", async () => {
  const failed = await stuck("没送到的通知");
  await office.bot.store.write(async (w) => w.outbox.giveUp(await rowOf(failed), "blocked"));
  const doubtful = await stuck("不知送到没有的通知");
  await office.bot.store.write(async ({ outbox }) => {
    await outbox.claim(await rowOf(doubtful));
    await outbox.doubt((await outbox.inDoubt())[0] as OutboxRow, 0, "no answer");
  });
  await office.bot.store.write(async (w) => w.outbox.leaveInDoubt(await rowOf(doubtful), "no answer"));

  const listed = await office.says("市办", "投递");
  expect(listed.facts.rows).toMatchObject([
    { id: doubtful, audience: "海安领导", title: "不知送到没有的通知", state: "ambiguous" },
    { id: failed, audience: "海安领导", title: "没送到的通知", state: "failed", error: "blocked" },
  ]);
  const button = listed.card.buttons.find((b) => b.label === `重发 #${failed}`);
  const token = button?.kind === "press" ? button.token : "";
  expect((await office.presses("市办", token)).facts).toEqual({ delivery: failed });
  expect((await office.cardsOf("海安领导")).map((card) => card.title)).toContain("没送到的通知");
  expect((await office.presses("市办", token)).code).toBe("already-done");
  // What a human hasn't decided stays in doubt.
  expect(await office.bot.store.read((r) => r.outbox.countByState())).toMatchObject({
    failed: 0,
    ambiguous: 1,
  });
});
