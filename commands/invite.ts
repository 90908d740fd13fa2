import { z } from "zod";
import { only, roleNames, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { examplesFor } from "../src/chat/examples.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { shortTime } from "../src/chat/wording.ts";
import { readPhone } from "../src/domain/phone.ts";
import type { Role } from "../src/domain/roles.ts";
import { ROLE_SCOPES } from "../src/domain/roles.ts";
import { placeFor } from "../src/members/place-for.ts";
import { askSecondPerson, needsSecondPerson } from "../src/members/second-person.ts";
import { accountInUse } from "../src/office/code-makers.ts";
import { CODE_HOURS, invite } from "../src/office/invitation.ts";

const roles = Object.fromEntries(Object.entries(roleNames).map(([role, name]) => [name, role as Role]));

/** 海安联络员, 住建局联络员, 海安领导: which role is meant the unit beside it says. */
const LOOSE = { 联络员: "liaison", 领导: "lead" };

/** The role that is meant; null where nothing says whose liaison or lead it is. */
function meantRole(said: string, unit: { county?: unknown; department?: unknown }): Role | null {
  if (said === "lead") return unit.county === undefined ? null : "county-lead";
  if (said !== "liaison") return said as Role;
  if (unit.county !== undefined) return "county-liaison";
  return unit.department === undefined ? null : "department-liaison";
}

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
    role: arg.choice("角色", roles, { says: LOOSE }),
    county: arg.maybe.county({ hint: "县区角色和点位长必填" }),
    department: arg.maybe.department({ hint: "部门联络员必填" }),
    phone: arg.maybe.text("手机", { maxLength: 20, called: ["手机", "电话"], formOnly: true }),
    another: arg.maybe.choice("是否同名的另一人", { 同名: "yes" }),
  }),

  async answer(
    { args: { name: typed, role: said, county, department, phone, another }, person, identity },
    context,
  ) {
    const { store, office, now, today } = context;
    const name = typed.normalize("NFKC");
    const role = meantRole(said, { county, department });
    if (role === null)
      return refuse(
        "usage",
        `请写明是哪个县（市、区）或部门的${(said as string) === "lead" ? "领导" : "联络员"}，例如“邀请 ${name} ${examplesFor({ office, today }, person).county}联络员”。`,
      );
    const number = phone === undefined ? null : readPhone(phone);
    if (number === undefined) return refuse("bad-number", "手机号不对，请写11位手机号，或带区号的座机号。");
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
    const place = await placeFor(wanted, person, another !== undefined, context);
    if (isRefusal(place)) return place;

    const needsSecond = await needsSecondPerson(role, context);
    if (isRefusal(needsSecond)) return needsSecond;

    const { returning, replaces } = place;
    const expires = now.add({ hours: CODE_HOURS });
    const { code, invitation } = await invite(
      store,
      {
        ...wanted,
        ...{ phone: number, personId: returning?.id ?? null, needsSecond },
        ...{ createdBy: person.id, createdFrom: (await accountInUse(identity, context))?.id ?? null },
      },
      { now, expires, replaces },
    );
    if (needsSecond) await askSecondPerson({ ...invitation, by: person.id }, context);
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
        ...(needsSecond
          ? [
              {
                kind: "text" as const,
                text: `${roleNames[role]}须两人授予：已请市办其他成员确认，同意以前这个码不能用。`,
              },
            ]
          : []),
      ],
      facts: { code, name, role, expiresAt: expires.toString(), ...(needsSecond ? { needsSecond } : {}) },
    };
  },
});
