import { type Stats, statSync } from "node:fs";

/** A file or folder that others than its owner may look into; null where there is none, or it is the owner's alone. */
export function openToOthers(path: string): Stats | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && process.platform !== "win32" && (found.mode & 0o077) !== 0 ? found : null;
}

/** What takes it from them. */
export const closingCommand = (path: string, found: Stats): string =>
  `chmod ${found.isDirectory() ? 700 : 600} ${path}`;
