import type { KeptFile } from "../store/evidence.ts";
import type { Finding } from "../store/inspection.ts";
import { keptFilesIn } from "../store/kept-files.ts";
import type { Vault } from "../store/vault.ts";
import type { Lantian } from "./lantian.ts";

/** A file that a row names and the vault can't give. */
export type Lacking = KeptFile & { why: "missing" | "changed" };

/** Reads every file and takes its hash, one after the other: together they may be gigabytes. */
export async function lackingIn(vault: Vault, files: readonly KeptFile[]): Promise<Lacking[]> {
  const lacking: Lacking[] = [];
  for (const file of files) {
    const isWhole = await vault.read(file.sha256).then(
      () => true,
      () => false,
    );
    if (!isWhole) lacking.push({ ...file, why: (await vault.has(file.sha256)) ? "changed" : "missing" });
  }
  return lacking;
}

/** Files that are named one by one; how many there are in all stands before them. */
const LISTED = 20;

export function keptFinding(all: number, lacking: readonly Lacking[], folder: string): Finding {
  const name = "kept files";
  if (lacking.length === 0) return { name, ok: true, detail: `${all}, each of them whole` };
  const listed = lacking
    .slice(0, LISTED)
    .map(({ no, name, sha256, why }) => `${no ?? "of no issue yet"} ${name} (${sha256.slice(0, 12)}) ${why}`);
  const more = lacking.length > LISTED ? `, and ${lacking.length - LISTED} more` : "";
  return {
    name,
    ok: false,
    detail: `${lacking.length} of ${all} can't be opened: ${listed.join(", ")}${more}`,
    mend: `take them out of a backup, as the user whose the folder is: tar -xf BACKUP --strip-components=1 -C ${folder} lantian-files`,
  };
}

/** Between two looks at whether each file is there. */
const LOOK_AGAIN_MS = 300_000;
const looked = new WeakMap<Vault, { at: number; files: number; missing: string[] }>();

/**
 * Whether every file is there, seen at most `LOOK_AGAIN_MS` ago: what is asked every few seconds doesn't walk through all of
 * them each time. Only `npm run doctor` reads them.
 */
export async function missingIn({ store, vault }: Lantian): Promise<{ files: number; missing: string[] }> {
  const last = looked.get(vault);
  const now = performance.now();
  if (last !== undefined && last.missing.length === 0 && now - last.at < LOOK_AGAIN_MS) return last;
  const files = await store.read(keptFilesIn);
  const missing: string[] = [];
  for (const { sha256 } of files) if (!(await vault.has(sha256))) missing.push(sha256);
  const found = { at: now, files: files.length, missing };
  looked.set(vault, found);
  return found;
}
