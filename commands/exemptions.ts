import { z } from "zod";
import { anotherCountys, anyone, scopeOf } from "../src/chat/access.ts";
import { withReason } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { type Context, command } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { BASES_SAID, REVOCATIONS } from "../src/domain/enterprises/exemption.ts";
import type { RegionId } from "../src/domain/ids.ts";
import { exemptionCard } from "../src/enterprises/exemption-card.ts";
import { EXEMPTION_FILTERS, exemptionList } from "../src/enterprises/exemption-list.ts";
import type { Reader } from "../src/store/store.ts";

export {
  agreeBatch,
  agreeExemption,
  refuseExemption,
  revokeExemption,
} from "../src/enterprises/exemption-actions.ts";
export { exemptionEvidence } from "../src/enterprises/exemption-card.ts";
export { publicExemptions } from "../src/enterprises/exemption-list.ts";

/** What was said behind a number, for the form that ends it: 取消豁免 3 弄虚作假. */
function revocationSaid(said: string | undefined): Record<string, string> {
  if (said === undefined) return {};
  const why = REVOCATIONS.find((word) => said.includes(word));
  return { ...(why === undefined ? {} : { why }), ...(said === why ? {} : { text: said }) };
}

async function exemptionsCalled(
  name: string,
  within: readonly RegionId[] | null,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
) {
  const all = await store.exemptions.all();
  const seen = all.filter(({ regionId }) => within?.includes(office.heirOn(regionId, today).id) ?? true);
  const exact = seen.filter((one) => one.name === name);
  return exact.length > 0 ? exact : seen.filter((one) => one.name.includes(name));
}

const toOne = says("豁免");

/** 豁免：who is exempt in responses to heavy pollution, on which basis and until when. */
export default command({
  name: "exemptions",
  // What is done to one of them is a button on its card: 取消豁免 3.
  words: ["豁免", "豁免清单", "取消豁免", "撤销豁免", "同意豁免", "不同意豁免", "不予豁免"],
  hints: ["豁免名单", "豁免企业", "豁免工地"],
  mechanism: "exemption-list",
  help: { does: "看重污染天气应急豁免清单，可加县（市、区）、依据、状态或编号", example: "豁免 {county}" },
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    no: arg.maybe.number("豁免编号", { bare: true }),
    county: arg.maybe.county(),
    basis: arg.maybe.choice("依据", BASES_SAID),
    filter: arg.maybe.choice("状态", EXEMPTION_FILTERS, {
      says: { 待审: "proposed", 到期: "expired", 过期: "expired" },
    }),
    name: arg.maybe.text("单位名称", { maxLength: 60 }),
    reason: arg.maybe.text("原因", { behind: "no", maxLength: 300 }),
  }),

  // An enterprise's own card says whether it is exempt.
  async shows(name, person, context) {
    const called = await exemptionsCalled(name, scopeOf(person, context.office, context.today), context);
    const sites = called.filter(({ enterpriseId }) => enterpriseId === null);
    return [...new Map(sites.map((one) => [one.name, one])).values()].map((one) => ({
      ...{ name: one.name, what: `豁免${one.id}号` },
      say: toOne("", one.id).say,
    }));
  },

  async answer({ args: { no, county, basis, filter, name, reason }, person }, context) {
    const { store, office, today } = context;
    const own = scopeOf(person, office, today);
    if (no !== undefined) {
      const one = await store.exemptions.byId(Number(no));
      if (one === null)
        return refuse("no-data", `没有豁免${no.slice(0, 12)}号。发送“豁免”看清单。`, ["豁免"]);
      const home = office.heirOn(one.regionId, today);
      if (own !== null && !own.includes(home.id))
        return anotherCountys(`${home.short}的豁免${one.id}号`, [home], person, context);
      const said = reason?.replace(/^(?:取消|撤销|不同意|不予)(?:豁免)?[\s:：，,]*/, "") || undefined;
      return withReason(await exemptionCard(one, person, context, undefined, revocationSaid(said)), said);
    }
    const region = county === undefined ? undefined : office.heirOf(county, today);
    const seen = region === undefined ? own : [region.id];
    const called = name === undefined ? [] : await exemptionsCalled(name, seen, context);
    if (name !== undefined && called.length === 0)
      return refuse("no-data", `豁免清单里没有名称含“${name}”的单位。发送“豁免”看清单。`, ["豁免"]);
    const [one, ...others] = called;
    if (one !== undefined && others.length === 0) return exemptionCard(one, person, context);
    if (one !== undefined)
      return refuse(
        "usage",
        `有${called.length}家名称含“${name}”，请用编号，例如“豁免 ${one.id}”。`,
        called.slice(0, 3).map(({ id }) => `豁免 ${id}`),
      );
    const named = (choices: Readonly<Record<string, string>>, id: string | undefined) =>
      Object.entries(choices).flatMap(([word, meaning]) => (meaning === id ? [word] : []));
    const said = [
      ...(region === undefined ? [] : [region.short]),
      ...named(BASES_SAID, basis),
      ...named(EXEMPTION_FILTERS, filter),
    ];
    return exemptionList({ regionId: region?.id, basis, filter }, said, person, context);
  },
});
