import { statSync } from "node:fs";
import { auditReads } from "./audit.ts";
import { evidenceReads, type KeptFile } from "./evidence.ts";
import { importQuestionReads } from "./import-questions.ts";
import { keptFilesIn } from "./kept-files.ts";
import { officialPaperReads } from "./official-papers.ts";
import { type Connection, openConnection, rowCounts, schemaOf, withDrizzle } from "./open.ts";

/** One finding: what was looked at, whether it is as it should be, what was found, and how to mend it. */
export type Finding = { name: string; ok: boolean; detail: string; mend?: string };

/** The log that SQLite writes first grows beyond this only when somebody keeps it from being worked into the file. */
const LARGEST_WAL_MB = 64;
const MB = 1_048_576;

/** Looks over the whole file as SQLite sees it. Reads only; takes time in proportion to the file. */
export function inspectDatabase(file: string): Finding[] {
  const connection = openConnection(file);
  try {
    const integrity = connection.pragma("integrity_check", { simple: true }) as string;
    const orphans = connection.pragma("foreign_key_check") as unknown[];
    const pages =
      (connection.pragma("page_count", { simple: true }) as number) *
      (connection.pragma("page_size", { simple: true }) as number);
    const loose = connection
      .prepare(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name not like '\\_\\_%' escape '\\' and sql not like '%STRICT%'",
      )
      .pluck()
      .all() as string[];
    return [
      {
        name: "integrity",
        ok: integrity === "ok",
        detail: integrity.split("\n")[0] ?? "",
        ...(integrity === "ok" ? {} : { mend: "stop the bot and restore a backup" }),
      },
      {
        name: "foreign keys",
        ok: orphans.length === 0,
        detail: orphans.length === 0 ? "all resolve" : `${orphans.length} rows refer to nothing`,
        ...(orphans.length === 0 ? {} : { mend: "restore a backup" }),
      },
      {
        name: "strict tables",
        ok: loose.length === 0,
        detail: loose.length === 0 ? "all" : `not strict: ${loose.join(", ")}`,
        ...(loose.length === 0 ? {} : { mend: "another program has made these tables; restore a backup" }),
      },
      { name: "size", ok: true, detail: `${(pages / MB).toFixed(1)} MB` },
      walFinding(file),
    ];
  } finally {
    connection.close();
  }
}

/**
 * The first table or index whose root can't be read, with SQLite's reason; null where all can. Quick, whatever the size of the
 * file: it is looked at on every start.
 */
export function firstUnreadable(connection: Connection): string | null {
  const roots = connection
    .prepare(
      "select name, tbl_name as of from sqlite_schema where type = 'table' or (type = 'index' and coalesce(sql, '') not like '% where %')",
    )
    .all() as { name: string; of: string }[];
  for (const { name, of } of roots) {
    const by = name === of ? "not indexed" : `indexed by "${name}"`;
    try {
      connection.prepare(`select 1 from "${of}" ${by} limit 1`).get();
    } catch (error) {
      return `${name}: ${(error as Error).message}`;
    }
  }
  return null;
}

function walFinding(file: string): Finding {
  const mb = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) / MB;
  const ok = mb <= LARGEST_WAL_MB;
  const mend = "close other programs that read the file, then restart the bot";
  return { name: "write-ahead log", ok, detail: `${mb.toFixed(1)} MB`, ...(ok ? {} : { mend }) };
}

/**
 * Copies the database to `target` while it is in use: one consistent state, WAL included. In one step: a copy in several
 * begins anew whenever another process writes in between, and beside a busy bot never ends.
 * @throws Error when the copy fails.
 */
export async function copyDatabase(file: string, target: string): Promise<void> {
  const connection = openConnection(file);
  try {
    await connection.backup(target, { progress: () => ALL_PAGES });
  } finally {
    connection.close();
  }
}

const ALL_PAGES = 0x7fffffff;

/** What a database holds, also one of an older version, which stays as it is. */
export type Holdings = {
  /** When the newest of its migrations was written, ms UTC: the version of its schema. */
  schema: number;
  /** Rows of each table. */
  rows: Record<string, number>;
  /** What the vault beside it has to hold. */
  files: KeptFile[];
  /** First row of the audit log that was tampered with, or null. */
  broken: number | null;
};

/** What a database from before a table was added names of it. */
const NONE = { keptFiles: async () => [] };

/** Whether a database is from when files have a term. */
const hasTerms = (connection: Connection): boolean =>
  connection.prepare("select 1 from pragma_table_info('evidence') where name = 'removed_at'").get() !==
  undefined;

/** @throws SQLite's error when it is damaged so that it can't be read. */
export async function holdingsOf(file: string): Promise<Holdings> {
  const connection = openConnection(file);
  try {
    const db = withDrizzle(connection);
    const rows = Object.fromEntries(rowCounts(connection));
    return {
      schema: schemaOf(connection) ?? 0,
      rows,
      files: await keptFilesIn({
        evidence:
          "evidence" in rows ? { keptFiles: () => evidenceReads(db).keptFiles(hasTerms(connection)) } : NONE,
        importQuestions: "import_question" in rows ? importQuestionReads(db) : NONE,
        officialPapers: "official_paper_file" in rows ? officialPaperReads(db) : NONE,
      }),
      broken: await auditReads(db).firstBroken(),
    };
  } finally {
    connection.close();
  }
}

export function auditFinding(broken: number | null): Finding {
  const name = "audit log";
  if (broken === null) return { name, ok: true, detail: "the chain holds" };
  const mend = "find out who can write the file, and compare with a backup";
  return { name, ok: false, detail: `row ${broken} was tampered with`, mend };
}
