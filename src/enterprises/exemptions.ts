import { exemptionAmong, holdsAt } from "../domain/enterprises/exemption.ts";
import type { EnterpriseId } from "../domain/ids.ts";
import type { Office } from "../office/office.ts";
import type { Exemption } from "../store/exemptions.ts";
import type { Reader } from "../store/store.ts";

type Around = { store: Reader; office: Office };

/** By what an enterprise, or a site by its name, is exempt at a moment; null where it is not. */
export async function exemptOn(
  one: { name: string; id: EnterpriseId | null },
  at: Temporal.Instant,
  { store, office }: Around,
): Promise<Exemption | null> {
  const entries = await store.exemptions.of({ name: one.name, enterpriseId: one.id });
  return exemptionAmong(entries, at.epochMilliseconds, office.today(at).toString());
}

/** The enterprises of the emergency list that are exempt at a moment, each by its entry. */
export async function exemptEnterprises(
  at: Temporal.Instant,
  { store, office }: Around,
): Promise<ReadonlyMap<EnterpriseId, Exemption>> {
  const day = office.today(at).toString();
  const holding = (await store.exemptions.covering(day)).filter((one) =>
    holdsAt(one, at.epochMilliseconds, day),
  );
  if (holding.length === 0) return new Map();
  const listed = await store.enterprises.listed(day);
  const byName = new Map(listed.map(({ id, name }) => [name, id]));
  return new Map(
    holding.flatMap((one) => {
      const id = one.enterpriseId ?? byName.get(one.name);
      return id === undefined ? [] : [[id, one] as const];
    }),
  );
}
