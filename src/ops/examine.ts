import { existsSync, statSync } from "node:fs";
import { roomFor } from "../bot/disk.ts";
import { keptFinding, lackingIn } from "../bot/kept-files.ts";
import { type Config, consoleWay } from "../config.ts";
import { auditFinding, type Finding, inspectDatabase } from "../store/inspection.ts";
import { keptFilesIn } from "../store/kept-files.ts";
import { isCurrent, openConnection, StoreFault } from "../store/open.ts";
import { closingCommand, openToOthers } from "../store/open-to-others.ts";
import { readSeal, sealFaults } from "../store/seal.ts";
import { openStore, type Store } from "../store/store.ts";
import { vaultBeside, vaultFolder } from "../store/vault.ts";
import { loggable } from "./log.ts";

/** Deliveries that are listed one by one; how many there are in all stands above them. */
const LISTED = 20;

/** `.env` holds tokens: nobody but its owner may read it. */
export const settingsFindings = (file = ".env"): Finding[] => privacyFindings("settings", file);

/** How people come to the console by the settings; a third way is refused at the start. */
export function consoleFinding(config: Config): Finding {
  const name = "console";
  try {
    const way = consoleWay(config);
    const detail = way.kind === "public" ? `${way.origin}, by sign-in` : `${config.host}, ${way.kind}`;
    return { name, ok: true, detail };
  } catch (error) {
    return { name, ok: false, detail: (error as Error).message };
  }
}

/** Whether only its owner may look into a file or folder, where there is one. */
function privacyFindings(name: string, path: string): Finding[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || process.platform === "win32") return [];
  const ok = openToOthers(path) === null;
  const rights = (found.mode & 0o777).toString(8).padStart(4, "0");
  if (ok) return [{ name, ok, detail: `${path} is its owner's only (${rights})` }];
  const mend = closingCommand(path, found);
  return [{ name, ok, detail: `others may read ${path} (${rights})`, mend }];
}

/** The database as it lies there. One of an older version is not brought up to date: that is for the start to do. */
export async function databaseFindings(file: string): Promise<Finding[]> {
  if (!existsSync(file))
    return [{ name: "database", ok: true, detail: `none yet at ${file}; npm start makes it` }];
  try {
    const findings = [
      ...inspectDatabase(file),
      ...privacyFindings("database file", file),
      ...privacyFindings("folder of kept files", vaultFolder(file)),
      ...diskFindings(file),
    ];
    if (!isCurrent(file))
      return [
        ...findings,
        { name: "version", ok: true, detail: "an older one; npm start brings it up to date" },
      ];
    return [
      ...findings,
      sealFinding(file),
      ...(await withStore(file, storeFindings)),
      await filesFinding(file),
    ];
  } catch (error) {
    const detail = loggable(error).message;
    const mend =
      error instanceof StoreFault ? "see that nothing else uses it, or restore a backup" : "restore a backup";
    return [{ name: "database", ok: false, detail, mend }];
  }
}

/** The deliveries that need a human, a line each. */
export async function troubledDeliveries(file: string): Promise<string[]> {
  if (!existsSync(file)) return [];
  try {
    if (!isCurrent(file)) return [];
    const troubled = await withStore(file, (store) => store.read((r) => r.outbox.troubled(LISTED)));
    return troubled.map(
      ({ row, audience }) =>
        `#${row.id} to ${audience}: ${row.title} — ${row.state}: ${loggable(row.lastError ?? "").message}`,
    );
  } catch {
    // What is wrong with the file has been said already.
    return [];
  }
}

/** Whether the audit log still holds what was sealed beside the database. */
function sealFinding(file: string): Finding {
  const name = "audit seal";
  const connection = openConnection(file);
  const faults = sealFaults(file, connection);
  connection.close();
  const seal = readSeal(file);
  const mend = "find out who can write the files, and restore a backup";
  if (faults.length > 0) return { name, ok: false, detail: faults.map(({ why }) => why).join("; "), mend };
  return { name, ok: true, detail: seal === null ? "none yet" : `${seal.length} rows, sealed at ${seal.at}` };
}

function diskFindings(file: string): Finding[] {
  const room = roomFor(file);
  if (room === null) return [];
  const mend = "make room: old backups, logs, other programs' files";
  return [{ name: "disk", ok: room.ok, detail: `${room.freeMb} MB free`, ...(room.ok ? {} : { mend }) }];
}

async function storeFindings(store: Store): Promise<Finding[]> {
  const { broken, counts, troubled, setAside } = await store.read(async (r) => ({
    broken: await r.audit.firstBroken(),
    counts: await r.outbox.countByState(),
    troubled: await r.outbox.countTroubled(),
    setAside: await r.inbox.setAside(),
  }));
  return [
    auditFinding(broken),
    {
      name: "deliveries",
      ok: troubled === 0,
      detail: `${counts.sent} sent, ${counts.pending + counts.sending} waiting, ${counts.failed} failed, ${counts.ambiguous} in doubt`,
      ...(troubled === 0 ? {} : { mend: "decide on each in the chat: 投递" }),
    },
    {
      name: "messages",
      ok: setAside === 0,
      detail: setAside === 0 ? "none set aside" : `${setAside} could not be worked off and were set aside`,
      ...(setAside === 0 ? {} : { mend: "the log has each under inbox-NUMBER" }),
    },
  ];
}

/** Every file that a row names, read: this takes its time. */
async function filesFinding(file: string): Promise<Finding> {
  const files = await withStore(file, (store) => store.read(keptFilesIn));
  return keptFinding(files.length, await lackingIn(vaultBeside(file), files), vaultFolder(file));
}

async function withStore<T>(file: string, look: (store: Store) => Promise<T>): Promise<T> {
  const store = openStore(file);
  try {
    return await look(store);
  } finally {
    store.close();
  }
}
