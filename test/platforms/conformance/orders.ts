import { expect } from "vitest";
import type { Message, Stage } from "../../support/conformance.ts";
import { again, buttonOn, newest, textOf, titled } from "./reading.ts";
import type { Declare } from "./suite.ts";

const LIAISON = "海安联络员";
const OFFICE = "市办";

/** An order as the office has its answer and the unit its notice. */
async function given(stage: Stage, title: string): Promise<{ answer: Message; notice: Message; no: string }> {
  await stage.arrives(LIAISON);
  await stage.arrives(OFFICE);
  const [answer] = await stage.says(OFFICE, `交办 海安 “${title}” 3个工作日`);
  await stage.delivers();
  const [issue] = await titled(stage, title);
  return { answer: answer as Message, notice: await newest(stage, LIAISON, title), no: issue?.no ?? "" };
}

/** What an order still is that nobody has acknowledged: it can be corrected and withdrawn where it stands. */
export function orders(declare: Declare): void {
  declare(
    "a corrected order changes in the message that the unit has, and one line says what is different",
    async (stage) => {
      const { answer, notice, no } = await given(stage, "改交办");
      expect(textOf(await stage.says(OFFICE, `更正 ${no} 地点 城南路`))).toContain("城南路");
      const form = await stage.opens(OFFICE, buttonOn([answer], "更正"));
      const { mistake, answers } = await form.handsIn({ 整改期限: "2020-06-22" });
      // The answer's button is of before the first correction: nothing is changed by what its reader didn't see.
      expect(mistake ?? textOf(answers)).toContain("已有变化");
      await stage.delivers();
      const anew = await stage.opens(OFFICE, buttonOn([await again(stage, OFFICE, answer)], "更正"));
      expect(textOf((await anew.handsIn({ 整改期限: "2020-06-22" })).answers)).toContain("6月22日");
      await stage.delivers();
      const [first, ...lines] = await stage.stands(LIAISON);
      expect(first?.id).toBe(notice.id);
      expect(first?.text).toMatch(/6月22日[\s\S]*城南路/);
      expect(lines.map(({ text }) => /地点未填→“城南路”|整改期限6月18日→6月22日/.exec(text)?.[0])).toEqual([
        "地点未填→“城南路”",
        "整改期限6月18日→6月22日",
      ]);
    },
  );

  declare(
    "a withdrawn order says so where the unit has it, with the reason, and its old button does nothing",
    async (stage) => {
      const { answer, notice } = await given(stage, "撤交办");
      const form = await stage.opens(OFFICE, buttonOn([answer], "撤回"));
      expect(textOf((await form.handsIn({ 撤回理由: "重复交办" })).answers)).toContain("已撤回");
      await stage.delivers();
      const now = await again(stage, LIAISON, notice);
      expect(now.text).toMatch(/已撤回[\s\S]*重复交办/);
      expect(now.buttons.map(({ label }) => label)).not.toContain("签收");
      expect(textOf(await stage.presses(LIAISON, buttonOn([notice], "签收")))).toContain("已撤回");
      const [issue] = await titled(stage, "撤交办");
      expect(issue?.state).toBe("withdrawn");
    },
  );

  declare("whoever may consents to 作废 by its button, and who asked is told", async (stage) => {
    const { no } = await given(stage, "作废交办");
    await stage.says(LIAISON, `签收 ${no}`);
    expect(textOf(await stage.says(OFFICE, `作废 ${no} 工地已经拆除`))).toContain("已提请作废");
    await stage.arrives("市领导");
    const card = await stage.says("市领导", `问题 ${no}`);
    await (await stage.opens("市领导", buttonOn(card, "同意作废"))).handsIn({ 意见: "情况属实" });
    await stage.delivers();
    expect((await titled(stage, "作废交办"))[0]?.state).toBe("cancelled");
    await newest(stage, OFFICE, "已同意作废");
  });
}
