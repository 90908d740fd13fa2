import { statfsSync } from "node:fs";
import { dirname } from "node:path";

const MB = 1_048_576;
/** Below this the next import or backup may find no room. */
const LEAST_FREE_MB = 200;

/** How much room the database has to grow; `null` where the system doesn't say. */
export function roomFor(file: string): { ok: boolean; freeMb: number } | null {
  try {
    const { bavail, bsize } = statfsSync(dirname(file));
    const freeMb = Math.floor((bavail * bsize) / MB);
    return { ok: freeMb >= LEAST_FREE_MB, freeMb };
  } catch {
    return null;
  }
}
