import { chineseDecimal, chineseNumber } from "../domain/chinese-number.ts";
import { dueDate, readDeadline } from "../domain/deadline-words.ts";
import { readHoliday } from "../domain/holiday-words.ts";
import { typedIssueNumber } from "../domain/issues/issue-number.ts";
import { own } from "../domain/own.ts";
import { parsePeriod, periodOf as span } from "../domain/period.ts";
import { readSeason } from "../domain/season-words.ts";
import type { Names } from "../office/names.ts";
import type { Office } from "../office/office.ts";
import type { Person } from "../store/people.ts";
import type { ArgMeta, NamedUnit, Topic } from "./args.ts";
import { examplesFor } from "./examples.ts";
import { isRefusal, type Refusal, refuse } from "./refusal.ts";

/** What recognition needs to know. `today` is the office's date. */
export type Reading = {
  office: Office;
  names: Names;
  today: Temporal.PlainDate;
  /** Who speaks: “我县” is theirs. */
  person?: Person | null;
};

/** The value of one word for one kind of argument; undefined when the word is not of that kind at all. */
export function recognise(meta: ArgMeta, word: string, reading: Reading): unknown {
  const { names, today } = reading;
  switch (meta.kind) {
    case "county": {
      const place = names.place(word);
      return place?.regions.some((r) => r.kind !== "city") ? place : undefined;
    }
    case "counties": {
      const places = word
        .split(/[、，,\s和及]+/)
        .filter(Boolean)
        .map((name) => names.place(name));
      return places.every((place) => place?.regions.some((r) => r.kind !== "city")) ? places : undefined;
    }
    case "units":
      return unitsOf(meta, word, reading);
    case "period":
      return periodOf(word, reading);
    case "department":
      return names.department(word) ?? undefined;
    case "measure":
      return names.measure(word) ?? names.measure(`${chineseNumber(ordinal(word))}`) ?? undefined;
    case "category":
      return reading.office.pack.settings.issues.categories.find((c) => c.name === word)?.name;
    case "issue":
      return typedIssueNumber(word);
    case "choice":
      return choiceOf({ ...meta.says, ...meta.choices }, word);
    case "top":
    case "bottom":
      return /^[1-9]\d?$/.test(word) ? Number(word) : (chineseNumber(word) ?? undefined);
    case "topic":
      return topicOf(word, reading.office);
    case "number":
      return numberOf(meta, word);
    case "date":
      return dateOf(word, today);
    case "deadline":
      return deadlineOf(word, reading);
    case "subunit":
    case "text":
    case "longtext":
      return word.length > (meta.maxLength ?? 500)
        ? refuse("usage", `${meta.label}不能超过${meta.maxLength ?? 500}字，现有${word.length}字，请删减。`)
        : word;
    default:
      return meta.kind satisfies never;
  }
}

/** A number as a plain decimal, whether it is written in digits or in words: 52.5, 五十二点五, 百分之八十. */
function numberOf(meta: ArgMeta, word: string): string | undefined {
  const said = withoutUnit(meta, meta.units?.includes("%") ? word.replace(/^百分之/, "") : word);
  const digits = /^第?(-?\d{1,12}(?:\.\d{1,4})?)页?$/.exec(said)?.[1];
  return digits ?? chineseDecimal(ordinal(said)) ?? undefined;
}

/** 第十六条, 第二页: what is counted. */
const ordinal = (word: string) => word.replace(/^第|[条项号页]$/g, "");

function withoutUnit({ units = [] }: ArgMeta, word: string): string {
  const unit = units.toSorted((a, b) => b.length - a.length).find((one) => word.endsWith(one));
  return unit === undefined ? word : word.slice(0, -unit.length);
}

/** The value that a word stands for, said in Chinese or as the value itself. */
const choiceOf = (choices: Readonly<Record<string, string>>, word: string): string | undefined =>
  own(choices, word) ?? Object.values(choices).find((value) => value === word);

