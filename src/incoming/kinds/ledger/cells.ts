import type { Before, Cell } from "../../../chat/import.ts";
import type { Counting } from "../../../domain/deadline-words.ts";
import type { RegionId } from "../../../domain/ids.ts";
import type { Read } from "../../../domain/reading.ts";
import { cleaned } from "../../../intake/cells.ts";
import { readTerm, readWrittenTime, type Term, type WrittenTime } from "../../../intake/term.ts";
import { CITY_WIDE } from "../../../issues/facts.ts";
import { levels } from "../../../issues/fields.ts";
import { initialsOf } from "../../../office/names.ts";
import type { Office } from "../../../office/office.ts";
import { remembered, tooLong } from "../../cells.ts";
import type { Helper, IssueNumber } from "./issue-row.ts";
import { noRegion, regionOfRow } from "./region-of-row.ts";
import { type RowUnit, unitOfRow } from "./unit-of-row.ts";
import { categoryCalled, type PaperState, paperStateOf } from "./words.ts";

/** The plan's first year is 2013; whatever a ledger dates before it is mistyped. */
const FIRST_YEAR = 2013;

export const issueNumber: Cell<IssueNumber> = ({ office }) => {
  const pattern = new RegExp(`^${initialsOf(office.city.short)}-\\d{4}-\\d{6}$`);
  return (cell) => {
    const text = cleaned(cell);
    if (text.length > 50) return { reason: tooLong(text, 50) };
    const ours = pattern.test(text.toUpperCase());
    return { value: { text: ours ? text.toUpperCase() : text, ours } };
  };
};

/** Whether a row is under one of our numbers: of an issue that exists, whatever is left empty says nothing. */
export const isOurs = ({ no }: Before): boolean => (no as IssueNumber | null | undefined)?.ours === true;
export const isNew = (before: Before): boolean => !isOurs(before);

/** A moment of the past, which its column calls `what`, in no year before `since`. */
const pastMoment =
  (what: string, since = Number.NEGATIVE_INFINITY): Cell<WrittenTime> =>
  ({ office, now }) => {
    const local = office.local(now).toPlainDateTime();
    return (cell): Read<WrittenTime> => {
      const read = readWrittenTime(cleaned(cell));
      if ("reason" in read) return read;
      const { day, time } = read.value;
      if (Temporal.PlainDateTime.compare(day.toPlainDateTime(time ?? undefined), local) > 0)
        return { reason: `${what}在现在之后，请核对` };
      return day.year < since ? { reason: `早于${since}年，请核对年份` } : read;
    };
  };

/** When it was given out. */
export const moment: Cell<WrittenTime> = pastMoment("交办时间", FIRST_YEAR);

/** When it was closed; not before it was given out, which only the whole row can tell. */
export const closing: Cell<WrittenTime> = pastMoment("销号时间");

export const term: Cell<Term> =
  ({ office, today }) =>
  (cell, before) =>
    readTerm(cleaned(cell), countingFrom(dayOf(before, today), office));

/** The region that a row names, as of the day of assignment. */
export const namedRegion: Cell<RegionId | null> = ({ office, names, today }) => {
  const unknown = remembered((text) => ({ reason: noRegion(text, today.toString(), { office, names }) }));
  return (cell, before) => {
    const text = cleaned(cell);
    // The export of an issue that nobody has been given yet, or that a department has for the whole city.
    if (isOurs(before) && (text === "未定" || text === CITY_WIDE)) return { value: null };
    const found = regionOfRow(text, dayOf(before, today).toString(), { office, names });
    return found === null ? unknown(text) : { value: found.id };
  };
};

export const ledgerUnit: Cell<RowUnit> =
  ({ office, names, today }) =>
  (cell, before) => {
    const text = cleaned(cell);
    if (text.length > LONGEST_UNIT) return { reason: tooLong(text, LONGEST_UNIT) };
    const county = (before.county ?? null) as RegionId | null;
    const date = dayOf(before, today).toString();
    const read = unitOfRow(text, { office, names, county, date });
    if ("value" in read || !isOurs(before)) return read;
    // Where no department is named the export names the region, by its name of today.
    const itself = text === "未定" || regionOfRow(text, today.toString(), { office, names }) !== null;
    return itself ? { value: { department: "none", words: null } } : read;
  };
const LONGEST_UNIT = 100;

