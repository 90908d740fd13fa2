import type { StatutoryDay } from "../domain/calendar.ts";
import type { EnteredTown } from "../domain/plan/entered-towns.ts";
import type { LedgerWord } from "../domain/plan/pack-ledger.ts";
import { withLedgerWords } from "../office/ledger-words.ts";
import { type Office, withEntered, withTowns } from "../office/office.ts";
import type { Reader, Store } from "../store/store.ts";

/** What a look at the database came to; `mark` tells whether anything has been entered since. */
type Look = { version: number; mark: string; office: Office };

const looks = new WeakMap<Store, { of: Office; look: Look }>();

/**
 * The office as it stands: its pack's, with the towns, statutory days and words of ledgers that have been entered since. The
 * database is looked at again whenever it has changed, since another process may have brought them in.
 */
export async function presentOffice({ store, office }: { store: Store; office: Office }): Promise<Office> {
  const version = store.dataVersion();
  const known = looks.get(store);
  const before = known?.of === office ? known.look : undefined;
  if (before?.version === version) return before.office;
  const look = await store.read(async (reader): Promise<Look> => {
    const mark = await reader.plan.enteredMark();
    const present = before?.mark === mark ? before.office : presentOf(office, await enteredIn(reader));
    return { version, mark, office: present };
  });
  looks.set(store, { of: office, look });
  return look.office;
}

type Entered = {
  days: readonly StatutoryDay[];
  words: readonly LedgerWord[];
  towns: readonly EnteredTown[];
};

const enteredIn = async ({ holidays, settings, plan }: Reader): Promise<Entered> => ({
  days: await holidays.all(),
  words: await settings.ledgerWords(),
  towns: await plan.enteredTowns(),
});

function presentOf(office: Office, { days, words, towns }: Entered): Office {
  const withOwn = towns.length === 0 ? office : withTowns(office, towns);
  const withDays = days.length === 0 ? withOwn : withEntered(withOwn, days);
  return words.length === 0 ? withDays : withLedgerWords(withDays, words);
}
