import { z } from "zod";
import { action } from "../chat/action.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { redrawShown } from "../chat/redraw-shown.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { exemptionStateWords } from "../domain/enterprises/exemption.ts";
import { holdsRole } from "../domain/posts.ts";
import { onceEach, peopleOfRegion } from "../issues/audience.ts";
import type { Exemption } from "../store/exemptions.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { REFUSE_EXEMPTION, REVOKE_EXEMPTION } from "./exemption-buttons.ts";
import { exemptionCard, exemptionSubject } from "./exemption-card.ts";
import { notSecondFor } from "./exemption-rights.ts";

const params = z.object({ exemption: z.int(), version: z.int() });
const NO_EXEMPTION = refuse("stale-action", "没有这件豁免。", ["豁免"]);

/** 同意列入: the second signature; it holds from then on. */
export const agreeExemption = action({
  name: "exemption.agree",
  label: "同意列入",
  params,
  fields: z.object({}),
  async press({ params, person }, context) {
    const one = await toBeDecided(params, person, context);
    if (isRefusal(one)) return one;
    const signed = await decide(one, { state: "listed" }, person, context);
    await tellExemption(signed, `已列入豁免清单：${one.name}`, person, context);
    return { ...(await exemptionCard(signed, person, context, `已列入豁免清单：${one.name}`)), tone: "good" };
  },
});

export const refuseExemption = action({
  name: "exemption.refuse",
  label: "不同意",
  params,
  fields: REFUSE_EXEMPTION,
  async press({ params, fields: { text }, person }, context) {
    const one = await toBeDecided(params, person, context);
    if (isRefusal(one)) return one;
    const refused = await decide(one, { state: "refused", reason: text }, person, context);
    await tellExemption(refused, `未同意列入豁免清单：${one.name}`, person, context);
    return {
      ...(await exemptionCard(refused, person, context, `未同意列入：${one.name}`)),
      audit: { reason: text },
    };
  },
});

/** 全部同意: the second signature for all that one import has brought. */
export const agreeBatch = action({
  name: "exemption.agree-batch",
  label: "全部同意",
  params: z.object({ batch: z.int() }),
  fields: z.object({}),
  async press({ params: { batch }, person }, context) {
    const open = (await context.store.exemptions.ofBatch(batch)).filter(({ state }) => state === "proposed");
    const [first] = open;
    if (first === undefined) return refuse("already-done", `第${batch}号导入的豁免都已办理。`, ["豁免"]);
    const fault = await notSecondFor(first, person, context);
    if (fault !== null) return fault;
    for (const one of open) await decide(one, { state: "listed" }, person, context);
    return {
      title: `已列入豁免清单：${open.length}家`,
      tone: "good",
      subject: `exemptions:batch-${batch}`,
      blocks: [{ kind: "text", text: open.map(({ name }) => name).join("、") }],
      audit: { exemptions: open.map(({ id }) => id) },
      facts: { listed: open.map(({ name }) => name) },
    };
  },
});

/** 取消豁免: at once, also in a response that runs; a lapse of conditions as well as fraud. */
export const revokeExemption = action({
  name: "exemption.revoke",
  label: "取消豁免",
  params,
  fields: REVOKE_EXEMPTION,
  async press({ params, fields: { why, text }, person }, context) {
    const { store, now, today } = context;
    const one = await store.exemptions.byId(params.exemption);
    if (one === null) return NO_EXEMPTION;
    if (!holdsRole(person, "office")) return refuse("forbidden", "豁免由市办取消。");
    if (one.state !== "listed" || one.to < today.toString() || one.version !== params.version)
      return standsAs(one, context);
    const reason = `${why}：${text}`;
    const stamp = { revokedAt: now.epochMilliseconds, revokedBy: person.id };
    const revoked = await store.exemptions.change(one, { state: "revoked", ...stamp, reason });
    await tellExemption(revoked, `豁免已取消：${one.name}`, person, context);
    return {
      ...(await exemptionCard(revoked, person, context, `豁免已取消：${one.name}`)),
      tone: "bad",
      audit: { reason },
    };
  },
});

const standsAs = (one: Exemption, { today }: Pick<Context<Writer>, "today">): Refusal =>
  refuse("already-done", `豁免${one.id}号现为“${exemptionStateWords(one, today.toString())}”。`, [
    `豁免 ${one.id}`,
  ]);

/** The entry that somebody gives the second signature to, or withholds it from. */
async function toBeDecided(
  { exemption, version }: z.output<typeof params>,
  person: Person,
  context: Context<Writer>,
): Promise<Exemption | Refusal> {
  const one = await context.store.exemptions.byId(exemption);
  if (one === null) return NO_EXEMPTION;
  const fault = await notSecondFor(one, person, context);
  if (fault !== null) return fault;
  return one.state === "proposed" && one.version === version ? one : standsAs(one, context);
}

/** Whoever else was asked for the second signature sees what came of it, without the buttons. */
async function decide(
  one: Exemption,
  set: Pick<Exemption, "state"> & Partial<Pick<Exemption, "reason">>,
  person: Person,
  context: Context<Writer>,
): Promise<Exemption> {
  const stamp = { decidedAt: context.now.epochMilliseconds, decidedBy: person.id };
  const decided = await context.store.exemptions.change(one, { ...set, ...stamp });
  await redrawShown(
    exemptionSubject(decided),
    {
      revision: `v${decided.version}`,
      everywhere: true,
      cardFor: (reader) => exemptionCard(decided, reader, context),
    },
    context,
  );
  return decided;
}

/** Tells the county, whoever proposed it, and the enterprise's own contacts, each once. */
async function tellExemption(
  one: Exemption,
  title: string,
  by: Person,
  context: Context<Writer>,
): Promise<void> {
  const { store, now } = context;
  const people = [
    ...(await peopleOfRegion("county-liaison", one.regionId, context)),
    ...(one.proposedBy === null ? [] : await store.people.reaching(one.proposedBy)),
    ...(one.enterpriseId === null ? [] : await store.people.contactsOf([one.enterpriseId])),
  ];
  for (const person of onceEach(people)) {
    if (person.id === by.id) continue;
    const personId = person.id;
    const card: Card = await exemptionCard(one, person, context, title);
    const key = `${exemptionSubject(one)}/v${one.version}/${personId}`;
    await store.outbox.queue({ key, to: { personId }, class: "card", card }, now.epochMilliseconds);
  }
}
