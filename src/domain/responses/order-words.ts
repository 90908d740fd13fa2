import { ALERT_LEVELS, type AlertLevel, levelWords, responseWords } from "./levels.ts";

/** What an alert's order says, as far as it can be told from its text; what can't is undefined. */
export type OrderSaid = {
  level?: AlertLevel;
  documentNo?: string;
  start?: string;
  end?: string;
  drill: boolean;
  /** What is left of it, for names of places. */
  rest: string;
};

const DAY = String.raw`(?:\d{4}年)?(?:\d{1,2}月\d{1,2}[日号]|今[天日]|明[天日]|\d{4}-\d{1,2}-\d{1,2})`;
const MOMENT = String.raw`${DAY}\s*(?:凌晨|早上|上午|中午|下午|晚上?)?\s*\d{1,2}(?:[时点](?:\d{1,2}分)?|[:：]\d{2})`;
const END = new RegExp(String.raw`(?:至|到|[—–~～]+|预计(?:于|到|至)?)\s*(${MOMENT})(?:止|解除)?`);
const TIME = new RegExp(`(?:自|从|于)?(${MOMENT})(?:起|开始|启动)?`);
/** 12月11日起, and in a message of one line 12月11日 too: from the beginning of that day. */
const FROM_DAY = new RegExp(`(?:自|从|于)?(${DAY})(?:起|开始)`);
const ANY_DAY = new RegExp(`(${DAY})`);
/** 苏大气办〔2020〕3号, 苏污防攻坚指办预警〔2020〕12号, (2020)3号; or what a word says to be the number. */
const NUMBER =
  /([\p{Script=Han}A-Za-z]{2,30}[〔[（(【]\d{4}[〕\]）)】]第?\d{1,4}号|演练[^\s，。；月]{0,12}号)|文号[:：]?\s*“?([^\s，。；”]{3,60})”?/u;
/** What is written together with a number and is none of it: 启动橙色预警苏大气办〔2020〕3号, 我市根据苏大气办〔2020〕3号. */
const BEFORE_NUMBER = /^(?:.*(?:根据|按照|依据|转发)|经|按|.*?(?:预警|响应)(?=\p{Script=Han}))/u;

const CHANGED = /(?:升级|降级|调整|提升|降低|升|降)(?:为|至|到|(?=黄色|橙色|红色))/;
const LEVEL_SAID: readonly (readonly [AlertLevel, RegExp])[] = [
  ["yellow", /黄色|(?:Ⅲ|III)级|三级(?=响应|预警)/],
  ["orange", /橙色|(?:Ⅱ|(?<!I)II)级|二级(?=响应|预警)/],
  ["red", /红色|(?:Ⅰ|(?<!I)I)级|一级(?=响应|预警)/],
];

