import { afterAll, beforeAll, expect, test } from "vitest";
import type { OutboxRow } from "../../src/store/outbox.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

/** A delivery to 海安领导 that no door has taken. */
async function stuck(title: string, card: object = {}): Promise<number> {
  return office.bot.store.write(async (w) => {
    const person = await w.people.byName("海安领导");
    const to = { personId: person?.id ?? 0 };
    await w.outbox.queue(
      { key: `test/${title}`, to, class: "must-arrive", card: { title, ...{ blocks: [] }, ...card } },
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

/** One that a platform has refused, and one of which nobody knows. */
async function failed(title: string): Promise<number> {
  const id = await stuck(title);
  await office.bot.store.write(async (w) => w.outbox.giveUp(await rowOf(id), "blocked"));
  return id;
}
async function doubtful(title: string, card: object = {}): Promise<number> {
  const id = await stuck(title, card);
  await office.bot.store.write(async ({ outbox }) => {
    await outbox.claim(await rowOf(id));
    await outbox.doubt((await outbox.inDoubt())[0] as OutboxRow, 0, "no answer");
  });
  await office.bot.store.write(async (w) => w.outbox.leaveInDoubt(await rowOf(id), "no answer"));
  return id;
}
const states = () => office.bot.store.read((r) => r.outbox.countByState());

test("what failed or is in doubt is listed, opens, and goes out once more by a button, but only once", async () => {
  const [first, second] = [await failed("没送到的通知"), await doubtful("不知送到没有的通知")];
  const listed = await office.says("市办", "投递");
  expect(listed.facts.rows).toMatchObject([
    { id: second, audience: "海安领导", title: "不知送到没有的通知", state: "ambiguous" },
    { id: first, audience: "海安领导", title: "没送到的通知", state: "failed", error: "blocked" },
  ]);
  const one = await office.says("市办", `投递 ${first}`);
  expect(one.labels).toEqual([
    ...["重发", "已核实送达", "已电话通知", "不再发送"].map((way) => `${way} #${first}`),
    "投递",
  ]);
  const button = one.card.buttons.find((b) => b.label === `重发 #${first}`);
  const token = button?.kind === "press" ? button.token : "";
  expect((await office.presses("市办", token)).facts).toEqual({ way: "resend", deliveries: [first] });
  expect((await office.cardsOf("海安领导")).map((card) => card.title)).toContain("没送到的通知");
  expect((await office.presses("市办", token)).code).toBe("already-done");
  // What a human hasn't decided stays in doubt.
  expect(await states()).toMatchObject({ failed: 0, ambiguous: 1 });
  await office.presses("市办", (await office.says("市办", "投递")).labels.find((l) => /核实/.test(l)) ?? "");
  expect(await states()).toMatchObject({ ambiguous: 0, settled: 1 });
});

test.each([
  ["已核实送达", "arrived", "已记为送达"],
  ["已电话通知", "phoned", "已记为电话通知"],
  ["不再发送", "dropped", "不再发送"],
] as const)("%s settles it for good, with who decided, and leaves the list", async (label, way, says) => {
  const id = await doubtful(`拿不准的${way}`);
  await office.says("市办", `投递 ${id}`);
  expect((await office.presses("市办", `${label} #${id}`)).facts).toEqual({ way, deliveries: [id] });
  expect((await office.says("市办", "投递")).facts.rows).toEqual([]);
  expect((await office.says("市办", `投递 ${id}`)).text).toContain(`${says}（市办，`);
  const audit = await office.bot.store.read((r) => r.audit.latest(1));
  expect(audit).toMatchObject([{ act: "deliveries.settle", actor: "市办", subject: `delivery:${id}` }]);
  expect(JSON.stringify(audit)).toContain(`海安领导：拿不准的${way}`);
  // Nothing sends it again.
  await office.advanceTo("2020-06-15T08:31");
  expect((await rowOf(id)).state).toBe("settled");
});

test("a telephone call about an issue stands in the issue's history", async () => {
  const { facts } = await office.says("市办", "交办 海安 “电话通知的事” 3个工作日");
  const { no } = facts.issue;
  const issue = await office.bot.store.read((r) => r.issues.byNo(no));
  const id = await doubtful("新的交办", { subject: `issue:${issue?.id}` });
  await office.says("市办", `投递 ${id}`);
  await office.presses("市办", `已电话通知 #${id}`);
  expect((await office.says("市办", `问题 ${no}`)).text).toContain("电话通知");
});

test("all of them can be reached, page by page, and a page is decided at once", async () => {
  const ids: number[] = [];
  for (let n = 1; n <= 12; n += 1) ids.push(await doubtful(`第${n}件`));
  const first = await office.says("市办", "投递");
  expect(first.facts).toMatchObject({ total: 12, page: 1, pages: 2 });
  expect(first.facts.rows).toHaveLength(10);
  const second = await office.presses("市办", "下一页");
  expect(second.facts.rows.map((row: { id: number }) => row.id)).toEqual([ids[1], ids[0]]);
  await office.presses("市办", "本页全部不再发送");
  expect((await office.says("市办", "投递")).facts).toMatchObject({ total: 10, pages: 1 });
  expect((await office.says("市办", "投递 第2页")).code).toBe("bad-number");
  expect((await office.says("市办", "投递 99999")).code).toBe("no-data");
});
