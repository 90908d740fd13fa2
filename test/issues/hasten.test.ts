import { afterEach, beforeEach, expect, test } from "vitest";
import type { AnOffice } from "../support/office.ts";
import { aStage, type Stage } from "./loop/stage.ts";

let stage: Stage;
let office: AnOffice;
beforeEach(async () => {
  stage = await aStage("2020-06-15T10:00");
  stage.emptied();
  office = stage.office;
});
afterEach(() => stage.close());

test("a unit is reminded by hand once a day, by word or by button, and the history keeps it", async () => {
  await office.says("市办", "交办 海安 “工地裸土未覆盖” 2020-06-30");
  const dated = await office.says("市办", "催办 7 请今天报进展");
  expect(dated.message).toBe(
    "“催办”不填期限。日期是说明里的话，请加引号，例如：催办 NT-2020-000007 “请今天办”。",
  );
  await office.expectCards([{ to: "海安联络员", title: /^新的交办/ }]);
  const { facts } = await office.says("市办", "催办 7 “请今天报进展”");
  expect(facts.issue).toMatchObject({ state: "assigned", due: "2020-06-30" });
  expect(facts.issue.history.at(-1)).toMatchObject({ step: "催办", by: "市办", text: "请今天报进展" });
  await office.expectCards([
    { to: "海安联络员", title: "海安被催办：工地裸土未覆盖" },
    { to: "海安领导", title: "海安被催办：工地裸土未覆盖" },
  ]);

  expect((await office.says("督查", "催一下7号")).message).toContain("今天已经催办过，每天最多一次");
  expect((await office.says("市办", "问题 7")).labels).not.toContain("催办");
  expect((await office.says("海安联络员", "催办 7")).message).toContain("须由市办、督查办理");
  await office.expectCards([]);

  await office.wakesAt("2020-06-16T08:30");
  await office.says("市办", "问题 7");
  await office.presses("市办", "催办", {});
  expect((await office.says("市办", "问题 7")).facts.issue.history.at(-1)).toMatchObject({ step: "催办" });
});
