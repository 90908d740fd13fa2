import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Every temporary file of a test run lies in one folder, which goes when the run ends, however its processes died. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "lantian-tests-"));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