/** Why a word can't be this argument, said so that it can be mended. */
export function explain(meta: ArgMeta, word: string, { names, office, today }: Reading): Refusal {
  const said = word.length > 20 ? `${word.slice(0, 20)}…` : word;
  switch (meta.kind) {
    case "county":
    case "counties": {
      const near = names.nearest(word.replace(/[市县区]$/, ""), names.placeNames);
      return refuse(
        "unknown-county",
        `没有名为“${said}”的县（市、区）。${didYouMean(near) || `可选：${names.placeNames.join("、")}。`}`,
        near,
      );
    }
    case "department": {
      const near = names.nearest(word.replace(/^市/, "").replace(/[局委]$/, ""), names.departmentNames);
      return refuse(
        "unknown-department",
        `没有名为“${said}”的部门。${didYouMean(near) || `可选：${names.departmentNames.join("、")}。`}`,
        near,
      );
    }
    case "units":
      return refuse("usage", `${meta.label}写法不对。${UNITS_HINT}`);
    case "measure": {
      const last = office.pack.measures.filter((m) => /^\d/.test(m.no)).length;
      return refuse(
        "unknown-measure",
        `没有编号为“${said}”的措施。编号为1至${last}，支撑体系为S1至S4，例如“任务 ${examplesFor({ office, today }).measure}”。`,
        ["任务"],
      );
    }
    case "category": {
      const all = office.pack.settings.issues.categories.map((c) => c.name);
      return refuse("usage", `没有“${said}”这个类别。可选：${all.join("、")}。`);
    }
    case "period":
      return refuse(
        "bad-period",
        `看不懂时段“${said}”。可以写：2020-05、5月、二季度、上周、2020-05-04..2020-05-10、今年。`,
      );
    case "issue":
      return refuse(
        "unknown-issue",
        `问题编号“${said}”不对，应如 ${examplesFor({ office, today }).issue}。发送“问题”可看清单。`,
        ["问题"],
      );
    case "topic":
      return refuse("unknown-measure", `没有与“${said}”有关的任务。发送“任务”看清单。`, ["任务"]);
    case "number":
    case "top":
    case "bottom":
      return refuse("bad-number", `${meta.label}“${said}”不是数字。请只写数字，例如 12 或 12.5。`);
    case "date":
      return refuse("bad-date", `${meta.label}“${said}”不是日期。请写成 2020-06-30 或 6月30日。`);
    case "deadline":
      return refuse(
        "bad-date",
        `${meta.label}“${said}”看不懂。请写日期（2020-06-30）或天数（3个工作日、15日）。`,
      );
    case "choice":
      return refuse(
        "usage",
        `${meta.label}没有“${said}”这一项。可选：${Object.keys(meta.choices ?? {}).join("、")}。`,
      );
    case "subunit":
    case "text":
    case "longtext":
      return refuse("usage", `${meta.label}写法不对。`);
    default:
      return meta.kind satisfies never;
  }
}

/** Each unit that a list names; a name that isn't known is refused by itself. */
function unitsOf({ label }: ArgMeta, word: string, { names }: Reading): readonly NamedUnit[] | Refusal {
  const units: NamedUnit[] = [];
  for (const name of word.split(/[、，,；;\s和及]+/).filter(Boolean)) {
    const unit = names.department(name) ?? names.place(name);
    if (unit === null || ("regions" in unit && !unit.regions.some((r) => r.kind !== "city"))) {
      const near = names.nearest(name.replace(/[市县区局委]$/, ""), [
        ...names.departmentNames,
        ...names.placeNames,
      ]);
      return refuse(
        "unknown-department",
        `${label}“${name.slice(0, 20)}”不是本市的部门或县（市、区）。${didYouMean(near) || UNITS_HINT}`,
        near,
      );
    }
    units.push(unit);
  }
  return units;
}

const UNITS_HINT = "请写本市部门或县（市、区）的名称，几个用顿号隔开，例如“住建局、城管局”。";

function didYouMean(near: readonly string[]): string {
  return near.length === 0 ? "" : `您要找的是“${near.join("”或“")}”吗？`;
}

function periodOf(word: string, { today, office }: Reading) {
  const period =
    readHoliday(word, today, office.calendar) ??
    readSeason(word, today, office.pack.seasons ?? []) ??
    parsePeriod(word, today);
  if (period === null) return undefined;
  return "invalid" in period ? refuse("bad-period", period.invalid) : span(period.from, period.to);
}

function dateOf(word: string, today: Temporal.PlainDate) {
  if (!/\d|[今明昨]天/.test(word)) return undefined;
  if (word === "明天") return today.add({ days: 1 });
  const period = parsePeriod(word, today);
  if (period === null) return undefined;
  if ("invalid" in period) return refuse("bad-date", period.invalid);
  return period.from.equals(period.to) ? period.from : undefined;
}

function deadlineOf(word: string, { today, office: { calendar, pack } }: Reading) {
  const atOnce = pack.settings.rectifyDays.立行立改 ?? 3;
  // A form may hold a date that has passed, such as 昨天: whoever takes it says so.
  const read = readDeadline(word, { today, calendar, atOnce }) ?? dateOf(word, today);
  if (read === null || read === undefined || isRefusal(read)) return read ?? undefined;
  if (!("date" in read) && !("invalid" in read)) return read;
  return "invalid" in read ? refuse("bad-date", read.invalid) : dueDate(read);
}

/** Measures whose title or indicators speak of something; failing the very words, those that share its most telling part. */
export function topicOf(text: string, { pack }: Office): Topic | undefined {
  const word = text.toLowerCase();
  if (word.length < 2) return undefined;
  const texts = pack.measures.map((measure) => ({
    measure,
    said: [measure.title, ...pack.indicators.filter((i) => i.measure === measure.no).map((i) => i.name)]
      .join(" ")
      .toLowerCase(),
  }));
  for (let length = word.length; length >= Math.max(2, Math.ceil(word.length / 2)); length--)
    for (let at = 0; at + length <= word.length; at++) {
      const part = word.slice(at, at + length);
      const found = texts.filter(({ said }) => said.includes(part));
      // What half of the plan speaks of (治理, 完成) tells nothing.
      if (found.length > 0 && found.length <= Math.max(1, texts.length / 4))
        return { text: part, measures: found.map(({ measure }) => measure) };
    }
  return undefined;
}
