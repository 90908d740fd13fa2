import { chmodSync, statSync } from "node:fs";
import { StoreFault } from "../store/open.ts";
import { sealFile } from "../store/seal.ts";
import { vaultFolder } from "../store/vault.ts";

/**
 * Takes the office's files from everybody but their owner: those that came by another way, copied or unpacked, may be open.
 * @throws StoreFault where that can't be done, naming what others may read.
 */
export function closeToOthers(databaseFile: string): void {
  if (process.platform === "win32") return;
  const files = [databaseFile, `${databaseFile}-wal`, `${databaseFile}-shm`, sealFile(databaseFile)];
  for (const path of [...files, vaultFolder(databaseFile)]) close(path);
}

function close(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || (found.mode & 0o077) === 0) return;
  const rights = found.isDirectory() ? 0o700 : 0o600;
  try {
    chmodSync(path, rights);
  } catch {
    const mend = `chmod ${rights.toString(8)} ${path}`;
    throw new StoreFault(
      `others may read ${path}, and this user can't change that: as its owner, ${mend}. 其他用户可读${path}，请以其属主执行 ${mend}`,
    );
  }
}
