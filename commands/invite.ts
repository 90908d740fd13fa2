import { z } from "zod";
import { only, roleNames, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { type Context, change } from "../src/chat/command.ts";
import { examplesFor } from "../src/chat/examples.ts";
import { likenessOf, nameFault } from "../src/chat/member-name.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { shortTime } from "../src/chat/wording.ts";
import type { Role } from "../src/domain/roles.ts";
import { ROLE_SCOPES } from "../src/domain/roles.ts";
import { CODE_HOURS, invite } from "../src/office/invitation.ts";
import type { Invitation, Person } from "../src/store/people.ts";
import type { Writer } from "../src/store/store.ts";

const roles = Object.fromEntries(Object.entries(roleNames).map(([role, name]) => [name, role as Role]));

/** 邀请：a one-time code for somebody who isn't a member: new, under a name, role and scope, or coming back. */
export default change({
  name: "invite",
  words: ["邀请"],
  help: { does: "给新成员开一次性邀请码", example: "邀请 王联络 县区联络员 {county}" },
  who: only("邀请成员", "office", "county-lead"),
  audience: "person",
  form: "邀请成员",
  secret: "邀请码",
  args: z.object({
    name: arg.text("姓名或称呼", { maxLength: 20, hint: "在本系统里的名字，不能重复", first: true }),
    role: arg.choice("角色", roles),
    county: arg.maybe.county({ hint: "县区角色和点位长必填" }),
    department: arg.maybe.department({ hint: "部门联络员必填" }),
  }),

  async answer({ args: { name: typed, role, county, department }, person }, context) {
    const { store, office, now, today } = context;
    const name = typed.normalize("NFKC");
    const needsCounty = ROLE_SCOPES[role] === "region";
    const needsDepartment = ROLE_SCOPES[role] === "department";
    if (needsCounty && county === undefined)
      return refuse(
        "usage",
        `${roleNames[role]}须写明县（市、区），例如“邀请 ${name} ${roleNames[role]} ${examplesFor({ office, today }, person).county}”。`,
      );
    if (needsDepartment && department === undefined)
      return refuse(
        "usage",
        `部门联络员须写明部门，例如“邀请 ${name} 部门联络员 ${examplesFor({ office, today }).department}”。`,
      );
    if ((!needsCounty && county) || (!needsDepartment && department))
      return refuse(
        "usage",
        `${roleNames[role]}不需要写${county && !needsCounty ? "县（市、区）" : "部门"}，请去掉后重发。`,
      );
    const regionId = county ? office.heirOf(county, today).id : null;
    if (person.role === "county-lead") {
      const own = (scopeOf(person, office, today) ?? []).includes(regionId ?? "");
      if (!own || role === "county-lead")
        return refuse("forbidden", "您只能邀请本县（市、区）的联络员和点位长，其他成员请市办邀请。");
    }
    const wanted = { name, role, regionId, departmentId: department?.id ?? null };
    const place = await placeFor(wanted, person, context);
    if (isRefusal(place)) return place;

    const { returning, replaces } = place;
    const expires = now.add({ hours: CODE_HOURS });
    const { code, invitation } = await invite(
      store,
      { ...wanted, personId: returning?.id ?? null, createdBy: person.id },
      { now, expires, replaces },
    );
    return {
      title: `邀请码 ${code}`,
      receipt: `邀请${name}（邀请码只显示一次）`,
      tone: "good",
      subject: `invitation:${name}`,
      audit: { ...wanted, invitation: invitation.id, returning: returning !== null, expiresAt: `${expires}` },
      blocks: [
        {
          kind: "facts",
          items: [
            { label: "姓名", value: name },
            { label: "角色", value: roleNames[role] },
            ...(regionId ? [{ label: "范围", value: office.region(regionId).short }] : []),
            ...(department ? [{ label: "范围", value: department.name }] : []),
            { label: "有效期", value: `至${shortTime(office.local(expires))}，用一次即失效` },
          ],
        },
        {
          kind: "text",
          text: `请当面或电话告诉本人，让本人与机器人私聊发送：绑定 ${code}${returning ? "（本人曾是成员，绑定后恢复原身份）" : ""}`,
        },
      ],
      facts: { code, name, role, expiresAt: expires.toString() },
    };
  },
});

type Wanted = Pick<Person, "name" | "role" | "regionId" | "departmentId">;
/** Who comes back under the name, if anybody, and which invitations the new one takes the place of. */
type Place = { returning: Person | null; replaces: readonly Invitation[] };

/** Whether a name is free for somebody: nobody may be taken for a member, or for somebody who has been promised the name. */
async function placeFor(
  wanted: Wanted,
  inviter: Person,
  { store, office, now, today }: Context<Writer>,
): Promise<Place | Refusal> {
  const { name, role } = wanted;
  const isAlike = (other: { name: string }) => likenessOf(other.name) === likenessOf(name);
  const homeOf = (id: string | null) => (id === null ? null : office.heirOn(id, today).id);
  const isSame = (other: Wanted) =>
    other.name === name &&
    other.role === role &&
    other.departmentId === wanted.departmentId &&
    homeOf(other.regionId) === wanted.regionId;

  const known = (await store.people.ever()).find(isAlike);
  if (known?.active)
    return refuse(
      "conflict",
      known.name === name
        ? `“${name}”已是成员。本人要加一个账号，请本人从已绑定的账号发送“绑定新账号”；如是另一个人，请换一个名字。`
        : `“${name}”与成员“${known.name}”容易混淆，请换一个名字。`,
    );
  const fault = known ? null : nameFault(name, role);
  if (fault !== null) return fault;
  if (known && (inviter.role !== "office" || !isSame(known)))
    return refuse(
      "conflict",
      `“${known.name}”曾是成员（${roleNames[known.role]}），只能由市办按原角色、原范围恢复；如是另一个人，请换一个名字。`,
    );
  const promised = (await store.people.openInvitations(now.epochMilliseconds)).filter(isAlike);
  const replaces = promised.filter((i) => isSame(i) && i.createdBy === inviter.id);
  if (replaces.length < promised.length)
    return refuse("conflict", `“${name}”已有一个未使用的邀请码，请等它用掉或过期，或换一个名字。`);
  return { returning: known ?? null, replaces };
}
