import { z } from "zod";
import { anyone, roleNames, scopeName, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import type { Role } from "../src/domain/roles.ts";

const roles = Object.fromEntries(Object.entries(roleNames).map(([role, name]) => [name, role as Role]));

/** 人员：who is linked, within one's own scope. */
export default command({
  name: "people",
  words: ["人员", "通讯录"],
  hints: ["联系人", "联络员", "成员", "联系方式", "负责人", "找谁", "名单", "有谁", "点位长", "领导", "人"],
  help: { does: "看有哪些成员，可加角色、县区、部门", example: "人员 {county}" },
  who: anyone.withinScope("county"),
  audience: "person",
  args: z.object({
    county: arg.maybe.county(),
    department: arg.maybe.department(),
    role: arg.maybe.choice("角色", roles),
  }),

  async answer({ args: { county, department, role }, person }, { store, office, today }) {
    const own = scopeOf(person, office, today);
    const regions = county
      ? county.regions.flatMap((r) => office.lineage(office.heirOn(r.id, today).id))
      : null;
    const people = (await store.people.all()).filter(
      (p) =>
        // People of a county see their own and the city's; who serves another county is not theirs to list.
        (own === null || p.regionId === null || own.includes(p.regionId)) &&
        (regions === null || (p.regionId !== null && regions.includes(p.regionId))) &&
        (department === undefined || p.departmentId === department.id) &&
        (role === undefined || p.role === role),
    );
    return {
      title: `成员（${people.length}人）`,
      blocks: [
        people.length === 0
          ? { kind: "text", text: "没有符合条件的成员。" }
          : {
              kind: "table",
              columns: [{ title: "名字" }, { title: "角色" }, { title: "范围" }],
              rows: people.map((p) => [p.name, roleNames[p.role], scopeName(p, office, today)]),
            },
      ],
      facts: {
        rows: people.map((p) => ({ name: p.name, role: p.role, scope: scopeName(p, office, today) })),
      },
    };
  },
});
