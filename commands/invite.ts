import { z } from "zod";
import { only, roleNames, scopeName, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { type Context, change } from "../src/chat/command.ts";
import { examplesFor } from "../src/chat/examples.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { shortTime } from "../src/chat/wording.ts";
import { readPhone } from "../src/domain/phone.ts";
import type { Subunit } from "../src/domain/plan/subunits.ts";
import type { Role } from "../src/domain/roles.ts";
import { ROLE_SCOPES } from "../src/domain/roles.ts";
import { subunitsNamed } from "../src/issues/subunits.ts";
import { placeFor } from "../src/members/place-for.ts";
import { askSecondPerson, needsSecondPerson } from "../src/members/second-person.ts";
import { accountInUse } from "../src/office/code-makers.ts";
import { CODE_HOURS, invite } from "../src/office/invitation.ts";
import type { Place } from "../src/office/office.ts";
import type { Writer } from "../src/store/store.ts";

const roles = Object.fromEntries(Object.entries(roleNames).map(([role, name]) => [name, role as Role]));

/** 海安联络员, 住建局联络员, 城东镇联络员, 海安领导: which role is meant the unit beside it says. */
const LOOSE = { 联络员: "liaison", 领导: "lead" };
const OF_A_UNIT: readonly string[] = ["liaison", "department-liaison"];

/** The role that is meant; null where nothing says whose liaison or lead it is. */
function meantRole(
  said: string,
  unit: { county?: unknown; department?: unknown; below: Subunit | null },
): Role | null {
  if (unit.below !== null && OF_A_UNIT.includes(said))
    return unit.below.kind === "town" ? "town-liaison" : "bureau-liaison";
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
    county: arg.maybe.county({ hint: "县区角色和点位长必填", itself: true }),
    department: arg.maybe.department({ hint: "部门联络员必填" }),
    unit: arg.maybe.subunit("镇街或县区部门", { hint: "镇街联络员、县区部门联络员必填", maxLength: 20 }),
    phone: arg.maybe.text("手机", { maxLength: 20, called: ["手机", "电话"], formOnly: true }),
    another: arg.maybe.choice("是否同名的另一人", { 同名: "yes" }),
  }),

  async answer(
    { args: { name: typed, role: said, county: at, department, unit, phone, another }, person, identity },
    context,
  ) {
    const { store, office, names, now, today } = context;
    const name = typed.normalize("NFKC");
    const named = unit === undefined ? null : office.subunitCalled(unit, today);
    // 城东镇 says its county as well.
    const county =
      at ?? (named ? (names.place(office.heirOn(named.county, today).short) ?? undefined) : undefined);
    const role = meantRole(said, { county, department, below: named });
    if (role === null)
      return refuse(
        "usage",
        `请写明是哪个县（市、区）或部门的${(said as string) === "lead" ? "领导" : "联络员"}，例如“邀请 ${name} ${examplesFor({ office, today }, person).county}联络员”。`,
      );
    const number = phone === undefined ? null : readPhone(phone);
    if (number === undefined) return refuse("bad-number", "手机号不对，请写11位手机号，或带区号的座机号。");
    const scope = ROLE_SCOPES[role];
    if (scope === "enterprise")
      return refuse("usage", "企业联系人请在企业的卡片上邀请：发送“企业”找到企业，再按“邀请联系人”。", [
        "企业",
      ]);
    const isBelow = scope === "town" || scope === "bureau";
    const needsCounty = scope === "region" || isBelow;
    const needsDepartment = scope === "department";
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
    if (unit !== undefined && !isBelow)
      return refuse("usage", `${roleNames[role]}不需要写镇街或县区部门，请把“${unit}”去掉后重新提交。`);
    const below =
      isBelow && county ? subunitFor(role, unit ?? department?.short, { name, county }, context) : null;
    if (isRefusal(below)) return below;
    if ((!needsCounty && county) || (!needsDepartment && department && !isBelow))
      return refuse(
        "usage",
        `${roleNames[role]}不需要写${county && !needsCounty ? "县（市、区）" : "部门"}，请去掉后重发。`,
      );
    const countyId = county ? office.heirOf(county, today).id : null;
    const regionId = below?.id ?? countyId;
    if (person.role === "county-lead") {
      const own = (scopeOf(person, office, today) ?? []).includes(countyId ?? "");
      if (!own || role === "county-lead")
        return refuse(
          "forbidden",
          "您只能邀请本县（市、区）和所属镇街、部门的联络员以及点位长，其他成员请市办邀请。",
        );
    }
    const wanted = { name, role, regionId, departmentId: isBelow ? null : (department?.id ?? null) };
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
            ...(regionId ? [{ label: "范围", value: scopeName(wanted, office, today) }] : []),
            ...(wanted.departmentId && department ? [{ label: "范围", value: department.name }] : []),
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

/** The town or bureau of a county that somebody is to be the liaison of. */
function subunitFor(
  role: Role,
  said: string | undefined,
  { name, county }: { name: string; county: Place },
  { office, today }: Pick<Context<Writer>, "office" | "today">,
): Subunit | Refusal {
  const region = office.heirOf(county, today);
  const kind = ROLE_SCOPES[role] === "town" ? "town" : "bureau";
  const example = office.subunitsOf(region.id, today).find((one) => one.kind === kind);
  if (said === undefined)
    return refuse(
      "usage",
      `${roleNames[role]}须写明${kind === "town" ? "镇街" : "部门"}，例如“邀请 ${name} ${example?.short ?? ""}联络员”。`,
    );
  const named = subunitsNamed(said, { regionId: region.id }, { office, today });
  if (isRefusal(named)) return named;
  const [unit, another] = named;
  if (unit === undefined || another !== undefined || unit.kind !== kind)
    return refuse(
      "usage",
      `${roleNames[role]}须写明一个${kind === "town" ? "镇街" : "部门"}，“${said}”不是。`,
    );
  return unit;
}
