import { expect, test } from "vitest";
import { anOffice } from "../support/office.ts";

test("the demonstration has a station that stands out on a morning in July: told, risen, cleared", async () => {
  const office = await anOffice({ at: "2020-07-22T05:00" });
  await office.expectCards([], { job: "anomaly" });
  await office.advanceTo("2020-07-22T17:00");
  const all = await office.bot.store.read((r) => r.outbox.after(0));
  const told = all.filter(({ row, audience }) => row.job === "anomaly" && audience === "海安联络员");
  expect(told.map(({ row }) => row.title)).toEqual([
    "异常：演示·海安二号站PM10浓度超标（轻度），另3项",
    "加重：演示·海安二号站PM10浓度超标（中度）",
    "已解除：演示·海安二号站PM2.5快速上升",
    "已解除：演示·海安二号站PM10浓度超标（中度），另2项",
  ]);
  expect((await office.says("市办", "异常")).facts).toMatchObject({ running: [], begun: 4 });
  office.close();
});
