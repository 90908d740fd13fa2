import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Lantian } from "../../src/bot/lantian.ts";
import { fixedClock } from "../../src/clock.ts";
import { workDeadlines } from "../../src/scheduler/deadlines.ts";
import { workFolds } from "../../src/scheduler/fold.ts";
import { reconcile } from "../../src/scheduler/reconcile.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";

const LIAISON = "海安联络员";
/** Whose morning brings a notice and a reminder. */
const LEAD = "通州领导";
let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-15T08:30" });
});
afterEach(() => office.close());

/** Messages of one person since the start, as they stand in the chat. */
const messages = async (name = LIAISON) => {
  const rows = await office.bot.store.read((r) => r.outbox.after(0));
  return rows
    .filter(({ row, audience }) => audience === name && row.state === "sent")
    .map(({ row }) => row.title);
};
const pieces = async (name = LIAISON) =>
  (await piecesAfter(office.bot, 0)).filter(({ to }) => to === name).map(({ title }) => title);
const personId = async (name = LIAISON) =>
  (await office.bot.store.read((r) => r.people.byName(name)))?.id ?? 0;
/** A card for somebody that a change has caused, such as a notice that something was done. */
const card = async (
  title: string,
  more: { subject?: string; class?: "card" | "must-arrive"; together?: true; uncounted?: "signature" } = {},
) => {
  const { class: kind = "card", together, uncounted, ...rest } = more;
  const at = (await office.bot.clock.now()).epochMilliseconds;
  const to = { personId: await personId() };
  await office.bot.store.write((w) =>
    w.outbox.queue(
      {
        key: `test/${title}`,
        to,
        class: kind,
        ...(together ? { together } : {}),
        ...(uncounted ? { uncounted } : {}),
        card: { title, ...{ blocks: [] }, ...rest },
      },
      at,
    ),
  );
};

