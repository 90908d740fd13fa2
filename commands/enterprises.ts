import { z } from "zod";
import { anotherCountys, everybody, scopeOf } from "../src/chat/access.ts";
import { action, withReason } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { firstNamed } from "../src/chat/wording.ts";
import type { EnterpriseId, RegionId } from "../src/domain/ids.ts";
import { readPhone } from "../src/domain/phone.ts";
import { holdsRole } from "../src/domain/posts.ts";
import { isOutsider } from "../src/domain/roles.ts";
import { CONTACT_FORM, enterpriseCard } from "../src/enterprises/enterprise-card.ts";
import { inviteContact } from "../src/enterprises/invite-contact.ts";
import { enterpriseListCard } from "../src/enterprises/list.ts";
import { namesContacts, seesEnterprise } from "../src/enterprises/sees.ts";
import type { Enterprise } from "../src/store/enterprises.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

export { enterprisesPaper } from "../src/enterprises/list-paper.ts";

const toOne = says("企业");

/** 企业：the enterprises of the emergency list, or one of them; its contact sees their own. */
export default command({
  name: "enterprises",
  words: ["企业", "企业清单", "应急减排清单", "减排清单", "移出清单", "移出企业"],
  help: { does: "看应急减排清单里的企业、绩效分级和各级别的措施", example: "企业 {county}" },
  mechanism: "emergency-list-update",
  who: everybody,
  audience: "person",
  args: z.object({
    county: arg.maybe.county(),
    grade: arg.maybe.choice("绩效分级", { A级: "A", B级: "B", C级: "C", D级: "D" }),
    name: arg.maybe.text("企业名称", { maxLength: 60 }),
    reason: arg.maybe.text("移出原因", { behind: "name", maxLength: 200 }),
    page: arg.maybe.number("页码"),
  }),

  // One that they may not look at says whose it is; of a part of its name nobody else hears.
  async shows(name, person, { store, office, today }) {
    const exact = isOutsider(person) ? null : await store.enterprises.byName(name);
    const seen = (await store.enterprises.like(name, MOST_LIKE)).filter((one) =>
      seesEnterprise(person, one, { office, today }),
    );
    return (exact === null ? seen : [exact]).map((one) => ({
      ...{ name: one.name, what: "企业" },
      say: toOne("", `“${one.name}”`).say,
    }));
  },

  async answer({ args: { county, grade, name, reason, page }, person }, context) {
    const { store, office, today } = context;
    if (isOutsider(person)) {
      const own = person.enterpriseId === null ? null : await store.enterprises.byId(person.enterpriseId);
      return own === null
        ? refuse("no-data", "您的企业不在清单里，请联系市办。")
        : enterpriseCard(own, person, context);
    }
    const at = Number(page ?? 1);
    if (!Number.isInteger(at)) return refuse("bad-number", "页码应为1以上的整数，例如“企业 第2页”。");
    const home = county && office.heirOf(county, today);
    if (name === undefined) {
      const own = scopeOf(person, office, today);
      if (home !== undefined && own !== null && !own.includes(home.id))
        return anotherCountys(`${home.short}的企业`, [home], person, context);
      return enterpriseListCard({ county: home?.id, grade, page: at }, person, context);
    }
    const found = await enterpriseCalled(name, home?.id, person, context);
    return isRefusal(found) ? found : withReason(await enterpriseCard(found, person, context), reason);
  },
});

/** The enterprise that a name, or a part of one, stands for among those that somebody sees, of one county where one is said. */
async function enterpriseCalled(
  name: string,
  county: RegionId | undefined,
  person: Person,
  { store, office, today }: Context<Reader>,
): Promise<Enterprise | Refusal> {
  const exact = await store.enterprises.byName(name);
  const alike = exact === null ? await store.enterprises.like(name, MOST_LIKE) : [exact];
  const like = alike.filter(
    ({ regionId }) => county === undefined || office.heirOn(regionId, today).id === county,
  );
  const seen = like.filter((one) => seesEnterprise(person, one, { office, today }));
  const [only, ...others] = seen;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined)
    return refuse(
      "usage",
      `有${seen.length}家企业的名称含“${name}”，请写全：${firstNamed(
        seen.map((one) => one.name),
        NAMED,
        "家",
      )}。`,
      seen.slice(0, NAMED).map((one) => `企业 “${one.name}”`),
    );
  const homes = like.map(({ regionId }) => office.heirOn(regionId, today));
  if (homes.length > 0) return anotherCountys(`“${name}”`, homes, person, { office, today });
  return refuse("no-data", `清单里没有“${name}”，请核对名称，或发送“企业”看清单。`, ["企业"]);
}

const MOST_LIKE = 50;
const NAMED = 5;
const params = z.object({ enterprise: z.int() });

async function enterpriseFor(id: EnterpriseId, context: Context<Reader>): Promise<Enterprise | Refusal> {
  const one = await context.store.enterprises.byId(id);
  return one === null || one.endedOn !== null
    ? refuse("already-done", "这家企业已移出清单。", ["企业"])
    : one;
}

/** 邀请联系人: a code for whoever speaks for the enterprise from then on. */
export const enterpriseInvite = action({
  name: "enterprise.invite",
  label: "邀请联系人",
  params,
  fields: CONTACT_FORM,
  async press({ params: { enterprise }, fields: { name, phone }, person }, context) {
    const one = await enterpriseFor(enterprise, context);
    if (isRefusal(one)) return one;
    if (!namesContacts(person, one, context))
      return refuse("forbidden", "企业联系人由市办或企业所在县（市、区）邀请。");
    const number = phone === undefined ? null : readPhone(phone);
    if (number === undefined) return refuse("bad-number", "手机号不对，请写11位手机号，或带区号的座机号。");
    const invited = await inviteContact(one, { name, phone: number }, person, context);
    if (isRefusal(invited)) return invited;
    const title = `已邀请${invited.name}为${one.name}联系人，邀请码已单独发给您`;
    return {
      ...(await enterpriseCard(one, person, context, title)),
      tone: "good",
      audit: { contact: invited.name },
    };
  },
});

/** 移出清单: from today on it is ordered nothing any more; what it was ordered stays on record. */
export const enterpriseEnd = action({
  name: "enterprise.end",
  label: "移出清单",
  params,
  fields: z.object({ reason: arg.longtext("移出原因", { maxLength: 200 }) }),
  async press({ params: { enterprise }, fields: { reason }, person }, context): Promise<Card | Refusal> {
    if (!holdsRole(person, "office")) return refuse("forbidden", "清单由市办维护。");
    const one = await enterpriseFor(enterprise, context);
    if (isRefusal(one)) return one;
    const { store, today } = context;
    await store.enterprises.change(one.id, { endedOn: today.subtract({ days: 1 }).toString() });
    const ended = (await store.enterprises.byId(one.id)) ?? one;
    const card = await enterpriseCard(ended, person, context, `已移出清单：${one.name}`);
    return { ...card, audit: { enterprise: one.name, reason } };
  },
});
