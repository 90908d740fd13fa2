import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { shortTime } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { accountSubject } from "../office/invitation.ts";
import type { Identity } from "../store/people.ts";
import type { Writer } from "../store/store.ts";

/** Wrong codes within an hour after which an account, and everybody who isn't a member, has to wait. */
const EACH = 5;
const ALL = 50;
const WINDOW_MS = 3_600_000;
/** Act under which a wrong code is denied in the audit; the rows there are what is counted. */
const ACT = "link";

type Around = Pick<Context<Writer>, "store" | "office" | "now">;

/**
 * Refuses whoever has typed too many wrong codes, and all strangers when together they have: a right code as well, so
 * that nobody learns by trying which it is. Null: a code may be looked at.
 */
export async function lockedOut(identity: Identity, context: Around): Promise<Refusal | null> {
  const all = await wrongSince(context);
  const own = all.filter(({ subject }) => subject === accountSubject(identity));
  const until = Math.max(endOf(own, EACH), endOf(all, ALL));
  if (until <= context.now.epochMilliseconds) return null;
  return refuse("too-many", `输错的邀请码太多，暂停绑定。请在${minuteAfter(until, context)}以后再试。`);
}

/** A code that is good for nothing: refused, counted, and written down without the code itself. */
export async function wrongCode(
  { identity, why, message }: { identity: Identity; why: string; message: string },
  context: Around,
): Promise<Refusal> {
  const { store, now } = context;
  const at = now.epochMilliseconds;
  if ((await wrongSince(context)).length + 1 === ALL) {
    const card = {
      title: "暂停绑定新账号",
      tone: "notice",
      blocks: [
        {
          kind: "text",
          text: `一小时内有${ALL}次输错邀请码，可能有人在试。绑定暂停到${minuteAfter(at + WINDOW_MS, context)}左右，已绑定的成员不受影响。`,
        },
      ],
    };
    for (const { id } of await store.people.withRoles(["office"])) {
      const key = `wrong-codes/${at}/${id}`;
      await store.outbox.queue(
        { key, to: { personId: id }, class: "must-arrive", uncounted: "alarm", card },
        at,
      );
    }
  }
  const { platform, workspace, userKey } = identity;
  const detail = { why, account: { platform, workspace, userKey } };
  return { ...refuse("bad-code", message), audit: { subject: accountSubject(identity), detail } };
}

/** Rows of the future are a clock's that was wrong: they must not lock anybody out until then. */
async function wrongSince({ store, now }: Around) {
  const at = now.epochMilliseconds;
  return store.audit.denied(ACT, at - WINDOW_MS, at);
}

const endOf = (rows: readonly { at: EpochMs }[], most: number): EpochMs =>
  (rows.at(-most)?.at ?? Number.NEGATIVE_INFINITY) + WINDOW_MS;

/** The first whole minute after an instant, as it is said. */
function minuteAfter(at: EpochMs, { office }: Around): string {
  return shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(Math.ceil(at / 60_000) * 60_000)));
}
