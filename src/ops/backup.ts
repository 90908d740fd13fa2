import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { keptFinding, lackingIn } from "../bot/kept-files.ts";
import { readConfig } from "../config.ts";
import {
  auditFinding,
  copyDatabase,
  type Finding,
  holdingsOf,
  inspectDatabase,
} from "../store/inspection.ts";
import { isCurrent, makeFolder } from "../store/open.ts";
import { syncFolder, vaultBeside, vaultFolder } from "../store/vault.ts";
import { hashAndSizeOf, type Manifest, readArchive, writeArchive } from "./archive.ts";
import { backupFolder } from "./keep-backups.ts";
import { readOptions, runAsProcess, script, UsageFault } from "./script.ts";

const how = "usage: npm run backup [-- FILE]";

// `npm run backup [-- FILE]`: database and kept files as one file, checked; the bot may keep running meanwhile. A file that
// is missing or changed can't be backed up: it is named, all the rest is there, and the exit status is 1.
export const backup = script(async (args, environment, { out }) => {
  const { positionals } = readOptions(args, {}, how);
  if (positionals.length > 1) throw new UsageFault(how);
  const { databaseFile } = readConfig(environment);
  if (!existsSync(databaseFile)) throw new UsageFault(`there is no database at ${databaseFile} to back up`);
  isCurrent(databaseFile);
  const target = positionals[0] ?? usualTarget(databaseFile);
  if (existsSync(target)) throw new UsageFault(`${target} exists already; name another file`);
  makeFolder(dirname(target));
  const draft = `${target}.partial`;
  const copy = `${draft}.db`;
  const removeDrafts = () => {
    for (const path of [draft, copy, `${copy}-wal`, `${copy}-shm`]) rmSync(path, { force: true });
  };
  removeDrafts();
  try {
    const findings = await backUp(databaseFile, copy, draft);
    renameSync(draft, target);
    syncFolder(dirname(target));
    for (const { name, ok, detail } of findings) out(`${ok ? "ok  " : "BAD "} ${name}: ${detail}\n`);
    out(`backup: ${target}\n`);
    return findings.every((finding) => finding.ok) ? 0 : 1;
  } finally {
    removeDrafts();
  }
});

if (import.meta.main) await runAsProcess(backup);

/** `data/backups/lantian-20200615-083000.tar` for `data/lantian.db`. */
function usualTarget(databaseFile: string): string {
  const now = Temporal.Now.plainDateTimeISO().toString({ smallestUnit: "second" });
  const stamp = now.replaceAll(/[-:]/g, "").replace("T", "-");
  return join(backupFolder(databaseFile), `${basename(databaseFile, ".db")}-${stamp}.tar`);
}

/** The database first, then the files that the copy names: what comes in meanwhile is the next backup's. */
async function backUp(databaseFile: string, copy: string, draft: string): Promise<Finding[]> {
  const at = Temporal.Now.instant().toString({ smallestUnit: "second" });
  await copyDatabase(databaseFile, copy);
  const findings = inspectDatabase(copy);
  const { schema, rows, files, broken } = await holdingsOf(copy);
  const vault = vaultBeside(databaseFile);
  const lacking = await lackingIn(vault, files);
  const lost = new Set(lacking.map(({ sha256 }) => sha256));
  const about: Manifest = {
    format: 1,
    at,
    schema,
    rows,
    database: await hashAndSizeOf(copy),
    files: files
      .filter(({ sha256 }) => !lost.has(sha256))
      .map(({ sha256 }) => ({ sha256, bytes: statSync(vault.placeOf(sha256)).size })),
    lacking: lacking.map(({ sha256, name, no }) => ({ sha256, name, no })),
  };
  await writeArchive(draft, about, copy, vault.placeOf);
  await readArchive(draft);
  const megabytes = (statSync(draft).size / 1_048_576).toFixed(1);
  return [
    ...findings,
    auditFinding(broken),
    keptFinding(files.length, lacking, vaultFolder(databaseFile)),
    { name: "archive", ok: true, detail: `read again, ${megabytes} MB` },
  ];
}
