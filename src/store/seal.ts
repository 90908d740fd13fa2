import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { lostTriggers } from "./append-only.ts";
import type { Connection } from "./open.ts";

/**
 * What the audit log's chain was when it was sealed last. The chain by itself shows that a row was changed; that the newest
 * rows are gone, or all of them, only shows beside something that isn't in the database.
 */
const seal = z.object({
  format: z.literal(1),
  at: z.iso.datetime(),
  /** Rows in the log. */
  length: z.int().min(0),
  /** Its newest rows, newest first; the first is the head of the chain. */
  newest: z.array(z.object({ id: z.int(), hash: z.string().regex(/^[0-9a-f]{64}$/) })),
});
export type Seal = z.infer<typeof seal>;

const NEWEST = 20;
/** A busy office writes many rows a second; so often they are sealed at most. */
const EVERY_MS = 1000;

export const sealFile = (databaseFile: string): string => `${databaseFile}.seal`;

/** The seal beside a database; null where there is none, or none that can be read. */
export function readSeal(databaseFile: string): Seal | null {
  try {
    return seal.parse(JSON.parse(readFileSync(sealFile(databaseFile), "utf8")));
  } catch {
    return null;
  }
}

function sealOf(connection: Connection): Seal {
  const newest = connection
    .prepare("select id, hash from audit order by id desc limit ?")
    .all(NEWEST) as Seal["newest"];
  const length = connection.prepare("select count(*) from audit").pluck().get() as number;
  return { format: 1, at: Temporal.Now.instant().toString(), length, newest };
}

/** Seals the log as it stands: what is there before is replaced at once and as a whole. */
export function writeSeal(databaseFile: string, connection: Connection): void {
  const draft = `${sealFile(databaseFile)}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(sealOf(connection)), { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, sealFile(databaseFile));
}

/**
 * Seals after commits that have added rows, at most once a second, and when the store is closed. A seal that can't be
 * written, on a full disk for example, is tried again with the next commit. `idle` is a connection that isn't in the midst of
 * a transaction, where there is one: opening another reads the whole schema.
 */
export function sealing(databaseFile: string, idle: () => Connection | undefined, connect: () => Connection) {
  let timer: NodeJS.Timeout | null = null;
  let sealedAt = Number.NEGATIVE_INFINITY;
  let isBehind = false;
  const now = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (!isBehind) return;
    const there = idle();
    const connection = there ?? connect();
    try {
      writeSeal(databaseFile, connection);
      isBehind = false;
    } finally {
      if (there === undefined) connection.close();
      sealedAt = performance.now();
    }
  };
  const calmly = () => {
    try {
      now();
    } catch {
      // The look that is taken every day says that the seal is old.
    }
  };
  return {
    /** A commit has added rows. */
    soon() {
      isBehind = true;
      timer ??= setTimeout(calmly, Math.max(0, sealedAt + EVERY_MS - performance.now())).unref();
    },
    close: calmly,
  };
}

/**
 * What speaks against the log, and against what else is only ever added to, each in one English line and one Chinese; none where
 * the log agrees with its seal and every trigger is as it was made.
 */
export function sealFaults(databaseFile: string, connection: Connection): { why: string; words: string }[] {
  const faults = lostTriggers(connection).map((name) => ({
    why: `the trigger ${name} is gone, or another one now`,
    words: `防改触发器${name}被删除或改动`,
  }));
  const last = existsSync(sealFile(databaseFile)) ? readSeal(databaseFile) : null;
  if (last === null) return faults;
  const hashOf = connection.prepare("select hash from audit where id = ?").pluck();
  const found = last.newest.map(({ id, hash }) => ({ id, hash, is: hashOf.get(id) as string | undefined }));
  const changed = found.filter(({ hash, is }) => is !== undefined && is !== hash);
  const length = connection.prepare("select count(*) from audit").pluck().get() as number;
  const missing = Math.max(last.length - length, found.filter(({ is }) => is === undefined).length);
  if (missing > 0)
    faults.push({
      why: `the audit log lacks ${length === 0 ? "all" : missing} of the ${last.length} rows that were sealed at ${last.at} (up to #${last.newest[0]?.id}): they were deleted, or the database's -wal file was lost`,
      words: `审计记录缺少${length === 0 ? "全部" : missing}条（${last.at}封存时共${last.length}条，至#${last.newest[0]?.id}）：可能被删除，或数据库的-wal文件丢失`,
    });
  for (const { id } of changed)
    faults.push({
      why: `row #${id} of the audit log isn't the one that was sealed`,
      words: `审计记录#${id}与封存的不一致`,
    });
  return faults;
}
