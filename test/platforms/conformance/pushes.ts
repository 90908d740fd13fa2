import { expect } from "vitest";
import type { Card } from "../../../src/chat/card.ts";
import { count, queue } from "./queueing.ts";
import { expectInOrder, newest, textOf } from "./reading.ts";
import type { Declare } from "./suite.ts";

const LIAISON = "海安联络员";
const OFFICE = "市办";

/** What is pushed to people and groups. */
export function pushes(declare: Declare): void {
  declare(
    "what is pushed to somebody arrives once each, in the order in which it was written",
    async (stage) => {
      await stage.arrives(LIAISON);
      const titles = [];
      for (let i = 0; i < 6; i += 1) titles.push(await queue(stage, LIAISON));
      await stage.delivers();
      const all = await stage.stands(LIAISON);
      expectInOrder(textOf(all), titles);
      expect(all).toHaveLength(titles.length);
    },
  );

  declare("a long notice stands whole and in order, or says how much of it is left out", async (stage) => {
    await stage.arrives(LIAISON);
    const rows = Array.from({ length: 400 }, (_, i) => [`甲${i}乙`, "内容".repeat(12)]);
    const blocks = [{ kind: "table", columns: [{ title: "序" }, { title: "内容" }], rows }] as const;
    await queue(stage, LIAISON, { title: "长通报", blocks });
    await stage.delivers();
    const text = textOf(await stage.stands(LIAISON));
    const shown = text.match(/甲\d+乙/g) ?? [];
    expect(shown).toEqual(rows.slice(0, shown.length).map(([first]) => first));
    expect(shown.length).toBeGreaterThan(100);
    if (shown.length < rows.length) expect(text).toMatch(/共400行|还有约\d+行/);
  });

  declare("a long text is read to its end, without a break inside a character", async (stage) => {
    await stage.arrives(LIAISON);
    const lines = Array.from({ length: 80 }, (_, i) => `第${i}条：${"落实扬尘管控👷🏽".repeat(8)}`);
    await queue(stage, LIAISON, { title: "长文", blocks: [{ kind: "text", text: lines.join("\n") }] });
    await stage.delivers();
    expectInOrder(textOf(await stage.stands(LIAISON)), lines);
  });

  declare(
    "a group reads what is pushed to it; buttons, which are somebody's own, stand in private only",
    async (stage) => {
      await stage.arrives(LIAISON);
      const action = { action: "issue.acknowledge", params: { issue: 1, version: 1 } };
      const buttons = [{ kind: "press", label: "签收", ...action }] as const;
      const card: Card = { title: "周通报", blocks: [{ kind: "text", text: "请知悉" }], buttons };
      await queue(stage, { chatId: (await stage.group?.binds("haian")) ?? 0 }, card);
      await queue(stage, LIAISON, card);
      await stage.delivers();
      const [inGroup, ...more] = (await stage.group?.stands()) ?? [];
      expect(more).toEqual([]);
      expect(inGroup?.text).toMatch(/周通报[\s\S]*请知悉/);
      expect(inGroup?.buttons).toEqual([]);
      const [inPrivate] = await stage.stands(LIAISON);
      expect(inPrivate?.buttons.map(({ label }) => label)).toEqual(["签收"]);
    },
    "group",
  );

  declare(
    "what was to be sent when the bot stopped is sent by the next one, once; old buttons act",
    async (stage) => {
      await stage.arrives(LIAISON);
      await stage.office.says(OFFICE, "交办 海安 “停机前后” 3个工作日");
      await stage.delivers();
      const { buttons } = await newest(stage, LIAISON, "停机前后");
      const title = await queue(stage, LIAISON);
      for (let i = 0; i < 2; i += 1) await stage.restart();
      await stage.delivers();
      expect(await count(stage, LIAISON, [title])).toEqual([1]);
      const button = buttons.find(({ label }) => label === "签收");
      if (button === undefined) throw new Error("no button to press");
      expect(textOf(await stage.presses(LIAISON, button))).toContain("已签收");
    },
  );
}