describe("what one person gets at one time", () => {
  test("is one message, of which each part opens as it was written", async () => {
    await office.advanceTo("2020-06-15T09:00");
    const [title = "", ...more] = await messages(LEAD);
    expect(more).toEqual([]);
    expect(title).toMatch(/^空气质量周通报（2020年6月8日至14日）；待县级确认提醒：/);
    expect(await pieces(LEAD)).toHaveLength(2);
    const whole = (await office.cardsOf(LEAD)).at(-1);
    expect(whole?.buttons).toHaveLength(2);
    const [notice, reminder] = whole?.buttons.map(({ label }) => label) ?? [];
    expect((await office.presses(LEAD, notice ?? "")).card.title).toBe(
      "空气质量周通报（2020年6月8日至14日）",
    );
    expect((await office.presses(LEAD, reminder ?? "")).labels).toContain("县级确认");
  });

  test("is opened by nobody else", async () => {
    await office.advanceTo("2020-06-15T09:00");
    const [row] = (await office.bot.store.read((r) => r.outbox.after(0))).filter(
      ({ audience }) => audience === LIAISON,
    );
    expect((await office.says("如皋联络员", `简报 ${row?.row.id}`)).code).toBe("no-data");
  });

  test("goes out once, however many work it off at a time", async () => {
    const nine = Temporal.PlainDateTime.from("2020-06-15T09:00").toZonedDateTime("Asia/Shanghai").toInstant();
    await office.advanceTo("2020-06-15T08:31");
    const there: Lantian = { ...office.bot, clock: fixedClock(nine) };
    await reconcile(there);
    await workDeadlines(there);
    await card("另一条", { together: true });
    const worked = await Promise.all([1, 2, 3].map(() => workFolds(there)));
    expect(worked.toSorted().slice(0, 2)).toEqual([0, 0]);
    await office.advanceTo("2020-06-15T09:01");
    expect(await messages()).toHaveLength(1);
    const all = await pieces();
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("a digest", () => {
  const chosen = async (hour: number) => {
    await office.says(LIAISON, "我的设置");
    await office.presses(LIAISON, "每天一条简报", { at: String(hour) });
  };

  test("brings all that can wait in one message at its hour; what must arrive comes at once", async () => {
    await chosen(17);
    await office.advanceTo("2020-06-15T09:00");
    await card("海安的一件已办");
    await card("重大的一件", { class: "must-arrive" });
    await office.advanceTo("2020-06-15T16:59");
    expect(await messages()).toEqual(["重大的一件"]);
    expect((await office.says(LIAISON, "简报")).facts).toMatchObject({
      digest: { hour: 17, why: "chosen" },
      waiting: expect.arrayContaining([expect.objectContaining({ title: "海安的一件已办" })]),
    });
    await office.advanceTo("2020-06-15T17:00");
    expect(await messages()).toEqual(["重大的一件", "简报 6月15日（3项）"]);
    await office.advanceTo("2020-06-15T23:59");
    expect(await messages()).toHaveLength(2);
    const all = await pieces();
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(4);
  });

  test("shows an item as it stands, before and after it has gone out", async () => {
    await chosen(17);
    const { facts } = await office.says("市办", "交办 海安 “简报里的一件” 5个工作日");
    const issue = await office.bot.store.read((r) => r.issues.byNo(facts.issue.no));
    await card("关于这一件", { subject: `issue:${issue?.id}` });
    await office.advanceTo("2020-06-15T12:00");
    await office.says(LIAISON, `签收 ${facts.issue.no}`);
    await office.advanceTo("2020-06-15T17:00");
    const digest = async () =>
      JSON.stringify(
        (await office.cardsOf(LIAISON)).findLast(({ title }) => title.startsWith("简报"))?.blocks,
      );
    expect(await digest()).toContain("简报里的一件");
    expect(await digest()).not.toContain("关于这一件");
    await office.says("市办", `作废 ${facts.issue.no} 工地已拆除`);
    await office.says("海安领导", `同意作废 ${facts.issue.no}`);
    await office.advanceTo("2020-06-15T17:01");
    expect(await digest()).toContain("作废");
    expect((await messages()).filter((title) => title.startsWith("简报"))).toHaveLength(1);
  });

  test("that somebody no longer wants goes out at once, each message by itself", async () => {
    await chosen(17);
    await card("等着的一件");
    await office.advanceTo("2020-06-15T08:45");
    expect(await messages()).toEqual([]);
    await office.says(LIAISON, "我的设置");
    await office.presses(LIAISON, "改为逐条发送");
    await office.advanceTo("2020-06-15T08:46");
    expect(await messages()).toEqual(["等着的一件"]);
  });

  test.each(["24", "-1", "9.5", "早上"])("is refused at %s", async (at) => {
    await office.says(LIAISON, "我的设置");
    expect((await office.presses(LIAISON, "每天一条简报", { at })).code).toBe("bad-number");
  });
});

test("who has had as much as the plan allows gets one digest a working day, which says so, and never more than the limit", async () => {
  for (let day = 15; day <= 21; day += 1)
    for (const hour of ["10", "11", "14"]) {
      await office.advanceTo(`2020-06-${day}T${hour}:00`);
      await card(`第${day}日${hour}点`);
    }
  await office.advanceTo("2020-06-22T08:00");
  const sent = await messages();
  expect(sent.length).toBeLessThanOrEqual(10);
  const eased = (await office.cardsOf(LIAISON)).find(({ title }) => title.startsWith("简报"));
  expect(JSON.stringify(eased?.blocks)).toMatch(/本周已给您发了\d条，不急的改为工作日16点合并成一条/);
  // Nothing is lost: the weekend's waits for Monday.
  await office.advanceTo("2020-06-22T16:00");
  const all = await pieces();
  expect(all.filter((title) => title.startsWith("第"))).toHaveLength(21);
  expect(new Set(all).size).toBe(all.length);
});

test("over the limit what must be read comes with the rest, and what nobody may wait for by itself and uncounted", async () => {
  await office.advanceTo("2020-06-15T09:01");
  for (let n = 1; n <= 12; n += 1) {
    await card(`必读第${n}条`, { class: "must-arrive" });
    await card(`请签收第${n}条`, { class: "must-arrive", uncounted: "signature" });
    await office.advanceTo(`2020-06-15T09:${n + 10}`);
  }
  const sent = await messages();
  expect(sent.filter((title) => title.startsWith("请签收"))).toHaveLength(12);
  // With the morning's one five are sent: a digest on each of the five working days has room.
  expect(sent.filter((title) => title.startsWith("必读"))).toHaveLength(4);
  await office.advanceTo("2020-06-15T16:00");
  expect((await pieces()).filter((title) => title.startsWith("必读"))).toHaveLength(12);
  expect((await messages()).at(-1)).toMatch(/^简报 6月15日/);
});

test("a digest of one thing is that thing, says why it came so late, and follows what becomes of it", async () => {
  await office.advanceTo("2020-06-15T09:01");
  for (let n = 1; n <= 9; n += 1) await card(`第${n}条`);
  await office.advanceTo("2020-06-16T10:00");
  const { no, id } = (await office.bot.store.read((r) => r.issues.byNo("NT-2020-000006"))) ?? {
    no: "",
    id: 0,
  };
  await card("关于一件", { subject: `issue:${id}` });
  await office.advanceTo("2020-06-16T16:00");
  expect((await messages()).at(-1)).toBe("关于一件");
  const stands = async () => (await office.cardsOf(LIAISON)).at(-1);
  expect(JSON.stringify((await stands())?.blocks)).toMatch(/本周已给您发了\d条/);
  await office.says(LIAISON, `签收 ${no}`);
  await office.advanceTo("2020-06-16T16:01");
  const after = (await office.cardsOf(LIAISON)).find(
    ({ blocks }) => /本周已给您发了/.test(JSON.stringify(blocks)) && JSON.stringify(blocks).includes(no),
  );
  expect(JSON.stringify(after?.blocks)).toContain("已签收");
});

test("what a stop has held up counts in the week in which it goes out", async () => {
  await office.advanceTo("2020-06-19T15:00");
  for (let n = 1; n <= 9; n += 1) await card(`停运前第${n}条`, { class: "must-arrive" });
  await office.wakesAt("2020-06-22T08:00");
  const rowOf = async (period: string) =>
    (await office.says("市办", `负担 ${period}`)).facts.rows.find(
      ({ person }: { person: string }) => person === LIAISON,
    );
  await office.advanceTo("2020-06-28T23:00");
  expect((await rowOf("2020-06-22..2020-06-28")).messages).toBeGreaterThan(1);
  expect((await rowOf("2020-06-22..2020-06-28")).messages).toBeLessThanOrEqual(10);
  expect((await rowOf("2020-06-15..2020-06-21")).byKind.notice).toBeUndefined();
});

test("a digest of working days that a stop has made late doesn't come on a day off or at night", async () => {
  await office.advanceTo("2020-06-16T10:00");
  for (let n = 1; n <= 12; n += 1) await card(`第${n}条`);
  await office.advanceTo("2020-06-18T10:00");
  for (let n = 13; n <= 14; n += 1) await card(`第${n}条`);
  await office.advanceTo("2020-06-19T15:00");
  await card("停运前的一条");
  await office.advanceTo("2020-06-19T15:01");
  const before = await messages();
  await office.wakesAt("2020-06-20T22:06");
  expect(await messages()).toEqual(before);
  await office.advanceTo("2020-06-22T15:59");
  expect((await messages()).filter((title) => title.startsWith("简报 6月22日"))).toEqual([]);
  await office.advanceTo("2020-06-22T16:00");
  expect(await pieces()).toContain("停运前的一条");
  expect((await messages()).at(-1)).toMatch(/^简报 6月22日/);
});
