import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { drawLot } from "../../src/domain/issues/draw-spot-checks.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const HAIAN = "NT-2020-000006";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
  // Every closed issue is drawn.
  const { settings } = office.bot.office.pack;
  office.bot.office = {
    ...office.bot.office,
    pack: {
      ...office.bot.office.pack,
      settings: { ...settings, issues: { ...settings.issues, spotCheckPct: 100 } },
    },
  };
});
afterEach(() => office.close());

async function closes(no: string) {
  await office.says("海安联络员", no);
  await office.presses("海安联络员", "签收");
  await office.photographs("海安联络员", no);
  await office.says("海安联络员", no);
  await office.presses("海安联络员", "提交整改", { measures: "已覆盖" });
  await office.says("海安领导", no);
  await office.presses("海安领导", "县级确认");
  await office.says("督查", no);
  await office.presses("督查", "复核通过");
}

async function checker(): Promise<string> {
  const check = (await office.bot.store.read((r) => r.spotChecks.inState("open")))[0]?.check;
  const person = await office.bot.store.read((r) => r.people.byId(check?.checkerId ?? 0));
  return person?.name ?? "";
}

test("a closed issue that is drawn goes to somebody of another unit who had no hand in it", async () => {
  await closes(HAIAN);
  const who = await checker();
  expect(who).not.toMatch(/^$|海安|住建|督查|市办/);
  const cards = await office.cardsOf(who);
  expect(cards.at(-1)).toMatchObject({ title: expect.stringMatching(/^现场抽查：海安/) });
  expect((await office.says(who, HAIAN)).facts.issue.no).toBe(HAIAN);
  expect((await office.says(who, "抽查")).facts.rows).toMatchObject([
    { no: HAIAN, checker: who, checkDue: "2020-06-22" },
  ]);
  expect((await office.says("市办", "抽查")).facts.rows).toMatchObject([{ no: HAIAN, checker: who }]);
});

test("what is found goes to the office; only the drawn checker can say it, and once", async () => {
  await closes(HAIAN);
  const who = await checker();
  await office.expectCards((await sentSoFar()).map(({ to, title }) => ({ to, title })));
  const mine = await office.says(who, "抽查");
  const button = mine.card.buttons.find((b) => b.label.startsWith("抽查不合格"));
  const token = button?.kind === "press" ? button.token : "";
  const failed = await office.presses(who, `抽查不合格 ${HAIAN}`, { text: "仍有裸土" });
  expect(failed.facts.issue.history.at(-1)).toMatchObject({ step: "抽查不合格", by: who, text: "仍有裸土" });
  await office.expectCards([{ to: "市办", title: /^抽查不合格：海安/ }]);
  expect((await office.presses(who, token, { text: "再报" })).code).toBe("already-done");
  expect((await office.says(who, HAIAN)).code).toBe("forbidden");
  // The card that was pushed to the checker offers nothing any more.
  expect((await office.cardsOf(who)).at(-1)?.buttons).toEqual([]);

  const reopened = await office.presses("市办", "重新整改（反弹）", { text: "抽查不合格", due: "5个工作日" });
  expect(reopened.facts.issue).toMatchObject({ state: "rectifying", due: "2020-06-22" });
});

test("who doesn't look is reminded every working day from the deadline on", async () => {
  await closes(HAIAN);
  const who = await checker();
  await office.expectCards((await sentSoFar()).map(({ to, title }) => ({ to, title })));
  await office.advanceTo("2020-06-23T12:00");
  const reminders = (await office.bot.store.read((r) => r.outbox.after(0))).filter(
    ({ row, audience }) => audience === who && row.title.includes("抽查任务提醒"),
  );
  expect(reminders).toHaveLength(2);
});

async function sentSoFar() {
  const rows = await office.bot.store.read((r) => r.outbox.after(0));
  return rows.map(({ row, audience }) => ({ to: audience, title: row.title }));
}

describe("the lot", () => {
  const drawn = (pct: number, seed = "蓝天") =>
    Array.from({ length: 10_000 }, (_, i) => drawLot(`NT-2020-${i}`, 0, { seed, pct })).filter(
      (lot) => lot !== null,
    );

  test("draws the share that was asked for, none for 0 and all for 100", () => {
    expect(drawn(0)).toHaveLength(0);
    expect(drawn(100)).toHaveLength(10_000);
    expect(drawn(10).length).toBeGreaterThan(900);
    expect(drawn(10).length).toBeLessThan(1100);
  });

  test("is the same for everybody who knows the seed, and another for another seed", () => {
    expect(drawn(10)).toEqual(drawn(10));
    expect(drawn(10)).not.toEqual(drawn(10, "另一个"));
  });

  test("a larger share holds the smaller", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.nat(5),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        (no, closing, a, b) => {
          const [less, more] = [Math.min(a, b), Math.max(a, b)];
          const small = drawLot(no, closing, { seed: "s", pct: less });
          if (small !== null) expect(drawLot(no, closing, { seed: "s", pct: more })).toBe(small);
        },
      ),
    );
  });
});