/** A kind of problem by the plan's name, with the ledger's own word. Of one of ours it is judged only if it is another than before. */
export const namedCategory: Cell<{ name: string; said: string }> = ({ office }) => {
  const known = knownTo(office);
  const called = remembered((said) => ({ said, name: categoryCalled(said, office) ?? said }));
  return (cell, before) => {
    const value = called(cleaned(cell));
    const reason = isOurs(before) ? null : faultOfValue("category", value.name, known);
    return reason === null ? { value } : { reason };
  };
};

/** Units that help, one beside the other. A name that is none of the plan's stays as it is written: the record knows it. */
export const helpers: Cell<readonly Helper[]> =
  ({ office, names, today }) =>
  (cell, before) => {
    const text = cleaned(cell);
    if (text.length > 500) return { reason: tooLong(text, 500) };
    const date = dayOf(before, today).toString();
    const said = text.split(/[、，,；;/\n]+/).map((name) => name.trim());
    const value = said
      .filter((name) => name !== "" && name !== "无")
      .map((name): Helper => {
        const departmentId = names.department(name)?.id ?? null;
        const regionId =
          departmentId === null ? (regionOfRow(name, date, { office, names })?.id ?? null) : null;
        return { departmentId, regionId, name: departmentId === null && regionId === null ? name : null };
      });
    return { value };
  };

/** Where it stands on paper. */
export const paperState: Cell<PaperState> = ({ office }) =>
  remembered((cell): Read<PaperState> => {
    const state = paperStateOf(cleaned(cell), office);
    return state === null ? { reason: "看不出是否销号，请写“整改中”或“已销号”" } : { value: state };
  });

/** How far its mending has come, in free words; some of them say that it is over. */
export const paperProgress: Cell<{ state: PaperState | null; said: string }> =
  ({ office }) =>
  (cell) => {
    const said = cleaned(cell);
    return said.length > LONGEST_PROGRESS
      ? { reason: tooLong(said, LONGEST_PROGRESS) }
      : { value: { state: paperStateOf(said, office), said } };
  };
const LONGEST_PROGRESS = 500;

const dayOf = ({ assigned }: Before, today: Temporal.PlainDate): Temporal.PlainDate =>
  (assigned as WrittenTime | null | undefined)?.day ?? today;

/** What a ledger's terms are counted from. */
export const countingFrom = (today: Temporal.PlainDate, { pack, calendar }: Office): Counting => ({
  today,
  calendar,
  atOnce: pack.settings.rectifyDays.立行立改 ?? 3,
});

/** A value that describes the issue. Of one of ours it is judged only if it is another than before. */
export const describing =
  (column: DescribingColumn): Cell<string> =>
  ({ office }) => {
    const known = knownTo(office);
    return (cell, before) => {
      const text = cleaned(cell);
      const reason = isOurs(before) ? null : faultOfValue(column, text, known);
      return reason === null ? { value: text } : { reason };
    };
  };

/** Columns that say what an issue is about. */
export type DescribingColumn =
  | "source"
  | "batch"
  | "town"
  | "place"
  | "problem"
  | "category"
  | "level"
  | "requirement"
  | "unit"
  | "photos";
type Known = { levels: readonly string[]; categories: readonly string[] };

/** What an issue's columns may say. */
export const knownTo = (office: Office): Known => ({
  levels: Object.values(levels),
  categories: office.pack.settings.issues.categories.map((category) => category.name),
});

/** Why a value can't describe an issue, and how to mend it; null when it can. */
export function faultOfValue(
  column: DescribingColumn,
  text: string,
  { levels, categories }: Known,
): string | null {
  const among = (known: readonly string[]) => (known.includes(text) ? null : `只能填${known.join("、")}`);
  const upTo = (most: number) => (text.length > most ? tooLong(text, most) : null);
  switch (column) {
    case "category":
      return among(categories);
    case "level":
      return among(levels);
    case "problem":
      return [...text].length < 2 ? "问题描述太短，请写清是什么问题" : upTo(200);
    // In the ledger's own words: offices have more sources than the plan.
    case "source":
    case "town":
    case "batch":
      return upTo(50);
    case "place":
    case "unit":
      return upTo(100);
    case "photos":
    case "requirement":
      return upTo(500);
    default:
      return column satisfies never;
  }
}
