import { ALERT_LEVELS, type AlertLevel, levelWords } from "./levels.ts";

/** What an alert's order says, as far as it can be told from its text; what can't is undefined. */
export type OrderSaid = {
  level?: AlertLevel;
  documentNo?: string;
  start?: string;
  drill: boolean;
  /** What is left of it, for names of places. */
  rest: string;
};

const TIME =
  /(?:自|从|于)?((?:\d{4}年)?(?:\d{1,2}月\d{1,2}[日号]|今[天日]|明[天日]|\d{4}-\d{1,2}-\d{1,2})\s*(?:凌晨|早上|上午|中午|下午|晚上?)?\s*\d{1,2}(?:[时点](?:\d{1,2}分)?|[:：]\d{2}))(?:起|开始|启动)?/;
/** 苏大气办〔2020〕3号, 苏污防攻坚指办预警〔2020〕12号, (2020)3号; or what a word says to be the number. */
const NUMBER =
  /([\p{Script=Han}A-Za-z]{2,30}[〔[（(【]\d{4}[〕\]）)】]第?\d{1,4}号|演练[^\s，。；]{0,12}号)|文号[:：]?\s*“?([^\s，。；”]{3,60})”?/u;

const CHANGED = /(?:升级|降级|调整|提升|降低|升|降)(?:为|至|到)/;

/** Reads a phrase such as “橙色 苏大气办〔2020〕3号 12月11日0时起 全市”, or the text of the order itself. */
export function readAlertOrder(text: string): OrderSaid {
  const drill = /演练/.test(text);
  const number = NUMBER.exec(text);
  const documentNo = (number?.[1] ?? number?.[2])?.replace(/^(根据|按照|依据|经|转发)/, "");
  const rest = text.replace(NUMBER, " ");
  // 黄色预警升级为橙色; otherwise the level that comes first is the one that is started: 由黄色升级 is said behind it.
  const becomes = CHANGED.exec(rest);
  const found = ALERT_LEVELS.map((level) => ({
    level,
    at: rest.indexOf(levelWords[level], becomes?.index ?? 0),
  }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)[0];
  const start = TIME.exec(rest)?.[1]?.replace(/\s+/g, "");
  return {
    ...(found === undefined ? {} : { level: found.level }),
    ...(documentNo === undefined ? {} : { documentNo }),
    ...(start === undefined ? {} : { start }),
    drill,
    rest: rest.replace(TIME, " "),
  };
}

/** alert: starts a response, or changes the level of one that runs; lift: ends it. */
export type AlertOrder = "alert" | "lift";

/** What the words below a file say that is to be done by it; null where they speak of something else. */
export function orderBelow(words: string): AlertOrder | null {
  if (/^解除(响应|应急|预警)/.test(words)) return "lift";
  return /^(启动(响应|应急|预警)|应急演练|演练|升级|降级|调整级别)/.test(words) ? "alert" : null;
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
