import type { IsoDate } from "../domain/air/day.ts";
import { isMissing, type Read } from "./cells.ts";
import { type Column, columnName } from "./column-names.ts";
import { kindOf } from "./kind.ts";
import { quoted, type Rejected } from "./refusal.ts";
import type { Sheet, SheetRow } from "./sheet.ts";
import { type Moment, readMoment, readTerm, type Term } from "./term.ts";

/** Where a row stands in its file, so that what is found out later can still be reported of it. */
export type Source = { sheet: Sheet; at: ReadonlyMap<Column, number>; row: SheetRow };

/** One issue as a ledger has it. An empty cell is null: of an issue that exists it says nothing. */
export type IssueRow = {
  from: Source;
  /** Its number: one of ours, or that of the ledger that it comes from. */
  no: { text: string; ours: boolean } | null;
  source: string | null;
  batch: string | null;
  /** Id of the region as of the day of assignment. */
  region: string | null;
  town: string | null;
  place: string | null;
  problem: string | null;
  category: string | null;
  level: string | null;
  /** Id of a department; `none` when the region itself is named as the unit. */
  department: string | "none" | null;
  assigned: Moment | null;
  due: Term | null;
  /** Names of pictures, which come by themselves. */
  photos: string | null;
};

/** How names become ids, null when there is none, and what may be said. A region's name may mean another region at another date. */
export type IssueLookup = {
  region(name: string, date: IsoDate): string | null;
  department(name: string): string | null;
  isOurs(no: string): boolean;
  sources: readonly string[];
  levels: readonly string[];
  categories: readonly string[];
  /** Now, by the office's clock. */
  now: Temporal.PlainDateTime;
};

/** The plan's first year is 2013; whatever a ledger dates before it is mistyped. */
const FIRST_YEAR = 2013;

/**
 * Reads a ledger of issues. A row with a bad cell is rejected, cell by cell; of rows that say the same twice one counts, and
 * rows that say different things under one number are both rejected.
 */
export function readIssueLedger(
  sheets: readonly Sheet[],
  lookup: IssueLookup,
): { rows: IssueRow[]; rejected: Rejected[] } {
  const rejected: Rejected[] = [];
  const entries = new Map<string, { row: IssueRow; contradicted: boolean }>();
  for (const sheet of sheets) {
    const found = kindOf(sheet.header);
    if ("refusal" in found || found.kind !== "issues") {
      const reason = "refusal" in found ? found.refusal : "这张表不是问题台账，请单独导入。";
      rejected.push({ sheet: sheet.name, row: sheet.headerLine, column: "", value: "", reason });
      continue;
    }
    for (const cells of sheet.rows) {
      const row = readRow({ sheet, at: found.at, row: cells }, lookup, rejected);
      if (row === null) continue;
      const key = keyOf(row);
      const first = entries.get(key);
      if (first === undefined) entries.set(key, { row, contradicted: false });
      else if (contentOf(first.row) !== contentOf(row)) {
        if (!first.contradicted) rejected.push(contradiction(first.row.from, row.from));
        rejected.push(contradiction(row.from, first.row.from));
        first.contradicted = true;
      }
    }
  }
  return { rows: [...entries.values()].filter((e) => !e.contradicted).map((e) => e.row), rejected };
}

/** What tells a row's issue from others in the file: its number within its source and batch, or all that it says. */
function keyOf(row: IssueRow): string {
  if (row.no === null) return contentOf(row);
  return JSON.stringify(row.no.ours ? row.no.text : [row.source, row.batch, row.no.text]);
}

