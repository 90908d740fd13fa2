import { createHash, randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** Kept files, outside the database, each under the hash of its content: what is there is never changed. */
export type Vault = {
  /** Writes a file to disk for good before it resolves. Keeping the same content twice is keeping it once. */
  keep(bytes: Uint8Array): Promise<{ sha256: string; bytes: number }>;
  /** @throws VaultFault when it is missing or its content is no longer what was kept. */
  read(sha256: string): Promise<Buffer>;
};

/** A kept file is gone or has been changed behind our back. */
export class VaultFault extends Error {}

/** The vault of a database file: `data/lantian.db` keeps its files in `data/lantian-files`. */
export function vaultBeside(databaseFile: string): Vault {
  return vaultIn(`${databaseFile.replace(/\.db$/, "")}-files`);
}

/** The vault in a folder; two letters of the hash make a subfolder, so that none grows large. */
export function vaultIn(folder: string): Vault {
  const placeOf = (sha256: string) => {
    // The hash is all that a path is ever made of: no name that somebody sent reaches the file system.
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new VaultFault("not the hash of a kept file");
    return { folder: join(folder, sha256.slice(0, 2)), file: join(folder, sha256.slice(0, 2), sha256) };
  };
  const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  const read = async (sha256: string) => {
    const bytes = await readFile(placeOf(sha256).file).catch(() => {
      throw new VaultFault(`kept file ${sha256} is missing`);
    });
    if (hashOf(bytes) !== sha256) throw new VaultFault(`kept file ${sha256} has been changed`);
    return bytes;
  };
  return {
    async keep(bytes) {
      const sha256 = hashOf(bytes);
      const place = placeOf(sha256);
      const kept = { sha256, bytes: bytes.byteLength };
      if (
        await read(sha256).then(
          () => true,
          () => false,
        )
      )
        return kept;
      mkdirSync(place.folder, { recursive: true });
      const draft = join(place.folder, `.${randomUUID()}`);
      try {
        await written(draft, bytes);
        await rename(draft, place.file);
        await synced(place.folder);
      } finally {
        await rm(draft, { force: true });
      }
      return kept;
    },
    read,
  };
}

async function written(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The name in the folder, too, has to survive a power cut. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
