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

/** Reads a phrase such as “橙色 苏大气办〔2020〕3号 12月11日0时起 全市”, or the text of the order itself. */
export function readAlertOrder(text: string): OrderSaid {
  const drill = /演练/.test(text);
  const number = NUMBER.exec(text);
  const documentNo = (number?.[1] ?? number?.[2])?.replace(/^(根据|按照|依据|经|转发)/, "");
  const rest = text.replace(NUMBER, " ");
  // The level that comes first is the one that is started: 由黄色升级 is said behind it.
  const found = ALERT_LEVELS.map((level) => ({ level, at: rest.indexOf(levelWords[level]) }))
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

/** Whether the words below a file say that a response is to be started by it. */
export const saysStart = (words: string): boolean => /^(启动(响应|应急|预警)|应急演练|演练)/.test(words);

/** Whether a document reads as the order that starts an alert, by its head: what lifts one, and what only speaks of alerts, is none. */
export function isAlertOrder(text: string): boolean {
  const head = headOf(text);
  if (!/重污染天气/.test(head) || !/预警|响应/.test(head) || /解除|终止|预案|总结|方案/.test(head))
    return false;
  const { level, documentNo } = readAlertOrder(text);
  return level !== undefined && documentNo !== undefined;
}

/** Lines of a document before it addresses somebody or says a sentence: its heading, number and title. */
function headOf(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const end = lines.findIndex((line) => line.length > LONGEST_TITLE || /[。；：:]$/.test(line));
  return lines.slice(0, end === -1 ? undefined : end).join("\n");
}

const LONGEST_TITLE = 60;
