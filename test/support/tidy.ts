import { existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Memory that Linux offers as a folder. What is written there costs no time on a disk, however slow that is. */
const MEMORY = "/dev/shm";
/** What a whole run needs at most, with room to spare. */
const NEEDED_BYTES = 2 * 2 ** 30;

const hasRoom = (folder: string): boolean => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= NEEDED_BYTES;
};

/** Every temporary file of a test run lies in one folder, which goes when the run ends, however its processes died. */
export default function setup(): () => void {
  // What is compiled is kept from one run to the next, as for `npm start`.
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "node-compile-cache");
  const parent = existsSync(MEMORY) && hasRoom(MEMORY) ? MEMORY : tmpdir();
  const folder = mkdtempSync(join(parent, "lantian-tests-"));
  process.env.TMPDIR = folder;
  process.env.TEST_RUN_FOLDER = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
