import { z } from "zod";
import { anyone, roleNames, scopeName, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import type { Block, Button } from "../src/chat/card.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { shortTime } from "../src/chat/wording.ts";
import type { RegionId } from "../src/domain/ids.ts";
import { inEachPost } from "../src/domain/posts.ts";
import { isOutsider, type Role } from "../src/domain/roles.ts";
import { memberCalled } from "../src/members/find.ts";
import { mandateWords } from "../src/members/handover.ts";
import { openInvitationsOf } from "../src/members/invitations.ts";
import { bareName } from "../src/members/names-apart.ts";
import { personCard, postsInWords, standingInWords } from "../src/members/person-card.ts";
import { readMandate } from "../src/members/said.ts";
import type { Invitation, Person } from "../src/store/people.ts";

export { join } from "../src/members/dissolved.ts";
export { phoneShown } from "../src/members/person-card.ts";

const roles = Object.fromEntries(Object.entries(roleNames).map(([role, name]) => [name, role as Role]));
/** 海安联络员: whose liaison or lead the unit beside it says; without one those of all. */
const LOOSE_ROLES = { 联络员: "liaison", 领导: "lead" };
type Unit = { county?: unknown; department?: unknown };
function isMeant(said: Role | "liaison" | "lead", { county, department }: Unit, role: Role): boolean {
  if (said !== "liaison" && said !== "lead") return role === said;
  if (county === undefined && department === undefined) return role.endsWith(`-${said}`);
  const level = county === undefined ? "department" : department === undefined ? "county" : "bureau";
  return role === `${level}-${said}`;
}

const toPerson = says("人员");
const toWithdraw = says("撤回邀请");

/** 人员：who is a member within one's own scope, and how they stand: in post, away and by whom represented, invited. */
export default command({
  name: "people",
  words: ["人员", "通讯录"],
  hints: ["联系人", "联络员", "成员", "联系方式", "负责人", "找谁", "名单", "有谁", "点位长", "领导", "人"],
  help: { does: "看有哪些成员，可加角色、县区、部门或姓名", example: "人员 {county}" },
  who: anyone.withinScope("county"),
  audience: "person",
  args: z.object({
    county: arg.maybe.county(),
    department: arg.maybe.department(),
    role: arg.maybe.choice("角色", roles, { says: LOOSE_ROLES }),
    name: arg.maybe.text("姓名", { prefix: "姓名", maxLength: 30 }),
  }),

  async shows(said, _person, { store, office, today, names }) {
    // 海安联络员 is a post, whoever holds it.
    if (!isRefusal(readMandate(said, { office, names, today }))) return [];
    const all = await store.people.all();
    return all
      .filter(({ name }) => name === said || bareName(name) === said)
      .map((one) => ({
        ...{ name: one.name, what: scopeName(one, office, today) },
        say: toPerson("", `“${one.name}”`).say,
      }));
  },

  async answer({ args: { county, department, role, name }, person }, context) {
    const { store, office, today } = context;
    const rowOf = (p: Person) => ({ name: p.name, role: p.role, scope: scopeName(p, office, today) });
    const own = scopeOf(person, office, today);
    // People of towns and bureaus stand with their county.
    const countyOf = (regionId: RegionId) =>
      office.subunit(regionId) ? office.heirOn(regionId, today).id : regionId;
    // People of a county see their own and the city's; who serves another county is not theirs to list.
    const mayList = (regionId: RegionId | null) =>
      own === null || regionId === null || own.includes(regionId) || own.includes(countyOf(regionId));
    // Whom an enterprise has named is known to the city alone; a county finds them with the enterprise.
    const mayListIn = ({ role, regionId }: Pick<Person, "role" | "regionId">) =>
      mayList(regionId) && (own === null || !isOutsider({ role }));
    if (name !== undefined) {
      const found = await memberCalled(name, (one) => `人员 “${one}”`, context);
      if (isRefusal(found)) return found;
      return inEachPost(found).some(mayListIn)
        ? personCard(found, person, context)
        : refuse("forbidden", `${found.name}不在您的权限范围内。`);
    }
    const regions = county
      ? county.regions.flatMap((r) => office.lineage(office.heirOn(r.id, today).id))
      : null;
    const people = (await store.people.all()).filter((p) =>
      inEachPost(p).some(
        ({ behalf, ...post }) =>
          behalf === undefined &&
          mayListIn(post) &&
          (regions === null || (post.regionId !== null && regions.includes(countyOf(post.regionId)))) &&
          (department === undefined || post.departmentId === department.id) &&
          (role === undefined || isMeant(role, { county, department }, post.role)),
      ),
    );
    // 人员 海安联络员: who is asked for by unit and post, and is the only one, is shown whole.
    const [only, ...others] = people;
    if (role !== undefined && (county || department) && only !== undefined && others.length === 0) {
      const card = await personCard(only, person, context);
      return { ...card, facts: { ...card.facts, rows: [rowOf(only)] } };
    }
    const states = await Promise.all(people.map((one) => standingInWords(one, context)));
    const invitations = county || department || role ? [] : await openInvitationsOf(person, context);
    const invited = await invitationBlocks(invitations, context);
    return {
      title: `成员（${people.length}人${invitations.length > 0 ? `，未使用的邀请${invitations.length}个` : ""}）`,
      blocks: [
        people.length === 0
          ? { kind: "text", text: "没有符合条件的成员。" }
          : {
              kind: "table",
              columns: [{ title: "名字" }, { title: "角色" }, { title: "范围" }, { title: "状态" }],
              rows: people.map((p, i) => [
                p.name,
                roleNames[p.role] + ((p.beside ?? []).some(({ behalf }) => !behalf) ? "等" : ""),
                scopeName(p, office, today),
                states[i] ?? "",
              ]),
              // In quotes: a name may hold a county and a post.
              opens: people.map((p) => toPerson("", `“${p.name}”`).say),
            },
        ...invited.blocks,
      ],
      buttons: invited.buttons,
      facts: {
        rows: people.map(rowOf),
        states: people.map((p, i) => ({ name: p.name, posts: postsInWords(p, context), state: states[i] })),
        invitations: invitations.map((one) => ({ name: one.name, post: mandateWords(one, context) })),
      },
    };
  },
});

/** Invitations that nobody has used yet, with what takes each back. */
async function invitationBlocks(
  invitations: readonly Invitation[],
  context: Parameters<typeof openInvitationsOf>[1],
): Promise<{ blocks: Block[]; buttons: Button[] }> {
  if (invitations.length === 0) return { blocks: [], buttons: [] };
  const { store, office } = context;
  const rows: string[][] = [];
  for (const one of invitations) {
    const by = one.createdBy === null ? null : await store.people.byId(one.createdBy);
    const until = shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(one.expiresAt)));
    rows.push([one.name, mandateWords(one, context), by?.name ?? "系统", until]);
  }
  return {
    blocks: [
      { kind: "text", text: `未使用的邀请（${invitations.length}个）`, tone: "notice" },
      {
        kind: "table",
        columns: [{ title: "姓名" }, { title: "职务" }, { title: "邀请人" }, { title: "有效期至" }],
        rows,
      },
    ],
    buttons: invitations
      .slice(0, 5)
      .map((one) => toWithdraw(`撤回邀请 ${one.name}`, one.name, mandateWords(one, context))),
  };
}
