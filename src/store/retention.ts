import { and, asc, inArray, isNotNull, lt, ne, notInArray, or, sql } from "drizzle-orm";
import type { EpochMs } from "../domain/ids.ts";
import { evidenceTermWrites } from "./evidence-terms.ts";
import type { Db } from "./open.ts";
import { itsCard } from "./outbox-row.ts";
import {
  buttonToken,
  evidence,
  importRun,
  inbox,
  message,
  outbox,
  outboxCard,
  signIn,
  signInCode,
} from "./schema.ts";

/** Moments up to which what is older may go. */
export type KeptSince = {
  inbox: EpochMs;
  passing: EpochMs;
  messages: EpochMs;
  tokens: EpochMs;
  evidence: EpochMs;
};
/** How many rows went, or lost what they said. */
export type Thinned = { inbox: number; messages: number; cards: number; tokens: number; files: number };

export function retentionWrites(db: Db) {
  const { giveUp } = evidenceTermWrites(db);
  const ids = async (rows: Promise<{ id: number }[]>) => (await rows).map(({ id }) => id);
  return {
    /**
     * Deletes what is older and needed no longer, at most `most` rows of a kind. What waits for an answer or to be sent, what an
     * official may still send again, and what another row rests on stays, and so does every row of the audit and of evidence,
     * which loses its file alone.
     */
    async thin(since: KeptSince, at: EpochMs, most: number): Promise<Thinned> {
      const came = await ids(
        db
          .select({ id: inbox.id })
          .from(inbox)
          .where(
            and(
              or(lt(inbox.receivedAt, since.inbox), and(inbox.passing, lt(inbox.receivedAt, since.passing))),
              ne(inbox.state, "received"),
              sql`${inbox.attempts} > 0`,
              notInArray(
                inbox.id,
                db.select({ id: evidence.inboxId }).from(evidence).where(isNotNull(evidence.inboxId)),
              ),
              notInArray(
                inbox.id,
                db.select({ id: importRun.inboxId }).from(importRun).where(isNotNull(importRun.inboxId)),
              ),
            ),
          )
          .orderBy(asc(inbox.id))
          .limit(most),
      );
      await db.delete(inbox).where(inArray(inbox.id, came));
      const said = await ids(
        db
          .select({ id: message.id })
          .from(message)
          .where(lt(message.at, since.messages))
          .orderBy(asc(message.id))
          .limit(most),
      );
      await db.delete(message).where(inArray(message.id, said));
      const sent = await ids(
        db
          .select({ id: outbox.id })
          .from(outbox)
          .innerJoin(outboxCard, itsCard)
          .where(
            and(lt(outbox.createdAt, since.messages), inArray(outbox.state, ["sent", "folded", "settled"])),
          )
          .orderBy(asc(outbox.id))
          .limit(most),
      );
      await db.delete(outboxCard).where(inArray(outboxCard.outboxId, sent));
      const forms = await db
        .select({ token: buttonToken.token })
        .from(buttonToken)
        // Drawn for one use; any other button may stand on a card of today.
        .where(and(lt(buttonToken.createdAt, since.tokens), sql`${buttonToken.params} like '%"#":%'`))
        .limit(most);
      await db.delete(buttonToken).where(
        inArray(
          buttonToken.token,
          forms.map(({ token }) => token),
        ),
      );
      const over = await ids(
        db
          .select({ id: signIn.id })
          .from(signIn)
          .where(or(lt(signIn.expiresAt, since.tokens), lt(signIn.endedAt, since.tokens)))
          .limit(most),
      );
      await db.delete(signIn).where(inArray(signIn.id, over));
      const codes = await ids(
        db
          .select({ id: signInCode.id })
          .from(signInCode)
          .where(lt(signInCode.expiresAt, since.tokens))
          .limit(most),
      );
      await db.delete(signInCode).where(inArray(signInCode.id, codes));
      return {
        inbox: came.length,
        messages: said.length,
        cards: sent.length,
        tokens: forms.length + over.length + codes.length,
        files: await giveUp(since.evidence, at, most),
      };
    },
  };
}
