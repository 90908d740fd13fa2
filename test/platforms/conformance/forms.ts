import { expect } from "vitest";
import { textOf, titled } from "./reading.ts";
import type { Declare } from "./suite.ts";

const OFFICE = "市办";

/** Forms, asked all at once or question by question. */
export function forms(declare: Declare): void {
  declare("a form tells a mistake in a field, is corrected there, and is carried out once", async (stage) => {
    await stage.arrives(OFFICE);
    const form = await stage.opens(OFFICE, "交办 海安");
    const wrong = await form.handsIn({ 问题描述: "改一处", 整改期限: "很快" });
    expect(wrong.mistake).toMatch(/期限|日期/);
    expect(await titled(stage, "改一处")).toEqual([]);
    const { mistake, answers } = await form.handsIn({ 问题描述: "改一处", 整改期限: "5个工作日" });
    expect(mistake).toBeNull();
    expect(textOf(answers)).toMatch(/已交办海安[\s\S]*改一处/);
    expect(await titled(stage, "改一处")).toHaveLength(1);
  });

  declare("a form handed in twice has one effect, and the second time is told which", async (stage) => {
    await stage.arrives(OFFICE);
    const form = await stage.opens(OFFICE, "交办 海安");
    await form.handsIn({ 问题描述: "交两次", 整改期限: "5个工作日" });
    const [issue] = await titled(stage, "交两次");
    expect(textOf(await form.again())).toContain(`已办理：${issue?.no} 交两次`);
    expect(await titled(stage, "交两次")).toEqual([issue]);
  });

  declare(
    "a restart in the midst of a form loses nothing of it: it goes on and is carried out once",
    async (stage) => {
      await stage.arrives(OFFICE);
      const form = await stage.opens(OFFICE, "交办 海安");
      await stage.restart();
      expect((await form.handsIn({ 问题描述: "填到一半", 整改期限: "很快" })).mistake).not.toBeNull();
      await stage.restart();
      const { answers } = await form.handsIn({ 问题描述: "填到一半", 整改期限: "5个工作日" });
      expect(textOf(answers)).toContain("填到一半");
      await stage.restart();
      expect(textOf(await form.again())).toContain("已办理：");
      expect(await titled(stage, "填到一半")).toHaveLength(1);
    },
  );
}
