import type { DataState } from "../domain/air/data-state.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { Statistic } from "../domain/air/statistic.ts";
import type { PaperSource } from "../domain/papers/sources.ts";
import type { CellFault, Read, Told } from "../domain/reading.ts";
import type { Role } from "../domain/roles.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import type { Block, Button } from "./card.ts";
import type { Context, Imported } from "./command.ts";

/** What the rows of a file are read against; `by` is null when it comes from a terminal. It is one object for each file. */
export type RowsContext = Context<Reader> & { by: Person | null };
/**
 * The same object when the rows are entered. `batch` is the number that the import gets: rows that carry it, and revisions
 * under it, can be taken back with it.
 */
export type Importing = RowsContext & { store: Writer; batch: number };

/** What the columns declared before it say in the same row: null where the cell is empty, undefined where it is bad. */
export type Before = Readonly<Record<string, unknown>>;
/** Reads a filled cell. */
export type ReadCell<T> = (text: string, before: Before) => Read<T>;
/** A reader as a column declares it. It is made for each file, so that it may look up once what all of the rows need. */
export type Cell<T> = (file: RowsContext) => ReadCell<T> | Promise<ReadCell<T>>;

export type Column<T = unknown> = {
  /** What it may be called, between blanks; the first is shown. Signs, blanks, case and width make no difference. */
  heads: string;
  cell: Cell<T>;
  /** Figures under a head that names another unit are converted, or refused where that can't be. */
  unit?: string;
  /** The statistic that its figures are: a head that says another one (月均, 分指数) is another column. */
  statistic?: Statistic;
  /** Words that say nothing by themselves and may stand beside its name: 颗粒物（PM10）. */
  beside?: string;
  /** Its cells hold dates: a workbook's bare number is one. `day` takes a missing year from the title or the row above. */
  date?: "serial" | "day";
  /** What a title, the name of a sheet or a head may say for it where it has no column of its own. */
  told?: (file: Pick<RowsContext, "office" | "names" | "today">) => Told;
  /** Whether an empty cell is a fault; `missing` says how to mend it. */
  filled: boolean | ((before: Before) => boolean);
  missing?: string;
};
type More = Pick<Column, "unit" | "missing" | "statistic" | "beside" | "date" | "told">;

/** A column whose cells may be empty, which is null. */
export function column<T>(
  heads: string,
  cell: Cell<T>,
  { filled = false, ...more }: More & Partial<Pick<Column, "filled">> = {},
): Column<T | null> {
  return { heads, cell, filled, ...more };
}

/** A column that says something in every row. */
export function filled<T>(heads: string, cell: Cell<T>, more: More = {}): Column<T> {
  return { heads, cell, filled: true, ...more };
}

/** A table as it was found, and where its columns stand, from 0. */
export type FoundTable = {
  sheet: {
    name: string | null;
    header: string[];
    headerLine: number;
    rows: readonly { line: number; cells: readonly string[] }[];
  };
  at: ReadonlyMap<string, number>;
};
/** Tables whose rows are the kind's, and what of the found one can't be read. */
export type Laid = {
  tables: readonly FoundTable[];
  rejected: readonly { row: number; column: string; value: string; reason: string }[];
};

export type Faults<C extends string = string> = { faults: readonly CellFault<C>[] };

/** A row that one of its cells keeps out. */
export function fault<C extends string>(column: C, reason: string): Faults<C> {
  return { faults: [{ column, reason }] };
}

export type Counts = { added: number; corrected: number; unchanged: number };

/** What entering has done. */
export type Entered = Counts & {
  /** Days whose figures are others than before. */
  correctedDates?: ReadonlySet<IsoDate>;
  /** The first and the last day whose rows are others than before, new ones among them. */
  touched?: readonly [first: IsoDate, last: IsoDate] | null;
  /** What the figures say of themselves, where they do. */
  dataState?: DataState;
  /** What the audit row says beside the counts: old values, for instance. */
  detail?: Readonly<Record<string, unknown>>;
  /** What the answer says beside the counts. `facts` are for scripts. */
  report?: Report;
};
export type Report = {
  blocks: readonly Block[];
  buttons?: readonly Button[];
  facts?: Readonly<Record<string, unknown>>;
};