/** Reads a phrase such as “橙色 苏大气办〔2020〕3号 12月11日0时起 全市”, or the text of the order itself. */
export function readAlertOrder(text: string): OrderSaid {
  const drill = /演练/.test(text);
  const number = NUMBER.exec(text);
  const documentNo = number?.[1]?.replace(BEFORE_NUMBER, "").replace(/^文号/, "") ?? number?.[2];
  const rest = documentNo === undefined ? text : text.replace(/文号[:：]?/, " ").replace(documentNo, " ");
  // 黄色预警升级为橙色; otherwise the level that comes first is the one that is started: 由黄色升级 is said behind it.
  const from = CHANGED.exec(rest)?.index ?? 0;
  const found = LEVEL_SAID.map(([level, said]) => ({ level, at: rest.slice(from).search(said) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)[0];
  const end = END.exec(rest)?.[1]?.replace(/\s+/g, "");
  const begins = rest.replace(END, " ");
  const isMessage = !text.includes("\n");
  const day = (FROM_DAY.exec(begins) ?? (isMessage ? ANY_DAY.exec(begins) : null))?.[1];
  const start = TIME.exec(begins)?.[1]?.replace(/\s+/g, "") ?? (day && `${day}0时`);
  return {
    ...(found === undefined ? {} : { level: found.level }),
    ...(documentNo === undefined ? {} : { documentNo }),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    drill,
    rest: begins.replace(TIME, " "),
  };
}

/** alert: starts a response, or changes the level of one that runs; lift: ends it. */
export type AlertOrder = "alert" | "lift";

const LEVELS = ALERT_LEVELS.map((level) => levelWords[level]);
const ALERTS = ALERT_LEVELS.flatMap((level) => [
  `${levelWords[level]}预警`,
  `${levelWords[level]}响应`,
  `${responseWords[level]}响应`,
]);
const each = (verbs: string, what: readonly string[]) =>
  verbs.split(" ").flatMap((verb) => what.map((one) => `${verb}${one}`));

/** Words by which the office says that something is to be started, raised, lowered or ended, wherever in a message they stand. */
export const ORDER_WORDS: readonly [string, ...string[]] = [
  "启动响应",
  ...each("启动", ["应急", "预警"]),
  ...each("启动 启动了 发布 发布了 发了", [...ALERTS, ...ALERTS.map((alert) => `重污染天气${alert}`)]),
  ...["应急演练", "演练", "组织演练", "开展演练", ...LEVELS.map((level) => `${level}演练`)],
  ...each("升级 降级", ["响应", "预警", ...LEVELS, ...LEVELS.map((level) => ` ${level}`)]),
  ...each("升级为 升级到 升级至 升为 升到 升至 降级为 降级到 降级至 降为 降到 降至", LEVELS),
  ...each("解除 解除了", [
    "响应",
    "应急",
    "预警",
    "演练",
    ...ALERTS,
    ...ALERTS.map((alert) => `重污染天气${alert}`),
  ]),
  ...["结束演练", "演练结束", "演练解除"],
];

const STARTS = /启动|发布|发了|演练(?!解除|结束)/;
const LIFTS =
  /解除了?(?:重污染天气)?(?:黄色|橙色|红色|[ⅠⅡⅢI]+级)?(?:响应|应急|预警|演练)|结束演练|演练(?:解除|结束)/;
const CHANGES = /(?:升级|降级|升为|升到|升至|降为|降到|降至)/;

/** What a message orders, by what it says first: 启动橙色预警，预计13日解除预警 starts one. */
export function orderOfMessage(text: string): "start" | "change" | "lift" {
  const [first] = (
    [
      ["start", STARTS],
      ["change", CHANGES],
      ["lift", LIFTS],
    ] as const
  )
    .map(([order, said]) => ({ order, at: text.search(said) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at);
  return first?.order ?? "start";
}

/** What the words below a file say that is to be done by it; null where they speak of something else. */
export function orderBelow(words: string): AlertOrder | null {
  if (words.search(LIFTS) === 0) return "lift";
  return /^(?:启动(?!削峰)|发布|应急演练|演练|升级|降级|调整级别)/.test(words) ? "alert" : null;
}

/** What a document orders, by its head; null where it is no order: what only speaks of alerts is none. */
export function alertOrderOf(text: string): AlertOrder | null {
  const head = headOf(text);
  if (!/重污染天气/.test(head) || !/预警|响应/.test(head) || /预案|总结|方案/.test(head)) return null;
  const { level, documentNo } = readAlertOrder(text);
  if (documentNo === undefined) return null;
  if (/解除|终止/.test(head)) return "lift";
  return level === undefined ? null : "alert";
}

/** Lines of a document before it addresses somebody or says a sentence: its heading, number and title. */
function headOf(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const end = lines.findIndex((line) => line.length > LONGEST_TITLE || /[。；：:]$/.test(line));
  return lines.slice(0, end === -1 ? undefined : end).join("\n");
}

const LONGEST_TITLE = 60;
