import { createRequire } from "node:module";
import type Pino from "pino";
import { maskedText } from "../domain/personal-data.ts";

/** Where faults of ours are written down, and the way of each request. */
export type Log = {
  error(about: object, message: string): void;
  /** What is as it should be; never a name or a text of anybody. */
  info(about: object, message: string): void;
};

/**
 * The log: JSON lines on standard error or wherever `write` puts them, secrets never in it. What makes them is loaded when
 * there is something to write.
 */
export function openLog(level: string, write?: (line: string) => void): Log {
  let log: Pino.Logger | undefined;
  const line = (at: "error" | "info") => (about: object, message: string) => {
    if (at === "info" && !TELLS_ALL.has(level)) return;
    log ??= open(level, write);
    log[at](about, message);
  };
  return { error: line("error"), info: line("info") };
}

/** Levels at which the log has more than faults. */
const TELLS_ALL: ReadonlySet<string> = new Set(["info", "debug", "trace"]);

function open(level: string, write?: (line: string) => void): Pino.Logger {
  const pino = createRequire(import.meta.url)("pino") as typeof Pino;
  return pino(
    { level, redact: { paths: ["*.token", "*.secret", "*.code", "*.authorization"], censor: "[redacted]" } },
    write ? { write } : pino.destination({ dest: 2, sync: true }),
  );
}

/** A message and stack of an error without its properties: SDK errors carry tokens in them, messages may quote what somebody typed. */
export function loggable(error: unknown): { message: string; stack?: string } {
  const text = (value: string) =>
    maskedText(value).replace(/xox[a-z]-[\w-]+|xapp-[\w-]+|\d{6,}:[\w-]{30,}/g, "[redacted]");
  if (!(error instanceof Error)) return { message: text(String(error)) };
  return { message: text(error.message), ...(error.stack ? { stack: text(error.stack) } : {}) };
}
