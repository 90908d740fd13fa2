import { chineseNumber } from "../../domain/chinese-number.ts";
import { readDeadline } from "../../domain/deadline-words.ts";
import { readHoliday } from "../../domain/holiday-words.ts";
import { paddedIssueNumber } from "../../domain/issues/issue-number.ts";
import { parsePeriod, periodOf } from "../../domain/period.ts";
import { readSeason, seasonPattern } from "../../domain/season-words.ts";
import { initialsOf } from "../../office/names.ts";
import type { Reading } from "../recognise.ts";
import type { Meaning } from "./piece.ts";
import type { Finder } from "./segmentation.ts";

const LONGEST_TIME = 24;
const TIME_BEGINS =
  /[\d零〇一二两三四五六七八九十半上下本这当今明昨前后大去近最过全年开到至延截限请务须应必要整于在立马即周星礼月季春元清端中劳国节晚第不q]/i;
const TIME_ENDS =
  /[\d日号天月份年周季度旬半初底末内前止班时来期同今间假节劳动五一午秋旦明庆后里中整改到位行知即刻上下二三四六近]/;
/** Anything that a time can be made of: what holds another character is none. */
const TIME_HOLDS =
  /[\d\s零〇一二两三四五六七八九十年月日号天周季度旬半初底末内前后止班时小来期同今昨明当本这上下去近最过全开到至延截限请务须应必要整于在立马即星礼拜春元清端中劳国节晚第工作自然历知个间假放长动午秋旦庆里位行刻改落实正查是为起以几头份不超迟晚得之早点:：.\-/~—–〜q]/i;

const NUMBER = /(?:第)?(\d{1,6}|[一二三四五六七八九十]{1,3})(号|条|项|页|件|期)?/y;
/** A number in words without a unit; only where it stands by itself: 夜施 三, and not 三 of 三级响应. */
const NUMERAL = /[一二两三四五六七八九十百零〇]{1,6}/y;
/** So much of something: 30项, 12.5%. */
const AMOUNT =
  /(?:完成|达到|累计)?\d{1,9}(?:\.\d{1,4})?(?:万?(?:项|个|台|辆|套|吨|家|座|艘|公里|米|平方米|千瓦|亩|处)|%)(?!县|月|工|自|星|小)/y;
const END =
  /(?:(倒数|后|末尾|最后|末)|(前|正数|头))(?:第)?(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:名|位|个县|家|个)?/y;
const SUPERLATIVE =
  /(?:最(?:差|高的?县|后一名|落后|靠后|严重)|垫底|倒数|末位|排(?:名)?最后)|(?:最(?:好|优|靠前|佳)|第一名|排(?:名)?第一|榜首)/y;
const SURNAMES =
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易常武乔贺赖龚文";
/** Somebody by name or rank, and whoever is to get a copy: an order has to be asked what is meant. */
const WHO = new RegExp(
  `(?:由)?[${SURNAMES}]\\p{Script=Han}{1,2}(?:负责|牵头|办理|督办|跟进|包干|同志|主任|局长|科长)|[${SURNAMES}](?:局长|主任|科长|县长|市长|区长|书记|处长|镇长|总|工)(?:负责|牵头|办理)?|(?:抄送|抄告|抄报|并告|同时告知|同时通知)([\\p{Script=Han}、]+)`,
  "uy",
);

