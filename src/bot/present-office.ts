import type { StatutoryDay } from "../domain/calendar.ts";
import type { LedgerWord } from "../domain/plan/pack-ledger.ts";
import { withLedgerWords } from "../office/ledger-words.ts";
import { type Office, withEntered } from "../office/office.ts";
import type { Store } from "../store/store.ts";

/** What a look at the database came to; `entered` tells whether anything has changed since. */
type Look = { version: number; entered: string; office: Office };

const looks = new WeakMap<Store, { of: Office; look: Look }>();

/**
 * The office as it stands: its pack's, with the statutory days and the words of ledgers that have been entered since. The
 * database is looked at again whenever it has changed, since another process may have brought them in.
 */
export async function presentOffice({ store, office }: { store: Store; office: Office }): Promise<Office> {
  const version = store.dataVersion();
  const known = looks.get(store);
  const before = known?.of === office ? known.look : undefined;
  if (before?.version === version) return before.office;
  const [days, words] = await store.read(async ({ holidays, settings }) => [
    await holidays.all(),
    await settings.ledgerWords(),
  ]);
  const entered = JSON.stringify([days, words]);
  const present = before?.entered === entered ? before.office : presentOf(office, days, words);
  looks.set(store, { of: office, look: { version, entered, office: present } });
  return present;
}

function presentOf(office: Office, days: readonly StatutoryDay[], words: readonly LedgerWord[]): Office {
  const withDays = days.length === 0 ? office : withEntered(office, days);
  return words.length === 0 ? withDays : withLedgerWords(withDays, words);
}
