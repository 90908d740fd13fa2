import { createHash } from "node:crypto";
import { contextOf, type Lantian, type Moment } from "../bot/lantian.ts";
import { memberNow } from "../bot/member-now.ts";
import { deny } from "../bot/transaction.ts";
import { only } from "../chat/access.ts";
import type { AnyImportKind, Counts, Importing, Report, RowsContext } from "../chat/import.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { dateSeenOn } from "../chat/wording.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { TableReading } from "../intake/reading.ts";
import type { Rejected } from "../intake/refusal.ts";
import type { Table } from "../intake/source.ts";
import { type Affected, affectedBy, tellAffected } from "../papers/affected.ts";
import type { KeptLayout } from "../store/import-questions.ts";
import type { IngestSource } from "../store/ingest-sources.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { judgeRows, readRowsOf } from "./read-rows-of.ts";
import { tablesOfFile, type Unsure } from "./read-tables.ts";

/** What came of a file; the interfaces document's answer of `import`. */
export type BroughtIn = Counts & {
  /** Id of its kind. */
  kind: string;
  rows: number;
  rejected: readonly Rejected[];
  /** The number that it can be taken back by; null where nothing was changed. */
  batch: number | null;
  /** The import of the same file that stands, where there is one. */
  sameAs: SameFile | null;
  /** Published periods whose notices rest on a day that it has changed. */
  affected: readonly Affected[];
  /** What its kind has to say beside. */
  report?: Report;
  /** What was read of the file, and what was left aside. */
  read: TableReading;
};
/** Why nothing was brought in: the bad cells, and what of the file was read. */
export type NotBroughtIn = Refusal & {
  rejected: readonly Rejected[];
  read?: TableReading;
  /** What its columns are probably meant as, where its sender may be asked. */
  unsure?: Unsure;
};

/** What goes on while a file is imported. */
export type WhileImporting = {
  /** The run that it ends, in the transaction in which it counts. */
  run?: number;
  /** Waited for before anything is written. */
  turn?(): Promise<void>;
  /** How many rows have been read, of how many. */
  passed?(rows: number, of: number): void;
};

/** Who brings it: a person, a terminal without either, or a machine. */
type By = { person: Person | null; partial: boolean; source?: IngestSource };

/**
 * Brings a table into the store, all or nothing: with one bad row nothing enters, unless `partial` asks for the good
 * rows. The whole file is one transaction with its batch, its audit row and the notices that it causes. Bringing in the same
 * file twice changes nothing, and says who was first. Without a person it comes from a terminal, whose user may do everything, or
 * from a machine that may send one `kind`.
 */
export async function importFile(
  bot: Lantian,
  file: { bytes: Uint8Array; name: string },
  by: By & { layout?: KeptLayout; kind?: string },
  during: WhileImporting = {},
): Promise<BroughtIn | NotBroughtIn> {
  const moment = await contextOf(bot);
  const kinds = bot.registry.imports.filter(({ id }) => by.kind === undefined || id === by.kind);
  const told = await tablesOfFile(file, kinds, moment, by.layout);
  if ("refusal" in told) {
    const refused = rejectedWith(told.refusal, told.rejected, told.reading);
    return told.unsure === undefined ? refused : { ...refused, unsure: told.unsure };
  }
  const sha256 = () => createHash("sha256").update(file.bytes).digest("hex");
  return importTables(bot, { ...told, moment, name: file.name, sha256 }, by, during);
}

/** Tables whose kind and columns are told. `sha256` of what they were read of is asked for where somebody may send it again. */
type Told = {
  moment: Moment;
  name: string;
  sha256(): string;
  kind: AnyImportKind;
  tables: readonly Table[];
  reading?: TableReading;
};

