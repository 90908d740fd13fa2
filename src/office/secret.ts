import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { noteCode } from "./shown-codes.ts";

/** A secret has 192 random bits: nobody guesses one. */
const SECRET_BYTES = 24;

/** A secret that is shown once: only its hash is kept. */
export function newSecret(): string {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  noteCode(secret);
  return secret;
}

export const hashOfSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Whether somebody shows a secret that is known here: by digests of one length, so that the time of it says nothing. */
export function isSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
