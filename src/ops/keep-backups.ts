import { spawn } from "node:child_process";
import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Connected } from "../bot/connected.ts";
import type { Config } from "../config.ts";

const HOUR_MS = 3_600_000;
/** A backup is made when the newest is so old, at the hour of the night at which nobody works; a missed one as soon as may be. */
const DUE_MS = 20 * HOUR_MS;
const OVERDUE_MS = 28 * HOUR_MS;
const NIGHT = { from: 2, until: 5 };
const LOOK_MS = 60_000;

export const backupFolder = (databaseFile: string): string => join(dirname(databaseFile), "backups");

/** Backups of a database as `npm run backup` names them, newest first. `at`: ms, when each was finished. */
export function backupsOf(databaseFile: string): { path: string; at: number }[] {
  const folder = backupFolder(databaseFile);
  const name = new RegExp(`^${RegExp.escape(basename(databaseFile, ".db"))}-\\d{8}-\\d{6}\\.tar$`);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((one) => name.test(one))
    .toSorted()
    .toReversed()
    .map((one) => ({ path: join(folder, one), at: statSync(join(folder, one)).mtimeMs }));
}

/** Whether a backup is due: of the newest one's age and the hour of the day, 0 to 23. */
export function isBackupDue(newestAt: number | null, now: number, hour: number): boolean {
  const age = newestAt === null ? Number.POSITIVE_INFINITY : now - newestAt;
  return age >= OVERDUE_MS || (age >= DUE_MS && hour >= NIGHT.from && hour < NIGHT.until);
}

/** Removes all but the newest `keep`. @returns how many went. */
export function rotate(databaseFile: string, keep: number): number {
  const old = backupsOf(databaseFile).slice(keep);
  for (const { path } of old) rmSync(path);
  return old.length;
}

/** How the backups are: none, failed, or how old the newest is. A backup that is a day late is no good sign of the rest. */
export function backupHealth(
  databaseFile: string,
  failed: string | null,
  now: number,
): { ok: boolean; detail: string } {
  const newest = backupsOf(databaseFile)[0]?.at ?? null;
  const hours = newest === null ? null : Math.floor((now - newest) / HOUR_MS);
  const age = hours === null ? "none yet" : `newest ${hours} h old`;
  return {
    ok: failed === null && hours !== null && hours * HOUR_MS <= OVERDUE_MS + HOUR_MS,
    detail: failed === null ? age : `${age}; the last try failed: ${failed}`,
  };
}

/**
 * Backs up each night, in a process of its own, so that nobody waits for the reading of all files, and keeps the newest `keep`.
 * What can't be backed up as a whole (`npm run backup` ends with 1) is kept, too, and said.
 */
export function startBackingUp(
  { databaseFile, backupKeep }: Pick<Config, "databaseFile" | "backupKeep">,
  onFault: (error: unknown) => void,
  { machineNow = Date.now, everyMs = LOOK_MS } = {},
): Connected & { state(): { ok: boolean; detail: string }; stop(): Promise<void>; look(): Promise<void> } {
  const stopping = new AbortController();
  let failed: string | null = null;
  let running: Promise<void> = Promise.resolve();
  const look = async () => {
    const now = machineNow();
    if (!isBackupDue(backupsOf(databaseFile)[0]?.at ?? null, now, new Date(now).getHours())) return;
    failed = await runBackup(databaseFile, stopping.signal);
    if (stopping.signal.aborted) return;
    if (failed !== null) onFault(new Error(`backup: ${failed}`));
    rotate(databaseFile, backupKeep);
  };
  const round = () => {
    running = running.then(look).catch(onFault);
    return running;
  };
  const timer = setInterval(round, everyMs).unref();
  const state = () => backupHealth(databaseFile, failed, machineNow());
  return {
    name: "backup",
    // It says nothing of how questions are answered now, so that nothing is restarted for it.
    health: () => ({ ...state(), ok: true }),
    gauges() {
      const newest = backupsOf(databaseFile)[0];
      if (newest === undefined) return [];
      const value = (machineNow() - newest.at) / 1000;
      return [{ name: "backup_age_seconds", help: "How old the newest backup is", value }];
    },
    state,
    look: round,
    async stop() {
      clearInterval(timer);
      // What is broken off is named .partial, and the next start makes a whole one.
      stopping.abort();
      await running;
    },
  };
}

/** @returns what went wrong, in one line; null where all is kept. */
async function runBackup(databaseFile: string, signal: AbortSignal): Promise<string | null> {
  const start = [
    "--disable-warning=ExperimentalWarning",
    "--import",
    join(import.meta.dirname, "../require-node.mjs"),
  ];
  const { PATH, TZ, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [...start, join(import.meta.dirname, "backup.ts")], {
    signal,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH, TZ, NODE_COMPILE_CACHE, DATABASE_URL: `file:${databaseFile}` },
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const status = await new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      said.push(error.message);
      resolve(null);
    });
    child.once("close", resolve);
  });
  if (status === 0) return null;
  const lines = said.join("").trim().split("\n");
  return lines.find((line) => line.startsWith("BAD")) ?? lines.at(-1) ?? `status ${status}`;
}
