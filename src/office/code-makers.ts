import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Account, Identity, Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

type Around = { store: Pick<Reader, "accounts" | "signIns">; now: Temporal.Instant };

/** The account from which somebody speaks: the identity's own, or the one by which its browser has signed in. Null: none. */
export async function accountInUse(identity: Identity, { store, now }: Around): Promise<Account | null> {
  const own = await store.accounts.at(identity);
  if (own !== null) return own;
  const held = await store.signIns.holder(identity.userKey, now.epochMilliseconds as EpochMs);
  return held === null ? null : ((await store.accounts.made(held.signIn.accountId))?.account ?? null);
}

/**
 * Whose code alone has made an account, and whose theirs in turn: any of them may be who really speaks from it. It ends
 * where a second member of the office has agreed to the invitation, or has looked into whose the account is.
 */
export async function codeMakers(account: Account, store: Pick<Reader, "accounts">): Promise<PersonId[]> {
  const makers: PersonId[] = [];
  const seen = new Set<number>();
  let next: number | null = account.id;
  while (next !== null && !seen.has(next)) {
    seen.add(next);
    const made = await store.accounts.made(next);
    const code = made?.madeBy ?? null;
    if (made === null || code === null || made.account.vouchedBy !== null || code.secondBy !== null) break;
    if (code.createdBy !== null && code.createdBy !== account.personId) makers.push(code.createdBy);
    next = code.createdFrom;
  }
  return makers;
}

/** The same of the account from which a person speaks; none where they speak from no account of theirs. */
export async function codeMakersOf(
  person: Pick<Person, "id">,
  identity: Identity | undefined,
  around: Around,
): Promise<PersonId[]> {
  if (identity === undefined) return [];
  const account = await accountInUse(identity, around);
  return account?.personId === person.id ? codeMakers(account, around.store) : [];
}
