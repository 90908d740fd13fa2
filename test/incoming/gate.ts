import { tmpdir } from "node:os";
import { join } from "node:path";

/** While this file isn't there the slow kind is being read. By the process's number, which its threads know however old they are. */
export const GATE = join(tmpdir(), `lantian-gate-${process.pid}`);
