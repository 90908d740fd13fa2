import { randomBytes } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { given, prepared } from "./prepared.ts";
import { buttonToken } from "./schema.ts";

export type ButtonMeaning = { personId: PersonId; action: string; params: Record<string, string | number> };

export function buttonReads(db: Db) {
  const byToken = prepared(() =>
    db
      .select()
      .from(buttonToken)
      .where(eq(buttonToken.token, sql.placeholder("token"))),
  );
  const byMeaning = prepared(() =>
    db
      .select({ token: buttonToken.token })
      .from(buttonToken)
      .where(
        and(
          eq(buttonToken.personId, sql.placeholder("personId")),
          eq(buttonToken.action, sql.placeholder("action")),
          eq(buttonToken.params, sql.placeholder("params")),
        ),
      ),
  );
  return {
    /** What a token means, or null for one that we never drew. */
    async meaning(token: string): Promise<ButtonMeaning | null> {
      const row = (await byToken({ token }))[0];
      return row ? { personId: row.personId, action: row.action, params: JSON.parse(row.params) } : null;
    },
    /** The token already drawn for this meaning, or null. */
    async tokenOf(meaning: ButtonMeaning): Promise<string | null> {
      return (await byMeaning({ ...meaning, params: JSON.stringify(meaning.params) }))[0]?.token ?? null;
    },
  };
}

export function buttonWrites(db: Db) {
  const { tokenOf } = buttonReads(db);
  const insert = prepared(() =>
    db.insert(buttonToken).values(given("token", "personId", "action", "params", "createdAt")),
  );
  return {
    /** The opaque 128-bit token of a button (22 characters, well below the 64 bytes that platforms carry); the same meaning keeps its token. */
    async draw(meaning: ButtonMeaning, at: EpochMs): Promise<string> {
      const known = await tokenOf(meaning);
      if (known !== null) return known;
      const token = randomBytes(16).toString("base64url");
      await insert({ ...meaning, params: JSON.stringify(meaning.params), token, createdAt: at });
      return token;
    },
  };
}
