import type { Context } from "../chat/command.ts";
import { mayCheck, spotCheckCard } from "../issues/spot-check.ts";
import { FOR_SIGNATURE } from "../issues/weight.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";

/**
 * Spot checks that waited for somebody who can't make them go to the heir, or to another who may check; what nobody may stays
 * listed. In the caller's transaction.
 */
export async function passChecks(
  person: Person,
  heir: Person | null,
  context: Context<Writer>,
): Promise<void> {
  const { store, now } = context;
  for (const { check, issue } of await store.spotChecks.openOf([person.id])) {
    const candidates = [
      ...(heir === null ? [] : [heir]),
      ...(await store.people.withRoles(["supervision", "county-liaison", "department-liaison"])),
    ].filter((one) => one.behalf === undefined && one.away === undefined && one.id !== person.id);
    for (const { id } of candidates) {
      const able = await store.people.byId(id);
      if (able === null || !(await mayCheck(issue, able, context))) continue;
      await store.spotChecks.passTo(check.id, id);
      const card = await spotCheckCard({ ...check, checkerId: id }, issue, able, context);
      await store.outbox.queue(
        { key: `spot-check/${check.id}/${id}`, to: { personId: id }, ...FOR_SIGNATURE, card },
        now.epochMilliseconds,
      );
      break;
    }
  }
}