/**
 * A kind of table that may be imported. `Cells` is what a row's cells say, `R` the row that they make, `P` what is to be
 * done with it.
 */
export type ImportKind<C extends string, Cells, R extends object, P extends object> = {
  kind: "import";
  /** Stable name, as scripts read it, and the file's name. */
  id: string;
  title: string;
  who: readonly Role[];
  /** In the order in which a row's cells are read. */
  columns: Readonly<Record<C, Column>>;
  /** What tells the kind: each column must be there; of a group one must be there, and filled in every row. */
  needs: readonly (C | readonly C[])[];
  /** Needed columns of which one is enough in a table with a column for each place. */
  alone?: readonly C[];
  /** Rows that a file may have, where entering one takes its time. */
  mostRows?: number;
  /** For a kind that also comes in a layout of its own, with a column a station: that table as tables of the kind's columns. */
  layout?(found: FoundTable, file: RowsContext): Promise<Laid>;
  /** The row that good cells make, or what is wrong between them; without it the cells are the row. */
  row?(cells: Cells, file: RowsContext): R | Faults<C>;
  /** Rows of one key are the same row: said alike it counts once, said differently each of them is rejected. */
  once: {
    key(row: R): readonly string[];
    /** The column in which two rows of one key contradict each other. */
    differs(a: R, b: R): C | null;
    /** How they do, in Chinese: 与第3行…，请只保留正确的一行. */
    reason: string;
    /** Called for each further row that says the same as one before. */
    repeated?(first: R): void;
  };
  /** What is to be done with a row by what the store says, or why it can't be; without it rows enter as they are. */
  judge?(row: R, file: Importing): Promise<P | Faults<C>>;
  /** Enters the good rows, in the transaction in which they were judged. */
  enter(rows: readonly P[], file: Importing): Promise<Entered>;
  takeBack?: NonNullable<Imported["takeBack"]>;
  /** What its rows are figures of that papers print: a correction names those that were issued with the old ones. */
  touches?: "air" | PaperSource;
};

// biome-ignore lint/suspicious/noExplicitAny: the registry holds kinds of all rows; each reads, judges and enters its own
export type AnyImportKind = ImportKind<any, any, any, any>;

type CellsOf<Columns> = { [C in keyof Columns]: Columns[C] extends Column<infer T> ? T : never };

/**
 * Declares a kind of import: one file of `src/incoming/kinds`, named by its id, default export. The table is found, its
 * cells read and its bad ones rejected, repeats and contradictions told, the answer drawn and the transaction written
 * without a word of it here.
 *
 * @example
 * export default importKind({
 *   id: "dustfall",
 *   title: "降尘量",
 *   who: ["office"],
 *   columns: {
 *     month: filled("月份 month", month()),
 *     county: filled(COUNTY, county({ on: "month" })),
 *     site: filled("点位 site", plainText(50)),
 *     dustfall: filled("降尘量 dustfall", decimal({ decimals: 2, most: 100 }), { unit: "t/km²" }),
 *   },
 *   needs: ["month", "county", "site", "dustfall"],
 *   once: {
 *     key: ({ month, county, site }) => [county, site, month],
 *     differs: (a, b) => (a.dustfall === b.dustfall ? null : "dustfall"),
 *     reason: "是同一点位同一月但数值不同",
 *   },
 *   enter: enterEach({ … }),
 * });
 */
export function importKind<
  Columns extends Readonly<Record<string, Column>>,
  R extends object = CellsOf<Columns>,
  P extends object = R,
>(
  spec: Omit<ImportKind<keyof Columns & string, CellsOf<Columns>, R, P>, "kind" | "columns"> & {
    columns: Columns;
  },
): ImportKind<keyof Columns & string, CellsOf<Columns>, R, P> {
  return { kind: "import", ...spec };
}
