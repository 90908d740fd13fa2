import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import type { SQLiteDialect } from "drizzle-orm/sqlite-core";
import { asFilled, type JoinedTables, rowMapper, type SelectedField } from "./map-rows.ts";

/** The database can't be used; the message is one English line for whoever starts the bot. */
export class StoreFault extends Error {}

export type Connection = InstanceType<typeof Database>;
export type Db = ReturnType<typeof drizzle>;

/** Where the steps from one version of the schema to the next stand. */
export const migrationsFolder = join(import.meta.dirname, "../../drizzle");

/** Settings that hold on every open; better-sqlite3 reopens a WAL file with synchronous=NORMAL, so none is left to luck. */
const SETTINGS = {
  journal_mode: "wal",
  synchronous: 2,
  foreign_keys: 1,
  busy_timeout: 1000,
  trusted_schema: 0,
  cell_size_check: 1,
  // What is deleted is overwritten: it stands in no free page for whoever reads the file itself.
  secure_delete: 1,
};

/** Opens one connection with the settings that the reliability document demands, and reads each back. */
export function openConnection(file: string): Connection {
  let connection: Connection;
  try {
    connection = new Database(file, { timeout: SETTINGS.busy_timeout });
  } catch (error) {
    throw new StoreFault(`cannot open the database ${file}: ${(error as Error).message}`);
  }
  try {
    for (const [name, wanted] of Object.entries(SETTINGS)) {
      connection.pragma(`${name} = ${wanted}`);
      const found = connection.pragma(name, { simple: true });
      if (found !== wanted) throw new Error(`${name} is ${found} instead of ${wanted}`);
    }
    return connection;
  } catch (error) {
    connection.close();
    throw new StoreFault(`cannot use the database ${file}: ${(error as Error).message}`);
  }
}

/**
 * drizzle on a connection. It writes bound values as `+?`: of a plain `?` that an index may turn on SQLite looks at the value,
 * and makes the whole statement anew for each other one. What a partial index is to find says that index's condition in literals.
 */
export function withDrizzle(connection: Connection): Db {
  const db = drizzle({ client: connection });
  const { dialect, session } = db as unknown as { dialect: SQLiteDialect; session: BetterSQLiteSession };
  dialect.escapeParam = () => "+?";
  keepStatements(session, connection);
  return db;
}

type BetterSQLiteSession = {
  prepareQuery(
    query: { sql: string; params: readonly unknown[] },
    fields: readonly SelectedField[] | undefined,
    method: string,
    asArrays: boolean,
    mapper?: unknown,
    ...rest: unknown[]
  ): { joinsNotNullableMap?: JoinedTables };
};

/** More texts than a running bot asks for; those of lists of changing lengths have no end. */
const MOST_STATEMENTS = 500;

/**
 * Has SQLite compile a text once, whoever asks for it again: drizzle compiles whatever isn't `prepared` anew. A statement gives
 * either rows, or arrays of columns, which is drizzle's way where it knows the fields: each has its own.
 */
function keepStatements(session: BetterSQLiteSession, connection: Connection): void {
  const { prepareQuery } = session;
  const [ofFields, ofRows] = [keeping(connection), keeping(connection)].map((client) =>
    Object.create(session, { client: { value: client } }),
  );
  session.prepareQuery = (query, fields, method, asArrays, mapper, ...rest) => {
    // What it joins drizzle says after it was made.
    const joined = (): JoinedTables | undefined => made.joinsNotNullableMap;
    const ours = mapper ?? (fields === undefined || method !== "all" ? undefined : rowMapper(fields, joined));
    const client = fields === undefined ? ofRows : ofFields;
    const filled = { ...query, params: query.params.map(asFilled) };
    const made = prepareQuery.call(client, filled, fields, method, asArrays, ours ?? undefined, ...rest);
    return made;
  };
}

function keeping(connection: Connection): Pick<Connection, "prepare"> {
  const kept = new Map<string, ReturnType<Connection["prepare"]>>();
  const prepare = (text: string) => {
    const statement = kept.get(text) ?? connection.prepare(text);
    kept.delete(text);
    kept.set(text, statement);
    const [oldest] = kept.keys();
    if (kept.size > MOST_STATEMENTS && oldest !== undefined) kept.delete(oldest);
    // drizzle's `values` and `$count` have one of rows give arrays, and leave it so.
    return statement.reader ? statement.raw(false) : statement;
  };
  return { prepare: prepare as Connection["prepare"] };
}

type Compiled = { query: { sql: string; params: readonly unknown[] }; fields: unknown; stmt: unknown };

/** A query that drizzle has built on any connection, compiled on another. */
export function compiledOn<T>(db: Db, built: T): T {
  const { session } = db as unknown as { session: BetterSQLiteSession };
  const { query, fields } = built as unknown as Compiled;
  const compiled = session.prepareQuery(query, fields as readonly SelectedField[], "", true) as Compiled;
  return Object.assign(compiled, { ...built, stmt: compiled.stmt });
}

