import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const total = async () => (await office.says("市办", "问题")).facts.total;

test("an order of which something is left over is read back, and goes out once it is confirmed, once", async () => {
  const asked = await office.says("市办", "交办 如皋 “花市街积尘” 3天 急");
  expect(asked.facts.asks).toEqual(["急"]);
  expect(asked.facts.understood.args).toMatchObject({
    county: "如皋",
    title: "花市街积尘",
    due: "2020-06-18",
  });
  expect(asked.labels).toEqual(["确认", "修改", "取消"]);
  expect(await total()).toBe(6);
  await office.expectCards([]);

  const [confirm, , cancel] = asked.card.buttons;
  if (confirm?.kind !== "press" || cancel?.kind !== "press") throw new Error("no buttons");
  const done = await office.presses("市办", confirm.token);
  expect(done.facts.issue).toMatchObject({ title: "花市街积尘", county: "如皋", due: "2020-06-18" });
  await office.expectCards([{ to: "如皋联络员", title: "新的交办：花市街积尘" }]);

  expect((await office.presses("市办", confirm.token)).card.title).toMatch(/^已办理/);
  expect((await office.presses("市办", cancel.token)).card.title).toMatch(/^已办理/);
  const change = asked.card.buttons[1];
  if (change?.kind !== "press") throw new Error("no button");
  const again = await office.presses("市办", change.token, { county: "如皋", title: "花市街积尘" });
  expect(again.card.title).toMatch(/^已办理/);
  expect(await total()).toBe(7);
});

test("an order that was cancelled can't be confirmed any more", async () => {
  const { card } = await office.says("市办", "交办 如皋 “花市街积尘” 3天 急");
  const [confirm, , cancel] = card.buttons;
  if (confirm?.kind !== "press" || cancel?.kind !== "press") throw new Error("no buttons");
  expect((await office.presses("市办", cancel.token)).card.title).toBe("已取消：没有交办");
  await office.presses("市办", confirm.token);
  expect(await total()).toBe(6);
  await office.expectCards([]);
});

test("several counties get one issue each, of one batch, from an order that is whole", async () => {
  const { facts, text } = await office.says("市办", "交办 海安、如皋 “国道两侧裸土” 3个工作日");
  expect(facts.issues.map((i: { county: string; due: string }) => [i.county, i.due])).toEqual([
    ["海安", "2020-06-18"],
    ["如皋", "2020-06-18"],
  ]);
  expect(text).toContain("按此办理");
  await office.expectCards(
    ["海安联络员", "如皋联络员"].map((to) => ({ to, title: "新的交办：国道两侧裸土" })),
  );
  expect((await office.says("市办", "问题 国道两侧裸土")).facts.total).toBe(2);
});

test("whoever may not give orders is refused before anything is read back", async () => {
  expect((await office.says("海安联络员", "交办 如皋 “花市街积尘” 急")).code).toBe("forbidden");
});

test("a step is taken by word; without its number it is asked which, without its reason for the reason", async () => {
  const asked = await office.says("海安联络员", "签收");
  expect(asked.facts.asks).toEqual(["NT-2020-000006"]);
  expect((await office.says("海安联络员", "退回 6")).facts.asks).toEqual(["退回理由"]);
  expect((await office.says("市办", "NT-2020-6")).facts.issue.state).toBe("assigned");
  expect((await office.says("海安联络员", "签收 6")).facts.understood.command).toBe("acknowledge");
  expect((await office.says("市办", "NT-2020-6")).facts.issue.state).toBe("acknowledged");
});

test("a refusal names the piece that it is about", async () => {
  const culpritOf = async (text: string) => {
    const { answer } = await import("../../src/bot/router.ts").then(async ({ ask }) => {
      const person = await office.bot.store.read((r) => r.people.byName("市办"));
      return ask(
        office.bot,
        { identity: { platform: "terminal", workspace: "", userKey: "x" }, person },
        text,
      );
    });
    return "code" in answer ? answer.culprit : null;
  };
  expect(await culpritOf("排名 水质")).toBe("水质");
  expect(await culpritOf("海安 13月")).toBe("13月");
  expect(await culpritOf("任务 31")).toBe("31");
});
