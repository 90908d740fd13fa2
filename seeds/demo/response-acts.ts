import type { DemoAct } from "./demo-act.ts";

// A rehearsal in November; in December an alert that rises at two in the morning and is lifted the day after. Not all answer.

const says = "应急";

/** Each of these presses the same after so many minutes. */
const each = (from: string, press: string, minutes: Readonly<Record<string, number>>): DemoAct[] =>
  Object.entries(minutes).map(([who, after]) => ({
    at: Temporal.PlainDateTime.from(from).add({ minutes: after }).toString({ smallestUnit: "minute" }),
    ...{ who, says, press },
  }));

const report = (at: string, who: string, executing: string, text = ""): DemoAct => ({
  ...{ at, who, press: "报执行情况" },
  fill: { executing, ...(text === "" ? {} : { text }) },
});

const rehearsal: readonly DemoAct[] = [
  {
    ...{ at: "2020-11-05T09:30", who: "市办", press: "启动" },
    says: "应急演练 橙色 演练〔2020〕1号 海安 通州",
  },
  ...each("2020-11-05T09:30", "签收", {
    海安联络员: 12,
    海安企业联系人: 20,
    通州联络员: 35,
    生态环境联络员: 8,
  }),
  {
    ...{ at: "2020-11-05T10:15", who: "海安企业联系人", says, press: "报执行" },
    fill: { reading: "3120", text: "演练：2台中频炉模拟停炉" },
  },
  { ...{ at: "2020-11-05T11:30", who: "市办", says, press: "演练解除" }, fill: { documentNo: "演练结束" } },
];

const alert: readonly DemoAct[] = [
  {
    ...{ at: "2020-12-17T17:00", who: "市办", press: "启动" },
    says: "启动响应 黄色 演示大气办〔2020〕12号 12月18日0时起",
  },
  ...each("2020-12-17T17:00", "签收", {
    ...{ 海安联络员: 9, 通州联络员: 14, 启东联络员: 22, 如皋联络员: 31, 崇川联络员: 40, 海门联络员: 55 },
    ...{ 如东联络员: 84, 市开发区联络员: 96, 生态环境联络员: 6, 城管联络员: 28, 住建联络员: 47 },
    ...{ 海安企业联系人: 18, 启东企业联系人: 33, 海门企业联系人: 71, 通州企业联系人: 102 },
  }),
  {
    ...{ at: "2020-12-17T18:40", who: "海安企业联系人", says, press: "报执行" },
    fill: { reading: "48210", text: "1台中频炉已停" },
  },
  {
    ...{ at: "2020-12-17T19:05", who: "启东企业联系人", says, press: "报执行" },
    fill: { reading: "9034" },
  },
  report("2020-12-18T09:20", "海安联络员", "3"),
  report("2020-12-18T09:35", "启东联络员", "2", "一家电话联系不上，已派员到场"),
  report("2020-12-18T09:50", "通州联络员", "3"),
  {
    ...{ at: "2020-12-18T14:30", who: "督查", says: "应急 抽查", press: "未落实" },
    fill: { text: "限产工序仍在生产，无停产台账" },
  },
  // Of the order that came of it.
  { at: "2020-12-18T14:50", who: "海安联络员", press: "签收" },
  { at: "2020-12-18T15:10", who: "督查", says: "应急 抽查", press: "落实" },
  report("2020-12-18T16:15", "海安联络员", "3"),
  report("2020-12-18T16:40", "如皋联络员", "2"),
  {
    ...{ at: "2020-12-19T02:00", who: "市办", says, press: "升级" },
    fill: { level: "橙色", documentNo: "演示大气办〔2020〕14号" },
  },
  ...each("2020-12-19T02:00", "签收", {
    ...{ 海安联络员: 25, 启东联络员: 48, 通州联络员: 65, 如皋联络员: 110, 生态环境联络员: 11 },
    ...{ 海安企业联系人: 37, 启东企业联系人: 82 },
  }),
  report("2020-12-19T09:10", "海安联络员", "3"),
  report("2020-12-19T09:25", "通州联络员", "3"),
  {
    ...{ at: "2020-12-20T10:00", who: "市办", says, press: "解除" },
    fill: { documentNo: "演示大气办〔2020〕15号" },
  },
];

export const responseActs: readonly DemoAct[] = [...rehearsal, ...alert];
