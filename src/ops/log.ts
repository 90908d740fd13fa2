import { type Logger, pino } from "pino";

/** The log: JSON lines on standard error, secrets never in it. */
export function openLog(level: string): Logger {
  return pino(
    { level, redact: { paths: ["*.token", "*.secret", "*.code", "*.authorization"], censor: "[redacted]" } },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** A message and stack of an error without its properties: SDK errors carry tokens in them. */
export function faultOf(error: unknown): { message: string; stack?: string } {
  const text = (value: string) =>
    value.replace(/xox[a-z]-[\w-]+|xapp-[\w-]+|\d{6,}:[\w-]{30,}/g, "[redacted]");
  if (!(error instanceof Error)) return { message: text(String(error)) };
  return { message: text(error.message), ...(error.stack ? { stack: text(error.stack) } : {}) };
}
