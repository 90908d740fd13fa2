import { setImmediate as breathe } from "node:timers/promises";
import type { Context } from "../chat/command.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Store } from "../store/store.ts";
import type { Vault } from "../store/vault.ts";
import { keptPaperFile } from "./keep-file.ts";
import { madeLook } from "./made-look.ts";
import { drawnFrom, looksOf, paperFileName } from "./paper-files.ts";

type Making = {
  store: Store;
  vault: Vault;
  context: Omit<Context<never>, "store">;
  /** Asked between two files: the process is told to stop. */
  stops?: () => boolean;
};

/** Papers that are looked at in one round. */
const MOST = 20;

/**
 * Makes the files of issued papers that have none yet, one after the other, and keeps them: from then on every copy is those bytes.
 * A fault of one paper holds up no other. @returns how many were made. @throws the first fault.
 */
export async function makePaperFiles({
  store,
  vault,
  context,
  stops = () => false,
}: Making): Promise<number> {
  const faults: unknown[] = [];
  let made = 0;
  for (const row of await store.read((reader) => reader.officialPapers.withoutFiles(MOST))) {
    if (stops()) break;
    await filesOfPaper(row, { store, vault, context, stops }).then(
      (n) => {
        made += n;
      },
      (fault: unknown) => faults.push(fault),
    );
  }
  if (faults.length > 0) throw faults[0];
  return made;
}

async function filesOfPaper(
  row: OfficialPaperRow,
  { store, vault, context, stops = () => false }: Making,
): Promise<number> {
  const { from, looks, kept } = await store.read(async (reader) => {
    const around = { ...context, store: reader };
    return {
      from: await drawnFrom(row, around),
      looks: await looksOf(row, around),
      kept: (await reader.officialPapers.files(row.id)).map(({ look }) => look),
    };
  });
  const at = context.now.epochMilliseconds;
  let made = 0;
  for (const look of looks) {
    if (from === null || kept.includes(look)) continue;
    if (stops()) return made;
    const file = { name: paperFileName(row, look), ...(await madeLook(from, look, vault)) };
    await keptPaperFile(file, { paperId: row.id, look, at }, { store, vault });
    made += 1;
    await breathe();
  }
  await store.write((writer) => writer.officialPapers.change(row.id, { filesAt: at }));
  return made;
}
