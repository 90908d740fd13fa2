import { z } from "zod";
import { only, roleNames, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { examplesFor } from "../src/chat/examples.ts";
import { refuse } from "../src/chat/refusal.ts";
import { shortTime } from "../src/chat/wording.ts";
import { CODE_HOURS, newCode } from "../src/office/invitation.ts";
import type { Role } from "../src/store/people.ts";

const roles = Object.fromEntries(Object.entries(roleNames).map(([role, name]) => [name, role as Role]));
const ofCounty: readonly Role[] = ["county-lead", "county-liaison", "station-chief"];

/** 邀请：a one-time code that makes somebody known under a name, role and scope. */
export default change({
  name: "invite",
  words: ["邀请"],
  help: { does: "给新成员开一次性邀请码", example: "邀请 王联络 县区联络员 {county}" },
  who: only("邀请成员", "office", "county-lead"),
  form: "邀请成员",
  args: z.object({
    name: arg.text("姓名或称呼", { maxLength: 20, hint: "在本系统里的名字，不能重复" }),
    role: arg.choice("角色", roles),
    county: arg.maybe.county({ hint: "县区角色和点位长必填" }),
    department: arg.maybe.department({ hint: "部门联络员必填" }),
  }),

  async answer({ args: { name, role, county, department }, person }, { store, office, now, today }) {
    const needsCounty = ofCounty.includes(role);
    const needsDepartment = role === "department-liaison";
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
    const known = await store.people.byName(name);
    const same =
      known?.active &&
      known.role === role &&
      known.departmentId === (department?.id ?? null) &&
      (known.regionId === null ? null : office.heirOn(known.regionId, today).id) === regionId;
    if (known !== null && !same)
      return refuse("conflict", `“${name}”已用于${roleNames[known.role]}，请换一个名字。`);
    const at = now.epochMilliseconds;
    if (known === null && (await store.people.nameTaken(name, at)))
      return refuse("conflict", `“${name}”已有一个未使用的邀请码，请等它用掉或过期，或换一个名字。`);

    const { code, hash } = newCode();
    const expires = now.add({ hours: CODE_HOURS });
    await store.people.invite({
      codeHash: hash,
      name,
      role,
      regionId,
      departmentId: department?.id ?? null,
      createdBy: person.id,
      createdAt: at,
      expiresAt: expires.epochMilliseconds,
    });
    return {
      title: `邀请码 ${code}`,
      tone: "good",
      subject: `invitation:${name}`,
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
          text: `请当面或电话告诉本人，让本人发送：绑定 ${code}${known ? "（本人已有账号，这个码用于再绑定一个平台）" : ""}`,
        },
      ],
      facts: { code, name, role, expiresAt: expires.toString() },
    };
  },
});
