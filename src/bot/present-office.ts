import { type Office, withEntered } from "../office/office.ts";
import type { Store } from "../store/store.ts";

/** What a look at the database came to; `days` tells whether anything has changed since. */
type Look = { version: number; days: string; office: Office };

const looks = new WeakMap<Store, { of: Office; look: Look }>();

/**
 * The office as it stands: its pack's, with the statutory days that have been entered since. The database is looked at
 * again whenever it has changed, since another process may have brought them in.
 */
export async function presentOffice({ store, office }: { store: Store; office: Office }): Promise<Office> {
  const version = store.dataVersion();
  const known = looks.get(store);
  const before = known?.of === office ? known.look : undefined;
  if (before?.version === version) return before.office;
  const entered = await store.read((reader) => reader.holidays.all());
  const days = JSON.stringify(entered);
  const present =
    before?.days === days ? before.office : entered.length === 0 ? office : withEntered(office, entered);
  looks.set(store, { of: office, look: { version, days, office: present } });
  return present;
}
