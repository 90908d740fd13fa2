import type { Made } from "../chat/paper.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Store } from "../store/store.ts";
import type { Vault } from "../store/vault.ts";

/** Of which paper a file is, which one, and when it was made. */
type KeptAs = { paperId: number; look: string; at: EpochMs };

/**
 * Keeps a file of an issued paper for good; where somebody was faster theirs is it. @returns the file as it is kept: every copy
 * from now on is those bytes.
 */
export async function keptPaperFile(
  { name, type, bytes }: Made,
  { paperId, look, at }: KeptAs,
  { store, vault }: { store: Store; vault: Vault },
): Promise<Made> {
  const draft = await vault.lay(bytes);
  const row = { paperId, look, name, type, sha256: draft.sha256, bytes: draft.bytes, at };
  const isFirst = await store
    .write(async ({ officialPapers }) => {
      const first = await officialPapers.keepFile(row);
      if (first) draft.keep();
      return first;
    })
    .finally(() => draft.drop());
  if (isFirst) return { name, type, bytes };
  const kept = await store.read((reader) => reader.officialPapers.file(paperId, look));
  if (kept === null) throw new Error(`paper ${paperId} lost its file "${look}"`);
  return { name: kept.name, type: kept.type, bytes: await vault.read(kept.sha256) };
}
