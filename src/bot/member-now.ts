import { barred } from "../chat/access.ts";
import type { Refusal } from "../chat/refusal.ts";
import type { PersonId } from "../domain/ids.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import type { Moment } from "./lantian.ts";

/** Who somebody is by now, inside the transaction that rests on it; or why they can do nothing here. */
export async function memberNow(
  store: Reader,
  id: PersonId,
  around: Pick<Moment, "office" | "today">,
): Promise<Person | Refusal> {
  const person = await store.people.byId(id);
  return barred(person, around) ?? (person as Person);
}
