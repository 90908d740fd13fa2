import { z } from "zod";
import { anyone, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { BASES_SAID } from "../src/domain/enterprises/exemption.ts";
import { exemptionCard } from "../src/enterprises/exemption-card.ts";
import { EXEMPTION_FILTERS, exemptionList } from "../src/enterprises/exemption-list.ts";

export {
  agreeBatch,
  agreeExemption,
  refuseExemption,
  revokeExemption,
} from "../src/enterprises/exemption-actions.ts";
export { exemptionEvidence } from "../src/enterprises/exemption-card.ts";
export { publicExemptions } from "../src/enterprises/exemption-list.ts";

/** 豁免：who is exempt in responses to heavy pollution, on which basis and until when. */
export default command({
  name: "exemptions",
  words: ["豁免", "豁免清单"],
  hints: ["豁免名单", "豁免企业", "豁免工地"],
  mechanism: "exemption-list",
  help: { does: "看重污染天气应急豁免清单，可加县（市、区）、依据、状态或编号", example: "豁免 {county}" },
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    no: arg.maybe.number("豁免编号", { bare: true }),
    county: arg.maybe.county(),
    basis: arg.maybe.choice("依据", BASES_SAID),
    filter: arg.maybe.choice("状态", EXEMPTION_FILTERS),
  }),

  async answer({ args: { no, county, basis, filter }, person }, context) {
    const { store, office, today } = context;
    if (no !== undefined) {
      const one = await store.exemptions.byId(Number(no));
      const own = scopeOf(person, office, today);
      if (one === null || (own !== null && !own.includes(office.heirOn(one.regionId, today).id)))
        return refuse("no-data", `没有豁免${no.slice(0, 12)}号。发送“豁免”看清单。`, ["豁免"]);
      return exemptionCard(one, person, context);
    }
    const region = county === undefined ? undefined : office.heirOf(county, today);
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