/** What stands at a place of a text that no list of words can hold: times, numbers of things, ends of a ranking. */
export function findings({ office, names, today }: Reading): Finder {
  const { calendar, pack } = office;
  const counting = { today, calendar, atOnce: pack.settings.rectifyDays.立行立改 ?? 3 };
  // The dictionary of sounds takes long to load, and few phrases hold a number.
  let prefix: string | undefined;
  const full = (year: string | number, no: string | number) => {
    prefix ??= initialsOf(office.city.short);
    return paddedIssueNumber(`${prefix}-${year}`, no);
  };

  // The same words come up at many places of a long text.
  const read = new Map<string, readonly Meaning[]>();

  const seasons = pack.seasons ?? [];
  const season = seasonPattern(seasons);

  return (text, at) => [
    ...seasonAt(text, at),
    ...times(text, at),
    ...numbers(text, at),
    ...ends(text, at),
    ...people(text, at),
    ...amounts(text, at),
  ];

  function seasonAt(text: string, at: number): { end: number; meanings: Meaning[] }[] {
    if (/\d/.test(text[at] ?? "") && /\d/.test(text[at - 1] ?? "")) return [];
    const [word] = stickyAt(season, text, at) ?? [];
    const span = word === undefined ? null : readSeason(word, today, seasons);
    if (word === undefined || span === null) return [];
    const meaning: Meaning =
      "invalid" in span
        ? { kind: "impossible", why: span.invalid, isWord: true }
        : { kind: "period", period: periodOf(span.from, span.to) };
    return [{ end: at + word.length, meanings: [meaning] }];
  }

  /** Who is to get a copy is a person where it isn't units of ours alone. */
  function people(text: string, at: number) {
    const who = stickyAt(WHO, text, at);
    if (who === null) return [];
    const units = who[1]?.split(/[、和及与]/).filter(Boolean) ?? [];
    const isOurs = (name: string) => names.department(name) !== null || names.place(name) !== null;
    if (units.length > 0 && units.every(isOurs)) return [];
    return [{ end: at + who[0].length, meanings: [{ kind: "who" } as const] }];
  }

  function times(text: string, at: number) {
    const found: { end: number; meanings: readonly Meaning[] }[] = [];
    if (!TIME_BEGINS.test(text[at] ?? "") || (/\d/.test(text[at] ?? "") && /[\d.]/.test(text[at - 1] ?? "")))
      return found;
    let longest = at;
    while (longest < Math.min(text.length, at + LONGEST_TIME) && TIME_HOLDS.test(text[longest] ?? ""))
      longest += 1;
    for (let end = longest; end > at; end--) {
      const last = text[end - 1] ?? "";
      if (!TIME_ENDS.test(last) || (/\d/.test(last) && /[\d.]/.test(text[end] ?? ""))) continue;
      const word = text.slice(at, end);
      // 更正 6 周通报未张贴 isn't about six weeks.
      if (/^\d+\s*周$/.test(word) && /[通报战]/.test(text[end] ?? "")) continue;
      const meanings = read.get(word) ?? timesOf(word);
      read.set(word, meanings);
      if (meanings.length > 0) found.push({ end, meanings });
    }
    return found;
  }

  function timesOf(word: string): Meaning[] {
    if (/^\d{1,2}$/.test(word)) return [];
    const meanings: Meaning[] = [];
    const period = readHoliday(word, today, calendar) ?? parsePeriod(word, today);
    if (period !== null && !/^\d{5,}$/.test(word))
      meanings.push(
        "invalid" in period
          ? { kind: "impossible", why: period.invalid }
          : { kind: "period", period: periodOf(period.from, period.to) },
      );
    const deadline = readDeadline(word, counting);
    if (deadline !== null)
      meanings.push(
        "invalid" in deadline
          ? { kind: "impossible", why: deadline.invalid }
          : { kind: "deadline", ...deadline },
      );
    // 6.1-6.14PM25 is a period and something else, no bad period.
    const isTime = /^[\d\s零〇一二两三四五六七八九十年月日号天周季度旬个前后内限.\-/~至到]+$/.test(word);
    const possible = meanings.filter((m) => m.kind !== "impossible");
    return possible.length > 0 ? possible : isTime ? meanings.slice(0, 1) : [];
  }

  function numbers(text: string, at: number) {
    const found: { end: number; meanings: Meaning[] }[] = [];
    if (/[\da-z]/i.test(text[at - 1] ?? "") && /[\da-z]/i.test(text[at] ?? "")) return found;
    const issue = stickyAt(/([a-z]{1,6})-(\d{4})-(\d+)/iy, text, at);
    if (issue) {
      const [said, letters = "", year = "", no = ""] = issue;
      const why = `问题编号“${said.slice(0, 20)}”不对，应如 ${full(today.year, 1)}。发送“问题”可看清单。`;
      const meanings: Meaning[] =
        no.length > 6
          ? [{ kind: "impossible", why, code: "unknown-issue" }]
          : [{ kind: "issue", no: paddedIssueNumber(`${letters.toUpperCase()}-${year}`, no) }];
      return [{ end: at + said.length, meanings }];
    }
    const support = stickyAt(/s([1-9])(?![\da-z])|支撑(?:体系)?([一二三四五1-5])/iy, text, at);
    if (support) {
      const measure = office.measure(`S${support[1] ?? chineseNumber(support[2] ?? "") ?? support[2]}`);
      if (measure) found.push({ end: at + support[0].length, meanings: [{ kind: "measure", measure }] });
    }
    const word = stickyAt(NUMERAL, text, at);
    const spelled = word === null || !standsAlone(text, at, word[0]) ? null : chineseNumber(word[0]);
    if (word !== null && spelled !== null)
      return [
        ...found,
        { end: at + word[0].length, meanings: [{ kind: "number" as const, value: spelled }] },
      ];
    const number = stickyAt(NUMBER, text, at);
    if (!number || /\d/.test(text[at + number[0].length] ?? "")) return found;
    const [whole, digits = "", unit = ""] = number;
    const value = /\d/.test(digits) ? Number(digits) : (chineseNumber(digits) ?? 0);
    if (!/\d/.test(digits) && unit === "" && !whole.startsWith("第")) return found;
    const measure = office.measure(String(value));
    const meanings: Meaning[] = [];
    if (unit === "页") meanings.push({ kind: "page", value });
    else if (unit === "期") {
      // 二期工程 is no edition of anything.
      if (whole.startsWith("第")) meanings.push({ kind: "edition", value });
    } else if (unit === "条" || (unit === "项" && whole.startsWith("第"))) {
      if (measure) meanings.push({ kind: "measure", measure });
      else if (whole.startsWith("第"))
        meanings.push({ kind: "impossible", why: "", code: "unknown-measure" });
    } else if (
      /^\d{6}$/.test(digits) ||
      (unit !== "" && unit !== "件") ||
      (unit === "件" && whole.startsWith("第"))
    )
      meanings.push({ kind: "issue", no: full(today.year, value) }, { kind: "number", value });
    else if (unit === "") meanings.push({ kind: "number", value });
    if (meanings.length > 0) found.push({ end: at + whole.length, meanings });
    return found;
  }
}

