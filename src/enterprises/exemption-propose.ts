import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { yearHint } from "../chat/wording.ts";
import type { ExemptionBasis } from "../domain/enterprises/exemption.ts";
import type { RegionId } from "../domain/ids.ts";
import type { Exemption } from "../store/exemptions.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { exemptionCard, exemptionDays, exemptionSubject } from "./exemption-card.ts";
import { proposesFor, secondsFor } from "./exemption-rights.ts";

/** What is said of somebody who is to be exempt. */
export type ProposedExemption = {
  name: string;
  regionId: RegionId;
  basis: ExemptionBasis;
  grade: string | null;
  measures: string;
  approvedBy: string;
  contact: string | null;
  phone: string | null;
  from: string;
  to: string;
};

/** The entry of the same enterprise or site that a new one would overlap: one that waits or holds. */
export async function overlapping(
  { name, from, to }: Pick<ProposedExemption, "name" | "from" | "to">,
  { store }: { store: Reader },
): Promise<Exemption | null> {
  const enterprise = await store.enterprises.byName(name);
  const entries = await store.exemptions.of({ name, enterpriseId: enterprise?.id ?? null });
  const live = entries.filter(({ state }) => state === "proposed" || state === "listed");
  return live.find((one) => one.from <= to && from <= one.to) ?? null;
}

/** Writes an entry down that waits for its second signature; in the caller's transaction, which asks for that. */
export async function enterExemption(
  said: ProposedExemption,
  by: Person | null,
  batchId: number | null,
  { store, now }: Pick<Context<Writer>, "store" | "now">,
): Promise<Exemption> {
  const enterprise = await store.enterprises.byName(said.name);
  return store.exemptions.add({
    ...said,
    enterpriseId: enterprise?.id ?? null,
    state: "proposed",
    proposedAt: now.epochMilliseconds,
    proposedBy: by?.id ?? null,
    batchId,
  });
}

/** 申报豁免: proposes an entry and asks for the second signature. */
export async function proposeExemption(
  said: ProposedExemption,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, today, now } = context;
  if (!proposesFor(person, said.regionId, context))
    return refuse(
      "forbidden",
      `${office.region(said.regionId).short}的豁免由${office.region(said.regionId).short}、市级部门或市办申报。`,
    );
  if (said.to < today.toString())
    return refuse(
      "bad-date",
      `有效期已经过去，请核对起止日期；${yearHint(Temporal.PlainDate.from(said.from), 1)}。`,
    );
  const other = await overlapping(said, context);
  if (other !== null)
    return refuse(
      "already-done",
      `${said.name}已在豁免清单（豁免${other.id}号，${exemptionDays(other)}），要改请先取消，要续请从到期次日起申报。`,
      [`豁免 ${other.id}`],
    );
  const one = await enterExemption(said, person, null, context);
  const seconds = await secondsFor(one, context);
  for (const second of seconds) {
    const card = await exemptionCard(one, second, context, `请同意列入豁免清单：${one.name}`);
    const key = `${exemptionSubject(one)}/proposed/${second.id}`;
    await store.outbox.queue(
      { key, to: { personId: second.id }, class: "card", card, uncounted: "signature" },
      now.epochMilliseconds,
    );
  }
  const card = await exemptionCard(one, person, context, `已申报豁免${one.id}号：${one.name}`);
  const asked = seconds.map(({ name }) => name).join("、");
  return {
    ...card,
    blocks: [
      ...card.blocks,
      {
        kind: "note",
        text: asked === "" ? "还没有第二人可以同意，请联系市领导" : `已请${asked}同意，同意后生效`,
      },
    ],
    audit: said,
  };
}
