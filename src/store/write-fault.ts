/** Why nothing can be written, as against what is wrong with a change. */
export type WriteFault = { kind: "full" | "locked" | "read-only" | "broken"; why: string };

const KINDS: readonly [codes: RegExp, kind: WriteFault["kind"]][] = [
  [/^SQLITE_FULL/, "full"],
  [/^SQLITE_(BUSY|LOCKED)/, "locked"],
  [/^SQLITE_READONLY/, "read-only"],
  [/^SQLITE_(IOERR|CORRUPT|NOTADB|CANTOPEN)/, "broken"],
];

/** The fault of the file or the disk that an error tells of; null where it is another one. */
export function writeFaultIn(error: unknown): WriteFault | null {
  if (typeof error !== "object" || error === null) return null;
  const { code, cause, message } = error as { code?: unknown; cause?: unknown; message?: unknown };
  // drizzle wraps SQLite's error.
  if (cause !== undefined) return writeFaultIn(cause);
  const known = KINDS.find(([codes]) => codes.test(String(code)));
  return known === undefined ? null : { kind: known[1], why: `${message} (${code})` };
}
