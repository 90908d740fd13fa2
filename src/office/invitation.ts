import { createHash, randomInt } from "node:crypto";
import type { Identity, Invitation, NewInvitation } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { noteCode } from "./shown-codes.ts";

/** Letters and digits that can't be mistaken for one another when read out on the telephone. */
export const CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
export const CODE_LENGTH = 8;

/** Hours that an invitation may be used for: long enough to be read out of a message, short enough not to lie around. */
export const CODE_HOURS = 24;
/** Minutes that a member has to bind a further account of their own: both of them are at hand. */
export const ACCOUNT_MINUTES = 10;

/** A new one-time code (about 40 bits) and the hash under which it is kept: the code itself is shown once and stored nowhere. */
export function newCode(): { code: string; hash: string } {
  const code = Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join(
    "",
  );
  noteCode(code);
  return { code, hash: hashOfCode(code) };
}

/**
 * The hash of a code as a person types it, or as `sealCodes` has left it: case, width, spaces and hyphens don't matter.
 */
export function hashOfCode(typed: string): string {
  const sealed = typed.trim().match(/^H([0-9a-f]{64})$/)?.[1];
  if (sealed !== undefined) return sealed;
  return createHash("sha256")
    .update(typed.normalize("NFKC").toUpperCase().replace(/[\s-]/g, ""))
    .digest("hex");
}

/** Makes an invitation in the caller's transaction; those that it `replaces` are good for nothing from then on. */
export async function invite(
  { people }: Writer,
  wanted: Omit<NewInvitation, "codeHash" | "createdAt" | "expiresAt">,
  {
    now,
    expires,
    replaces,
  }: { now: Temporal.Instant; expires: Temporal.Instant; replaces: readonly Invitation[] },
): Promise<{ code: string; invitation: Invitation }> {
  const [createdAt, expiresAt] = [now.epochMilliseconds, expires.epochMilliseconds];
  for (const { id } of replaces) await people.withdraw(id, createdAt);
  const { code, hash } = newCode();
  return { code, invitation: await people.invite({ ...wanted, codeHash: hash, createdAt, expiresAt }) };
}

/** An account as audit rows name it. */
export const accountSubject = ({ platform, workspace, userKey }: Identity) =>
  `account:${platform}/${workspace}/${userKey}`;

/** The account from which something was done, as a part of what an audit row says; of a browser the beginning of its key's hash. */
export const fromWhere = (identity: Identity | undefined): { from?: string } =>
  identity === undefined
    ? {}
    : {
        from: [identity.platform, identity.workspace, identity.userKey.slice(0, 16)]
          .filter(Boolean)
          .join("/"),
      };
