import { z } from "zod";
import { anotherCountys, anyone, only, scopeOf } from "../src/chat/access.ts";
import { withReason } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { type Context, command } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { firstNamed } from "../src/chat/wording.ts";
import { NIGHT_STATES, type NightState } from "../src/domain/enterprises/night-permit.ts";
import type { RegionId } from "../src/domain/ids.ts";
import { nightCard } from "../src/enterprises/night-card.ts";
import { nightList } from "../src/enterprises/night-list.ts";
import { seesNights } from "../src/enterprises/night-rights.ts";
import type { NightPermit } from "../src/store/night-permits.ts";
import type { Reader } from "../src/store/store.ts";

export {
  grantNight,
  refuseNight,
  resumeNight,
  suspendNight,
  withdrawNight,
} from "../src/enterprises/night-actions.ts";

const toOne = says("夜施");
/** So many of the sites that share a word are named, and can be pressed. */
const NAMED = 5;
const STATES = Object.fromEntries(
  Object.entries(NIGHT_STATES).map(([state, word]) => [word, state as NightState]),
) as Readonly<Record<string, NightState>>;
const ACTS = ["批准", "不予批准", "不批", "暂停", "恢复", "撤回"];
/** 夜施 1 暂停 噪声投诉: the act may be said behind the number as well. */
const ACT_FIRST = new RegExp(`^(?:${ACTS.join("|")})[\\s:：，,]*`);

const readers = only(
  "看夜间施工许可",
  "office",
  "city-lead",
  "supervision",
  "county-lead",
  "county-liaison",
  "department-liaison",
);

/** The newest permit of each site whose name holds a word, within some regions or all. */
async function permitsOf(
  site: string,
  regionIds: readonly string[] | null,
  { store }: Pick<Context<Reader>, "store">,
): Promise<NightPermit[]> {
  const within = (regionIds ?? undefined) as readonly RegionId[] | undefined;
  const called = (await store.nightPermits.within("0000", "9999", within)).filter((one) =>
    one.site.includes(site),
  );
  return [...new Map(called.map((one) => [one.site, one])).values()];
}

/** 夜施：the permits to build at night, and the counties whose dustfall has tightened them. */
export default command({
  name: "night",
  // What is done to one of them is a button on its card: 批准夜施 3.
  words: [
    ...(["夜施", "夜间施工许可", "夜间施工"] as const),
    ...ACTS.flatMap((act) => ["夜施", "夜间施工", "许可"].map((what) => `${act}${what}`)),
  ],
  hints: ["夜施许可", "夜间许可", "夜间施工清单"],
  mechanism: "dustfall-penalty",
  help: {
    does: "看夜间施工许可和降尘超标的从严管控，可加县（市、区）、月份或编号",
    example: "夜施 {county}",
  },
  who: {
    check: (question) => readers.check(question) ?? anyone.withinScope("county").check(question),
  },
  audience: "scope",
  args: z.object({
    no: arg.maybe.number("许可编号", { bare: true }),
    county: arg.maybe.county(),
    period: arg.maybe.period(),
    state: arg.maybe.choice("状态", STATES, { says: { 待批: "applied" } }),
    site: arg.maybe.text("工地", { maxLength: 60 }),
    reason: arg.maybe.text("原因", { behind: "no", maxLength: 200 }),
  }),

  async shows(name, person, context) {
    const called = await permitsOf(name, scopeOf(person, context.office, context.today), context);
    return called.map((one) => ({ name: one.site, what: `夜施${one.id}号`, say: toOne("", one.id).say }));
  },

  async answer({ args: { no, county, period, state, site, reason }, person }, context) {
    const { store, office, today } = context;
    if (no !== undefined) {
      const permit = await store.nightPermits.byId(Number(no));
      if (permit === null)
        return refuse("no-data", `没有夜间施工许可${no.slice(0, 12)}号。发送“夜施”看清单。`, ["夜施"]);
      const home = office.heirOn(permit.regionId, today);
      if (!seesNights(person, permit.regionId, context))
        return anotherCountys(`${home.short}的夜间施工许可${permit.id}号`, [home], person, context);
      return withReason(
        await nightCard(permit, person, context),
        reason?.replace(ACT_FIRST, "") || undefined,
      );
    }
    const own = scopeOf(person, office, today);
    const all = office.regionsOf({ to: today }, today).filter(({ id }) => own === null || own.includes(id));
    const asked = county === undefined ? null : office.heirOf(county, today);
    const regions = asked === null ? all : [asked];
    if (site !== undefined) {
      const ids = regions.flatMap(({ id }) => office.lineage(id));
      const [permit, ...others] = await permitsOf(site, ids, context);
      if (permit === undefined)
        return refuse("no-data", `没有工地名称含“${site}”的夜间施工许可。发送“夜施”看清单。`, ["夜施"]);
      if (others.length === 0) return nightCard(permit, person, context);
      const found = [permit, ...others];
      const named = found.map((one) => `${one.site}（夜施 ${one.id}）`);
      return refuse(
        "usage",
        `有${found.length}个工地的名称含“${site}”：${firstNamed(named, NAMED, "个")}。请选择。`,
        found.slice(0, NAMED).map(({ id }) => toOne("", id).say),
      );
    }
    const only = regions.length === 1 ? (regions[0]?.short ?? "") : "";
    return nightList({ regions, label: only, period, state }, person, context);
  },
});
