import type { PersonId } from "../domain/ids.ts";
import type { Person } from "../store/people.ts";

/** What each person is to be told, gathered one by one, in the order in which people come up first. */
export function listsByPerson<T>() {
  const lists = new Map<PersonId, { person: Person; items: T[] }>();
  return {
    add(person: Person, item: T): void {
      const list = lists.get(person.id);
      if (list === undefined) lists.set(person.id, { person, items: [item] });
      else list.items.push(item);
    },
    all: (): readonly { person: Person; items: readonly T[] }[] => [...lists.values()],
  };
}
