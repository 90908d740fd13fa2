import { createHash, randomInt } from "node:crypto";

/** Letters and digits that can't be mistaken for one another when read out on the telephone. */
const ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const LENGTH = 8;

/** Hours that a code may be used for: long enough to be read out of a message, short enough not to lie around. */
export const CODE_HOURS = 24;

/** A new one-time code (about 40 bits) and the hash under which it is kept; only whoever invited has seen the code itself. */
export function newCode(): { code: string; hash: string } {
  const code = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return { code, hash: hashOfCode(code) };
}

/** The hash of a code as a person types it: case, spaces and hyphens don't matter. */
export function hashOfCode(typed: string): string {
  return createHash("sha256").update(typed.toUpperCase().replace(/[\s-]/g, "")).digest("hex");
}
