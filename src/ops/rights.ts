import { chmodSync } from "node:fs";
import { StoreFault } from "../store/open.ts";
import { closingCommand, openToOthers } from "../store/open-to-others.ts";
import { sealFile } from "../store/seal.ts";
import { vaultFolder } from "../store/vault.ts";

/**
 * Takes the office's files from everybody but their owner: those that came by another way, copied or unpacked, may be open.
 * @throws StoreFault where that can't be done, naming what others may read.
 */
export function closeToOthers(databaseFile: string): void {
  const files = [databaseFile, `${databaseFile}-wal`, `${databaseFile}-shm`, sealFile(databaseFile)];
  for (const path of [...files, vaultFolder(databaseFile)]) close(path);
}

function close(path: string): void {
  const found = openToOthers(path);
  if (found === null) return;
  try {
    chmodSync(path, found.isDirectory() ? 0o700 : 0o600);
  } catch {
    const mend = closingCommand(path, found);
    throw new StoreFault(
      `others may read ${path}, and this user can't change that: as its owner, ${mend}. 其他用户可读${path}，请以其属主执行 ${mend}`,
    );
  }
}