/** The same for tables that are read already. */
export async function importTables(
  bot: Lantian,
  { moment, name: nameOfFile, sha256, kind, tables, reading: told = NOTHING_SAID }: Told,
  by: By,
  { run, turn, passed }: WhileImporting = {},
): Promise<BroughtIn | NotBroughtIn> {
  const { office, now, today } = moment;
  const at = now.epochMilliseconds;
  const read = await bot.store.read(async (store) => {
    const context: RowsContext = { ...moment, store, by: by.person };
    return { context, ...(await readRowsOf(kind, tables, context, passed)) };
  });
  const reading = withRepeats(told, read.repeats);
  await turn?.();
  const result = await bot.store.write(async (store) => {
    // A role may have been withdrawn while the file was on its way.
    const person = by.person && (await memberNow(store, by.person.id, moment));
    if (isRefusal(person)) return { ...person, rejected: [] };
    if (person !== null) {
      const who = only(`导入${kind.title}`, ...kind.who);
      const forbidden = who.check({ person, args: {}, office, today });
      if (forbidden !== null) return { ...forbidden, rejected: [] };
    }
    if (by.source !== undefined && !(await store.ingestSources.heard(by.source.id, at)))
      return rejectedWith("这个数据接入已停用，请联系市办。", [], reading, "forbidden");
    const batch = await store.batches.nextId();
    // The same object as before: by it a kind keeps what it has read of a file.
    const importing: Importing = Object.assign(read.context, { store, by: person, batch });
    const { rows, rejected, doubt } = await judgeRows(kind, read, importing);
    if (doubt !== null) return rejectedWith(doubt, rejected, reading);
    if (rejected.length > 0 && !by.partial) {
      return rejectedWith(
        `有${rejected.length}处错误，没有导入任何数据。请按下列提示修改后重新导入。`,
        rejected,
        reading,
      );
    }
    if (rows.length === 0 && rejected.length === 0)
      return rejectedWith("文件里只有表头，没有数据行。", [], reading);
    // A machine isn't told.
    const sameAs = by.source === undefined ? await sameFile(moment, store, sha256()) : null;
    const entered = await kind.enter(rows, importing);
    const {
      correctedDates = new Set<IsoDate>(),
      touched: own = null,
      dataState = null,
      detail,
      report,
      ...counts
    } = entered;
    const touched = own ?? spanOf(correctedDates);
    const context = { ...moment, store };
    const affected =
      kind.touches === undefined
        ? []
        : await affectedBy({ of: kind.touches, touched, correctedDates }, context);
    await tellAffected(affected, person, context);
    if (run !== undefined) await store.importRuns.end(run);
    const isChanged = counts.added + counts.corrected > 0 || touched !== null;
    const name = nameOfFile.slice(0, 200);
    // What a machine adds every hour is no import that anybody looks for.
    const isBatch = by.source === undefined ? isChanged : counts.corrected > 0;
    if (isBatch) {
      const [firstDay, lastDay] = touched ?? [null, null];
      await store.batches.add({
        ...{ id: batch, kind: kind.id, personId: person?.id ?? null, at, name, sha256: sha256() },
        ...{ rows: rows.length, ...counts, dataState, firstDay, lastDay },
      });
    }
    if (isChanged) {
      await store.audit.append({
        at,
        personId: person?.id ?? null,
        actor: person?.name ?? (by.source === undefined ? "终端" : `数据接入 ${by.source.name}`),
        act: "import",
        subject: kind.id,
        outcome: "done",
        detail: { file: name, ...(isBatch ? { batch } : {}), ...counts, ...detail },
      });
    }
    return {
      ...{ kind: kind.id, rows: rows.length, ...counts, rejected },
      ...{ batch: isBatch ? batch : null, sameAs, affected, read: reading },
      ...(report ? { report } : {}),
    };
  });
  if ("code" in result && result.code === "forbidden" && by.person !== null)
    await deny(bot.store, { act: "import", at, person: by.person }, result);
  return result;
}

const NOTHING_SAID: TableReading = { lines: [], tables: [], leftOut: [] };

/** Who brought the same file before, when, and the number of that import. */
export type SameFile = { batch: number; by: string; date: string; words: string };

async function sameFile({ office, today }: Moment, store: Writer, sha256: string): Promise<SameFile | null> {
  const before = await store.batches.sameFile(sha256);
  if (before === null) return null;
  const { id: batch, at, by } = { ...before, by: before.by ?? "终端" };
  const date = office.local(Temporal.Instant.fromEpochMilliseconds(at)).toPlainDate().toString();
  return { batch, by, date, words: `与${dateSeenOn(today, date)}${by}导入的文件相同（第${batch}号）。` };
}

const withRepeats = (reading: TableReading, repeats: number): TableReading =>
  repeats === 0
    ? reading
    : { ...reading, lines: [...reading.lines, `另有${repeats}行与前面的行内容相同，不重复计`] };

/** First and last of some days. */
function spanOf(dates: ReadonlySet<IsoDate>): readonly [IsoDate, IsoDate] | null {
  const [first, ...rest] = [...dates].sort();
  return first === undefined ? null : [first, rest.at(-1) ?? first];
}

function rejectedWith(
  message: string,
  rejected: readonly Rejected[],
  read: TableReading | null,
  code: "import-rejected" | "forbidden" = "import-rejected",
): NotBroughtIn {
  return { ...refuse(code, message), rejected, ...(read === null ? {} : { read }) };
}
