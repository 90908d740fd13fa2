import { expect } from "vitest";
import { again, buttonOn, textOf, titled } from "./reading.ts";
import type { Declare } from "./suite.ts";

const LIAISON = "海安联络员";
const OFFICE = "市办";

/** What comes of a message that is edited. */
export function edits(declare: Declare): void {
  declare(
    "a slip that is edited is answered in the place of its refusal",
    async (stage) => {
      await stage.arrives(LIAISON);
      const [refusal] = await stage.says(LIAISON, "海按 5月");
      if (refusal === undefined) throw new Error("nothing was answered");
      expect(await stage.edits?.(LIAISON, "海俺 5月")).toEqual([]);
      expect(await stage.edits?.(LIAISON, "海安 5月")).toEqual([]);
      expect((await again(stage, LIAISON, refusal)).text).toContain("PM2.5");
      // By now it is answered, and stays so.
      expect(await stage.edits?.(LIAISON, "海安 4月")).toEqual([]);
      expect((await again(stage, LIAISON, refusal)).text).toContain("5月");
    },
    "edits",
  );

  declare(
    "what was done stays when its message is edited, and its author is told once",
    async (stage) => {
      await stage.arrives(OFFICE);
      await stage.says(OFFICE, "交办 海安 “改之前” 3个工作日");
      const told = textOf((await stage.edits?.(OFFICE, "交办 如皋 “改之后” 3个工作日")) ?? []);
      expect(told).toContain("修改消息没有作用");
      expect(told).toContain("已交办海安");
      expect(await stage.edits?.(OFFICE, "交办 如东 “又改了” 3个工作日")).toEqual([]);
      expect(await titled(stage, "改之前")).toHaveLength(1);
      expect([...(await titled(stage, "改之后")), ...(await titled(stage, "又改了"))]).toEqual([]);
    },
    "edits",
  );

  declare(
    "an order that was read back and is mended has one effect, whatever is pressed afterwards",
    async (stage) => {
      await stage.arrives(OFFICE);
      const asked = await stage.says(OFFICE, "交办 海按 “改好再办” 3个工作日");
      const confirm = buttonOn(asked, "确认");
      expect(await stage.edits?.(OFFICE, "交办 海安 “改好再办” 3个工作日")).toEqual([]);
      expect((await again(stage, OFFICE, asked[0] as never)).text).toContain("已交办海安");
      expect(textOf(await stage.presses(OFFICE, confirm))).toContain("已办理");
      expect(await titled(stage, "改好再办")).toHaveLength(1);
    },
    "edits",
  );

  declare(
    "an order that was confirmed stays when its message is edited",
    async (stage) => {
      await stage.arrives(OFFICE);
      const asked = await stage.says(OFFICE, "交办 海按 “先确认” 3个工作日");
      await stage.presses(OFFICE, buttonOn(asked, "确认"));
      expect(await titled(stage, "先确认")).toHaveLength(1);
      const told = textOf((await stage.edits?.(OFFICE, "交办 海安 “先确认” 3个工作日")) ?? []);
      expect(told).toContain("修改消息没有作用");
      expect(await titled(stage, "先确认")).toHaveLength(1);
    },
    "edits",
  );
}
