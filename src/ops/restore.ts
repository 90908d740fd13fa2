import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { keptFinding, lackingIn } from "../bot/kept-files.ts";
import { type Config, readConfig } from "../config.ts";
import { auditFinding, type Finding, holdingsOf, inspectDatabase } from "../store/inspection.ts";
import { makeFolder, StoreFault, takeLock } from "../store/open.ts";
import { sealFile } from "../store/seal.ts";
import { syncFolder, vaultBeside, vaultFolder } from "../store/vault.ts";
import { type Manifest, readArchive } from "./archive.ts";
import { boot } from "./boot.ts";
import { type Io, readOptions, runAsProcess, script, UsageFault } from "./script.ts";
import { settlePast } from "./settle-past.ts";

const how = "usage: npm run restore -- FILE (as npm run backup has named it)";

// `npm run restore -- FILE`: an office out of a backup, where there is none yet. Everything is unpacked and checked beside its
// place and put there whole or not at all; nothing that may have been sent since the backup goes out again by itself.
export const restore = script(async (args, environment, { out, err }) => {
  const [file, ...more] = readOptions(args, {}, how).positionals;
  if (file === undefined || more.length > 0) throw new UsageFault(how);
  if (!existsSync(file)) throw new UsageFault(`there is no file ${file}`);
  const config = readConfig(environment);
  const place = config.databaseFile;
  makeFolder(dirname(place));
  // Of a running bot, and of one that would start meanwhile and find nothing.
  const locks = [takeLock(`${place}.running`, 0), takeLock(`${place}.migrating`, 0)];
  const drafts = `${place}.restoring`;
  try {
    refuseUnlessEmpty(place);
    rmSync(drafts, { recursive: true, force: true });
    mkdirSync(drafts, { mode: 0o700 });
    const draft = join(drafts, "lantian.db");
    const about = await unpack(file, draft);
    const findings = await check(draft, about);
    findings.push(...(await settle({ ...config, databaseFile: draft }, about, err)));
    findings.push(lostSince(about));
    putInPlace(draft, place);
    for (const { name, ok, detail } of findings) out(`${ok ? "ok  " : "BAD "} ${name}: ${detail}\n`);
    out(`restored: ${place}, as it was at ${about.at}\n`);
    return findings.every((finding) => finding.ok) ? 0 : 1;
  } finally {
    rmSync(drafts, { recursive: true, force: true });
    for (const release of locks) release();
  }
});

if (import.meta.main) await runAsProcess(restore);

/** Nothing is ever overwritten, not even what an old database has left: its log beside a new one would damage that. */
function refuseUnlessEmpty(place: string): void {
  const files = vaultFolder(place);
  const taken = [place, `${place}-wal`].filter(
    (path) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0,
  );
  if (existsSync(files) && readdirSync(files).length > 0) taken.push(files);
  if (taken.length > 0)
    throw new UsageFault(
      `restoring goes into an empty place only, and there is ${taken.join(", ")}; move it away, or set DATABASE_URL`,
    );
}

async function unpack(file: string, draft: string): Promise<Manifest> {
  const vault = vaultBeside(draft);
  return readArchive(file, {
    database: (content) =>
      pipeline(content, createWriteStream(draft, { flags: "wx", mode: 0o600, flush: true })),
    file: async (content) => vault.keep(Buffer.concat(await Array.fromAsync(content))),
  });
}

/** Looks over what was unpacked. @throws StoreFault for what the backup could not have been like. */
async function check(draft: string, about: Manifest): Promise<Finding[]> {
  const findings = inspectDatabase(draft);
  const { files, broken } = await holdingsOf(draft);
  const lacking = await lackingIn(vaultBeside(draft), files);
  const known = new Set(about.lacking.map(({ sha256 }) => sha256));
  const lost = lacking.find(({ sha256 }) => !known.has(sha256));
  if (lost !== undefined)
    throw new StoreFault(
      `cannot restore: ${lost.name} (${lost.sha256}) is not in the backup; take another one`,
    );
  const unsound = findings.find(({ ok }) => !ok);
  if (unsound !== undefined)
    throw new StoreFault(`cannot restore: ${unsound.name}: ${unsound.detail}; take another backup`);
  return [...findings, auditFinding(broken), keptFinding(files.length, lacking, vaultFolder(draft))];
}

async function settle(config: Config, about: Manifest, err: Io["err"]): Promise<Finding[]> {
  const { bot } = await boot(config, err);
  try {
    return await settlePast(bot, about);
  } finally {
    bot.store.close();
  }
}

/** What nobody but people can bring back: whatever was done after the backup. */
function lostSince({ at }: Manifest): Finding {
  const { hours, minutes } = Temporal.Instant.from(at).until(Temporal.Now.instant(), {
    ...{ largestUnit: "hour", smallestUnit: "minute", roundingMode: "ceil" },
  });
  const detail = `what was done in the ${hours} h ${minutes} min after ${at} is not here: ask for it again, and mind that numbers given since are given again (README, Backup and restore)`;
  return { name: "since the backup", ok: true, detail };
}

/** The database last: where it is, everything is. */
function putInPlace(draft: string, place: string): void {
  rmSync(vaultFolder(place), { recursive: true, force: true });
  if (existsSync(vaultFolder(draft))) renameSync(vaultFolder(draft), vaultFolder(place));
  for (const path of [`${place}-wal`, `${place}-shm`]) rmSync(path, { force: true });
  // A seal of the office that was here before is another's.
  rmSync(sealFile(place), { force: true });
  if (existsSync(sealFile(draft))) renameSync(sealFile(draft), sealFile(place));
  syncFolder(dirname(place));
  renameSync(draft, place);
  syncFolder(dirname(place));
}
