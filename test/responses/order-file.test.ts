import { afterAll, beforeAll, expect, test } from "vitest";
import { alertOrderOf } from "../../src/domain/responses/order-words.ts";
import { aPdf, sendingTo } from "../support/evidence.ts";
import type { AnOffice } from "../support/office.ts";
import { anOfficesTemplate } from "../support/templates.ts";
import { aResponseOffice } from "./stage.ts";

// The province's alert, forwarded to the bot as it came.

const ORDER = [
  "关于发布重污染天气橙色预警的通知",
  "苏大气办〔2020〕3号",
  "各设区市大气污染防治联席会议办公室：",
  "经会商研判，自12月11日0时起启动重污染天气橙色预警（Ⅱ级响应），解除时间另行通知。排放量>10吨&<50吨的按清单执行。",
];
const word = (parts: readonly string[]) => anOfficesTemplate(parts);

let office: AnOffice;
let sends: ReturnType<typeof sendingTo>;
beforeAll(async () => {
  office = await aResponseOffice("2020-12-10T17:00");
  sends = sendingTo(office);
});
afterAll(() => office.close());

test("what the Word order says is laid before the office, nothing starts by itself, and the order stays with the response", async () => {
  const asked = await sends("市办", undefined, { bytes: await word(ORDER), name: "预警通知.docx" });
  expect(asked.title).toBe("启动应急响应：请核对");
  for (const said of ["橙色预警Ⅱ级响应", "苏大气办〔2020〕3号", "12月11日 00:00", "全市"])
    expect(asked.text).toContain(said);
  expect((await office.says("市办", "应急")).facts.running).toBe(false);
  expect(asked.token("预警通知.docx")).toMatch(/^[\w-]{22}$/);

  const started = await office.presses("市办", asked.token("启动橙色预警响应"), {
    ...{ level: "橙色", documentNo: "苏大气办〔2020〕3号", start: "12月11日0时" },
  });
  expect(started.facts).toMatchObject({ level: "orange" });
  const [response] = await office.bot.store.read((r) => r.responses.running());
  const order = await office.bot.store.read((r) => r.evidence.byId(response?.evidenceId ?? 0));
  expect(order?.name).toBe("预警通知.docx");
});

test("a PDF or a picture is an order where 启动响应 stands below it", async () => {
  const asked = await sends("市办", "启动响应 橙色 苏大气办〔2020〕9号", { bytes: aPdf(), name: "通知.pdf" });
  expect(asked.labels).toEqual(["启动橙色预警响应"]);
  expect(asked.text).toContain("苏大气办〔2020〕9号");
});

test("an order comes as text, too", async () => {
  const bytes = new TextEncoder().encode(ORDER.join("\r\n").replace("3号", "21号"));
  const asked = await sends("市办", undefined, { bytes, name: "预警通知.txt" });
  expect(asked.text).toContain("苏大气办〔2020〕21号");
  expect(asked.token("预警通知.txt")).toMatch(/^[\w-]{22}$/);
});

test("what is called a text and is none is no order, whatever stands below it", async () => {
  const bytes = new Uint8Array([0x4d, 0x5a, 0x90, 0x00, 0xff, 0xff, 0xfe]);
  const sent = await sends("市办", "启动响应 橙色 苏大气办〔2020〕30号", { bytes, name: "通知.txt" });
  expect(sent.title).not.toContain("请核对");
});

test("while an alert runs, an order of a higher or lower level, and the one that lifts, are read as such", async () => {
  const order = (title: string, no: string, body: string) => word([title, no, "各设区市：", body]);
  const raised = await sends("市办", undefined, {
    bytes: await order(
      "关于将重污染天气橙色预警升级为红色预警的通知",
      "苏大气办〔2020〕22号",
      "自12月12日2时起升级为红色预警（Ⅰ级响应）。",
    ),
    name: "升级.docx",
  });
  expect(raised.title).toBe("重污染天气橙色预警Ⅱ级响应升级为红色：请核对");
  const changed = await office.presses("市办", raised.token("升级"), {
    ...{ level: "红色", documentNo: "苏大气办〔2020〕22号", start: "12月12日2时" },
  });
  expect(changed.facts).toMatchObject({ level: "red", round: 2 });
  // The board has the order that holds, and the one that started it.
  for (const said of ["苏大气办〔2020〕22号", "12月12日 02:00", "苏大气办〔2020〕3号，12月11日 00:00起"])
    expect(changed.text).toContain(said);
  const again = await sends("市办", undefined, {
    bytes: await order("关于发布重污染天气黄色预警的通知", "苏大气办〔2020〕23号", "启动黄色预警。"),
    name: "降级.docx",
  });
  expect(again.labels).toEqual(["降级"]);
  const lifted = await sends("市办", "解除响应 苏大气办〔2020〕24号", { bytes: aPdf(24), name: "解除.pdf" });
  expect(lifted.title).toBe("重污染天气红色预警Ⅰ级响应解除：请核对");
  expect(lifted.text).toContain("苏大气办〔2020〕24号");
  const ended = await office.presses("市办", lifted.token("解除"), { documentNo: "苏大气办〔2020〕24号" });
  expect(ended.facts).toMatchObject({ ended: true });
  const late = await sends("市办", undefined, {
    bytes: await order("关于解除重污染天气红色预警的通知", "苏大气办〔2020〕25号", "解除。"),
    name: "解除2.docx",
  });
  expect(late.message).toContain("现在没有进行中的应急响应");
});

test("anybody else's is none, nor is any other document", async () => {
  for (const [who, parts] of [
    ["督查", ORDER],
    ["海安联络员", ORDER],
    ["市办", ["关于整改情况的报告", "已完成整改。"]],
  ] as const) {
    const answer = await sends(who, undefined, { bytes: await word([...parts, who]), name: "文件.docx" });
    expect(answer.title, who).not.toContain("启动应急响应");
  }
});

test.each([
  ["the order", ORDER.join("\n"), "alert"],
  [
    "what lifts it",
    "关于解除重污染天气橙色预警的通知\n苏大气办〔2020〕6号\n橙色预警自12月13日解除。",
    "lift",
  ],
  ["a plan", "南通市重污染天气应急预案\n通政办发〔2019〕6号\n黄色预警、橙色预警、红色预警", null],
  [
    "an order that names the plan that it follows",
    "江苏省大气办\n苏大气办〔2020〕3号\n关于发布重污染天气黄色预警的通知\n各市：\n根据《江苏省重污染天气应急预案》，发布预警。",
    "alert",
  ],
  ["one without a number", "关于发布重污染天气橙色预警的通知\n自12月11日0时起", null],
  ["one without a level", "关于做好重污染天气预警应对的通知\n苏大气办〔2020〕3号", null],
  ["a report that speaks of one", "整改报告\n市办：\n重污染天气橙色预警 苏大气办〔2020〕3号", null],
  [
    "one that changes the level",
    "关于将重污染天气黄色预警升级为橙色预警的通知\n苏大气办〔2020〕5号\n各市：",
    "alert",
  ],
  ["what lifts without a number", "关于解除重污染天气橙色预警的通知\n各市：", null],
])("whether a document is an order: %s", (_what, text, is) => expect(alertOrderOf(text)).toBe(is));
