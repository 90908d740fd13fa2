import { openConnection } from "./open.ts";

/** One finding about the file: what was looked at, whether it is as it should be, and what was found. */
export type Finding = { name: string; ok: boolean; detail: string };

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
      { name: "integrity", ok: integrity === "ok", detail: integrity },
      {
        name: "foreign keys",
        ok: orphans.length === 0,
        detail: orphans.length === 0 ? "all resolve" : `${orphans.length} rows refer to nothing`,
      },
      {
        name: "strict tables",
        ok: loose.length === 0,
        detail: loose.length === 0 ? "all" : `not strict: ${loose.join(", ")}`,
      },
      { name: "size", ok: true, detail: `${(pages / 1_048_576).toFixed(1)} MB` },
    ];
  } finally {
    connection.close();
  }
}

/**
 * Copies the database to `target` while it is in use: one consistent state, WAL included. The copy is then opened and
 * checked. @throws Error when the target exists or the copy fails its check.
 */
export async function backupDatabase(file: string, target: string): Promise<Finding[]> {
  const connection = openConnection(file);
  try {
    await connection.backup(target);
  } finally {
    connection.close();
  }
  return inspectDatabase(target);
}
