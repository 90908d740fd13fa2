import { createHash, randomUUID } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { access, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Kept files, outside the database, each under the hash of its content: what is there is never changed. */
export type Vault = {
  /** Writes content to disk for good, but as a draft: nobody finds it before it is kept. */
  lay(bytes: Uint8Array): Promise<Draft>;
  /** Lays and keeps at once, where no row of a store that is in use will name it. */
  keep(bytes: Uint8Array): Promise<{ sha256: string; bytes: number }>;
  /** @throws VaultFault when it is missing or its content is no longer what was kept. */
  read(sha256: string): Promise<Buffer>;
  /** Whether it is there at all; only reading it tells whether it is whole. */
  has(sha256: string): Promise<boolean>;
  /** Where it lies on disk. */
  placeOf(sha256: string): string;
  /** Files written before an instant (ms UTC of the machine's clock) whose content isn't among `named`; drafts too. */
  strays(named: ReadonlySet<string>, before: number): Promise<Stray[]>;
};

/**
 * Content on its way into the vault. It is kept within the transaction that writes the row which names it, after everything
 * that could refuse it; strays are removed within a transaction too, so that none is removed while it is being named.
 */
export type Draft = {
  sha256: string;
  bytes: number;
  /** Puts it in its place, for good. Keeping the same content twice is keeping it once. */
  keep(): void;
  /** Removes a draft that was not kept; of a kept one there is nothing left to remove. */
  drop(): Promise<void>;
};

/** A file that no row names: what a crash has left, or was refused and kept all the same. `sha256` is null for a draft. */
export type Stray = { sha256: string | null; remove(): void };

/** A kept file is gone or has been changed behind our back. */
export class VaultFault extends Error {}

/** The vault of a database file: `data/lantian.db` keeps its files in `data/lantian-files`. */
export function vaultBeside(databaseFile: string): Vault {
  return vaultIn(vaultFolder(databaseFile));
}

export function vaultFolder(databaseFile: string): string {
  return `${databaseFile.replace(/\.db$/, "")}-files`;
}

/** The vault in a folder; two letters of the hash make a subfolder, so that none grows large. */
export function vaultIn(folder: string): Vault {
  const placeOf = (sha256: string) => {
    // The hash is all that a path is ever made of: no name that somebody sent reaches the file system.
    if (!HASH.test(sha256)) throw new VaultFault("not the hash of a kept file");
    return join(folder, sha256.slice(0, 2), sha256);
  };
  const lay = async (bytes: Uint8Array): Promise<Draft> => {
    const sha256 = hashOf(bytes);
    const place = placeOf(sha256);
    const within = dirname(place);
    // The names of new folders, too, have to survive a power cut.
    if (mkdirSync(within, { recursive: true, mode: 0o700 }) !== undefined)
      for (const made of [folder, dirname(folder)]) syncFolder(made);
    const draft = join(within, `.${randomUUID()}`);
    await written(draft, bytes).catch(async (error: unknown) => {
      await rm(draft, { force: true });
      throw error;
    });
    return {
      sha256,
      bytes: bytes.byteLength,
      keep() {
        renameSync(draft, place);
        syncFolder(within);
      },
      drop: () => rm(draft, { force: true }),
    };
  };
  return {
    lay,
    async keep(content) {
      const { sha256, bytes, keep } = await lay(content);
      keep();
      return { sha256, bytes };
    },
    async read(sha256) {
      const bytes = await readFile(placeOf(sha256)).catch(() => {
        throw new VaultFault(`kept file ${sha256} is missing`);
      });
      if (hashOf(bytes) !== sha256) throw new VaultFault(`kept file ${sha256} has been changed`);
      return bytes;
    },
    has: (sha256) =>
      access(placeOf(sha256)).then(
        () => true,
        () => false,
      ),
    placeOf,
    async strays(named, before) {
      const found: Stray[] = [];
      for (const within of await namesIn(folder))
        for (const name of await namesIn(join(folder, within))) {
          const sha256 = HASH.test(name) ? name : null;
          // Anything else that lies here isn't ours to remove.
          if (sha256 === null ? !DRAFT.test(name) : named.has(sha256)) continue;
          const path = join(folder, within, name);
          const at = (await stat(path).catch(() => null))?.mtimeMs ?? Number.POSITIVE_INFINITY;
          if (at < before) found.push({ sha256, remove: () => rmSync(path, { force: true }) });
        }
      return found;
    },
  };
}

const HASH = /^[0-9a-f]{64}$/;
const DRAFT = /^\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const namesIn = (folder: string) => readdir(folder).catch(() => []);

async function written(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The name in the folder, too, has to survive a power cut. Windows writes it by itself and knows no such call. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
