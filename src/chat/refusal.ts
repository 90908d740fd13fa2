/**
 * A refusal is a value, not an exception: what the person did can't be done, and the message (Chinese) says how to mend it.
 * Codes are stable: scripts rely on them (interfaces document, section 1).
 */
export type RefusalCode =
  | "usage"
  | "unknown-command"
  | "unknown-county"
  | "unknown-department"
  | "unknown-measure"
  | "unknown-indicator"
  | "unknown-issue"
  | "unknown-person"
  | "unknown-import"
  | "unknown-job"
  | "bad-period"
  | "bad-number"
  | "bad-date"
  | "bad-code"
  | "too-many"
  | "no-data"
  | "not-linked"
  | "forbidden"
  | "stale-action"
  | "already-done"
  | "conflict"
  | "import-rejected"
  | "not-saved"
  | "internal";

export type Refusal = {
  kind: "refusal";
  code: RefusalCode;
  message: string;
  /** The piece of what was said that it is about. */
  culprit?: string;
  /** Phrases that would do, offered as buttons. */
  instead?: readonly string[];
  /** What it is about, as audit rows name it, where somebody was refused a look. */
  on?: string;
  /**
   * Set where the refusal of a change is an event of its own, a wrong code for example: what it wrote is kept, with an
   * audit row that says so.
   */
  audit?: { subject: string; detail: Readonly<Record<string, unknown>> };
};

export function refuse(code: RefusalCode, message: string, instead?: readonly string[]): Refusal {
  return { kind: "refusal", code, message, ...(instead?.length ? { instead } : {}) };
}

/** The same refusal, saying which piece of the phrase it is about. */
export const about = (culprit: string, refusal: Refusal): Refusal => ({
  ...refusal,
  culprit: culprit.slice(0, 40),
});

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && (value as { kind?: unknown }).kind === "refusal";
}