/** Whether blanks or signs stand on both sides; behind 任务 and 措施, which are counted, on the far side: 任务十六. */
const standsAlone = (text: string, at: number, word: string) =>
  !/[\p{L}\p{N}]/u.test(text[at + word.length] ?? "") &&
  (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? "") || /(?:任务|措施)$/.test(text.slice(Math.max(0, at - 2), at)));

function amounts(text: string, at: number): { end: number; meanings: Meaning[] }[] {
  const found = /[\d.]/.test(text[at - 1] ?? "") ? null : stickyAt(AMOUNT, text, at);
  return found ? [{ end: at + found[0].length, meanings: [{ kind: "amount" }] }] : [];
}

function ends(text: string, at: number): { end: number; meanings: Meaning[] }[] {
  const counted = stickyAt(END, text, at);
  if (counted) {
    const [whole, bottom, , said = ""] = counted;
    const count = /\d/.test(said) ? Number(said) : (chineseNumber(said) ?? 1);
    if (bottom || /[名位个家]/.test(whole) || !/[月天年周日季]/.test(text[at + whole.length] ?? ""))
      return [
        {
          end: at + whole.length,
          meanings: [{ kind: "end", end: bottom ? "bottom" : "top", count: Math.max(1, count) }],
        },
      ];
  }
  const most = stickyAt(SUPERLATIVE, text, at);
  if (most) {
    const end = /最(?:好|优|靠前|佳)|第一|榜首/.test(most[0]) ? "top" : "bottom";
    return [{ end: at + most[0].length, meanings: [{ kind: "end", end, count: 1 }] }];
  }
  return [];
}

function stickyAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