/** Everything that a row says of its issue, as one text: the same for rows that say the same. Names of pictures say nothing of it. */
export function contentOf({ from: _from, photos: _photos, ...said }: IssueRow): string {
  return JSON.stringify(Object.entries(said).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A value of a row that can't be taken in, as it is reported. */
export function rejectedIn({ sheet, at, row }: Source, column: Column, reason: string): Rejected {
  const index = at.get(column) ?? -1;
  const value = quoted(row.cells[index] ?? "");
  return {
    sheet: sheet.name,
    row: row.line,
    column: quoted(sheet.header[index] ?? columnName(column)),
    value,
    reason,
  };
}

function readRow(from: Source, lookup: IssueLookup, rejected: Rejected[]): IssueRow | null {
  const before = rejected.length;
  const reject = (column: Column, reason: string) => {
    rejected.push(rejectedIn(from, column, reason));
    return null;
  };
  const cell = (column: Column): string | null => {
    const text = cleaned(from.row.cells[from.at.get(column) ?? -1] ?? "");
    return isMissing(text) ? null : text;
  };
  /** The value of a filled cell. */
  const value = <T>(column: Column, read: (text: string) => Read<T>): T | null => {
    const text = cell(column);
    if (text === null) return null;
    const found = read(text);
    return "value" in found ? found.value : reject(column, found.reason);
  };
  /** A value that describes the issue. Of one of ours it is judged only if it is another than before. */
  const words = (column: DescribingColumn, at: Column = column): string | null =>
    value(at, (text) => {
      const reason = ours ? null : faultOf(column, text, lookup);
      return reason === null ? { value: text } : { reason };
    });

  const beyond = from.row.cells.slice(from.sheet.header.length).join("").trim();
  if (beyond !== "") {
    const place = { sheet: from.sheet.name, row: from.row.line, column: "" };
    rejected.push({ ...place, value: quoted(beyond), reason: "比表头多出数据，请检查是否多了分隔符" });
  }
  const number = value("no", (text) => (text.length > 50 ? { reason: tooLong(text, 50) } : { value: text }));
  // A mere running number counts the rows of one list: another list has the same ones.
  const no = number !== null && /^\d{1,5}$/.test(number) && cell("batch") === null ? null : number;
  const ours = no !== null && lookup.isOurs(no.toUpperCase());
  const assigned = value("assigned", (text) => momentBefore(text, lookup.now));
  const today = lookup.now.toPlainDate().toString();
  const day = assigned?.day.toString() ?? today;
  const region = value("county", (text) => {
    // The export of an issue that nobody has been given yet.
    if (ours && text === "未定") return { value: null };
    const id = lookup.region(text, day);
    return id === null ? { reason: `没有名为“${quoted(text)}”的县（市、区），请核对名称` } : { value: id };
  });
  if (!ours && cell("county") === null) reject("county", "没有写明县区，请补上");
  const problem = words("problem");
  if (!ours && cell("problem") === null) reject("problem", "没有写明问题，请补上");
  const department = value("department", (text) => {
    const id = lookup.department(text);
    if (id !== null) return { value: id };
    // Where no department is named the export names the region, by its name of today.
    const itself = region !== null && lookup.region(text, day) === region;
    return itself || (ours && (text === "未定" || lookup.region(text, today) !== null))
      ? { value: "none" as const }
      : { reason: `没有名为“${quoted(text)}”的部门，请核对，没有可留空` };
  });
  const row: IssueRow = {
    from,
    no: no === null ? null : { text: ours ? no.toUpperCase() : no, ours },
    source: words("source"),
    batch: words("batch"),
    region,
    town: words("town"),
    place: words("place", cell("place") === null ? "station" : "place"),
    problem,
    category: words("category"),
    level: words("level"),
    department,
    assigned,
    due: value("due", readTerm),
    photos: words("photos"),
  };
  return rejected.length === before ? row : null;
}

/** Columns that say what an issue is about. */
type DescribingColumn = "source" | "batch" | "town" | "place" | "problem" | "category" | "level" | "photos";

/** Why a value can't describe an issue, and how to mend it; null when it can. */
export function faultOf(
  column: DescribingColumn,
  text: string,
  { sources, levels, categories }: Pick<IssueLookup, "sources" | "levels" | "categories">,
): string | null {
  const among = (known: readonly string[]) => (known.includes(text) ? null : `只能填${known.join("、")}`);
  const upTo = (most: number) => (text.length > most ? tooLong(text, most) : null);
  switch (column) {
    case "source":
      return among(sources);
    case "category":
      return among(categories);
    case "level":
      return among(levels);
    case "problem":
      return [...text].length < 2 ? "问题描述太短，请写清是什么问题" : upTo(200);
    case "town":
    case "batch":
      return upTo(50);
    case "place":
      return upTo(100);
    case "photos":
      return upTo(500);
    default:
      return column satisfies never;
  }
}

const tooLong = (text: string, most: number) => `不能超过${most}字，现有${text.length}字，请删减`;

/** One line of plain text: what a sheet of old or a careless program left in a cell never reaches a chat. */
export function cleaned(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "")
    .trim();
}

function momentBefore(text: string, now: Temporal.PlainDateTime): Read<Moment> {
  const read = readMoment(text);
  if ("reason" in read) return read;
  const { day, time } = read.value;
  if (Temporal.PlainDateTime.compare(day.toPlainDateTime(time ?? undefined), now) > 0)
    return { reason: "交办时间在现在之后，请核对" };
  return day.year < FIRST_YEAR ? { reason: `早于${FIRST_YEAR}年，请核对年份` } : read;
}

function contradiction(from: Source, other: Source): Rejected {
  const where =
    other.sheet === from.sheet ? `第${other.row.line}行` : `“${other.sheet.name}”第${other.row.line}行`;
  return rejectedIn(from, "no", `与${where}编号相同但内容不同，请只保留正确的一行`);
}