/** The connection behind drizzle, for the few statements whose speed was measured and matters. */
export function connectionOf(db: Db): Connection {
  return (db as unknown as { $client: Connection }).$client;
}

/**
 * Brings the schema up to date, one process at a time. Foreign keys are off meanwhile, since a rebuilt parent table
 * would silently delete its children (drizzle-orm#5782); afterwards they are checked and no table may have shrunk.
 * @throws StoreFault when the file is not ours, was written by a newer version, or fails a check.
 */
export function migrateDatabase(file: string): void {
  if (file !== ":memory:") {
    try {
      makeFolder(dirname(file));
    } catch (error) {
      throw new StoreFault(`cannot create the folder of ${file}: ${(error as Error).message}`);
    }
  }
  const isNew = !existsSync(file);
  if (!isNew && !pending(file)) return;
  const release = takeLock(`${file}.migrating`, 10_000);
  const connection = openConnection(file);
  try {
    if (alreadyCurrent(connection)) return;
    connection.pragma("foreign_keys = OFF");
    const before = rowCounts(connection);
    migrate(withDrizzle(connection), { migrationsFolder });
    const after = rowCounts(connection);
    for (const [table, rows] of before) {
      if ((after.get(table) ?? 0) < rows)
        throw new StoreFault(`the migration shrank table ${table}; restore the backup`);
    }
    const broken = connection.pragma("foreign_key_check") as unknown[];
    if (broken.length > 0)
      throw new StoreFault(`the migration broke ${broken.length} foreign keys; restore the backup`);
  } catch (error) {
    if (error instanceof StoreFault) throw error;
    // drizzle's own message is the whole statement; the cause says what is wrong with it.
    const { message, cause } = error as Error;
    throw new StoreFault(
      `cannot migrate the database ${file}: ${(cause as Error | undefined)?.message ?? message}`,
    );
  } finally {
    connection.close();
    release();
  }
}

/** Makes a folder and those that it lies in. Step by step: Node's own recursive mkdir never returns where the system forbids new folders, as below /proc. */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/**
 * Takes a lock that the operating system gives back when the process dies: an exclusive transaction on a file beside
 * the database. @throws StoreFault when another process keeps it longer than `waitMs`.
 */
export function takeLock(path: string, waitMs: number): () => void {
  let lock: Connection | undefined;
  try {
    lock = new Database(path, { timeout: waitMs });
    lock.pragma("journal_mode = DELETE");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock?.close();
    throw new StoreFault(
      (error as { code?: string }).code === "SQLITE_BUSY"
        ? `another Lantian process is using this database (${path} is locked)`
        : `cannot lock ${path}: ${(error as Error).message}`,
    );
  }
  const held = lock;
  return () => held.close();
}

type Journal = { entries: { when: number }[] };
const journal = JSON.parse(readFileSync(join(migrationsFolder, "meta/_journal.json"), "utf8")) as Journal;
const newest = Math.max(...journal.entries.map((entry) => entry.when));

/** Whether a file has the schema of this version, without touching it. @throws StoreFault when it isn't ours or is newer. */
export function isCurrent(file: string): boolean {
  return !pending(file);
}

/** Looks without touching: a file that turns out not to be ours must stay as it was, journal mode and all. */
function pending(file: string): boolean {
  let connection: Connection | undefined;
  try {
    connection = new Database(file, { timeout: SETTINGS.busy_timeout, readonly: true });
    return !alreadyCurrent(connection);
  } catch (error) {
    if (error instanceof StoreFault) throw error;
    throw new StoreFault(`cannot use the database ${file}: ${(error as Error).message}`);
  } finally {
    connection?.close();
  }
}

function alreadyCurrent(connection: Connection): boolean {
  const tables = connection
    .prepare("select name from sqlite_schema where type = 'table'")
    .pluck()
    .all() as string[];
  if (!tables.includes("__drizzle_migrations")) {
    if (tables.length > 0) throw new StoreFault(`${connection.name} is a database of another program`);
    return false;
  }
  const applied = schemaOf(connection);
  if (applied !== null && applied > newest) {
    throw new StoreFault(
      `${connection.name} was written by a newer version of Lantian; update the program, or go back with the backup of before the upgrade (docs/operations.md, Downgrading); the data is untouched`,
    );
  }
  return applied === newest;
}

/** When the newest migration of a database of ours was written, ms UTC; null before the first. */
export function schemaOf(connection: Connection): number | null {
  const newest = connection.prepare("select max(created_at) from __drizzle_migrations").pluck().get();
  return newest === null ? null : Number(newest);
}

export function rowCounts(connection: Connection): Map<string, number> {
  const tables = connection
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all() as string[];
  return new Map(
    tables.map((table) => [
      table,
      connection.prepare(`select count(*) from "${table}"`).pluck().get() as number,
    ]),
  );
}
