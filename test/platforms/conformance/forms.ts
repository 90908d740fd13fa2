import { expect } from "vitest";
import { aPhoto } from "../../support/evidence.ts";
import { buttonOn, newest, textOf, titled } from "./reading.ts";
import type { Declare } from "./suite.ts";

const OFFICE = "市办";
const LIAISON = "海安联络员";
const NO = "NT-2020-000006";

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

  declare(
    "units that help are written into the form, have a card of their own and act there, until they are taken off",
    async (stage) => {
      await Promise.all([OFFICE, "公安联络员"].map(stage.arrives));
      const form = await stage.opens(OFFICE, "交办 海安");
      const order = { 问题描述: "交界处堆土", 整改期限: "5个工作日", 主办部门: "工信局" };
      const wrong = await form.handsIn({ ...order, 协办单位: "苏州市水务局" });
      expect(wrong.mistake).toContain("不是本市的部门");
      expect(textOf((await form.handsIn({ ...order, 协办单位: "公安局" })).answers)).toContain("协办单位");
      await stage.delivers();
      const card = await newest(stage, "公安联络员", "请协办：交界处堆土");
      expect(card.text).toContain("海安（工信）主办");
      expect(card.buttons.map(({ label }) => label)).toEqual(["签收任务", "反馈情况", "补充说明"]);
      const [issue] = await titled(stage, "交界处堆土");
      expect(textOf(await stage.says("公安联络员", `签收 ${issue?.no}`))).toContain("已签收任务");
      expect(textOf(await stage.says("公安联络员", `补充 ${issue?.no} 已派员到场`))).toContain("已派员到场");
      await stage.office.says(OFFICE, `问题 ${issue?.no} 更多`);
      await stage.office.presses(OFFICE, "调整协办", { leaving: "公安局" });
      await stage.delivers();
      expect(textOf(await stage.says("公安联络员", `问题 ${issue?.no}`))).toContain("不在您的权限范围内");
      expect(textOf(await stage.stands("公安联络员")).split("不再由您单位办理").length).toBe(3);
    },
  );

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

  declare(
    "a field that is drawn on a photo elsewhere is text wherever nothing can be drawn",
    async (stage) => {
      await Promise.all([OFFICE, LIAISON].map(stage.arrives));
      await stage.sends(LIAISON, { name: "现场.jpg", bytes: await aPhoto(200) }, `${NO} 整改前`);
      const chosen = await stage.opens(OFFICE, buttonOn(await stage.says(OFFICE, `曝光 ${NO}`), "选作曝光"));
      const { answers } = await chosen.handsIn({ 公开内容: "工地裸土未覆盖" });
      const form = await stage.opens(OFFICE, buttonOn(answers, "选用照片1"));
      expect((await form.handsIn({ 遮挡位置: "左上角" })).mistake).toContain("左,上,宽,高");
      const taken = await form.handsIn({ 遮挡位置: "0,0,200,300；500,500,100,100" });
      expect(textOf(taken.answers)).toContain("遮挡2处");
    },
  );
}
