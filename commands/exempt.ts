import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { BASES_SAID } from "../src/domain/enterprises/exemption.ts";
import { readPhone } from "../src/domain/phone.ts";
import { proposeExemption } from "../src/enterprises/exemption-propose.ts";
import { PROPOSERS } from "../src/enterprises/exemption-rights.ts";

/** 申报豁免：proposes that an enterprise or a site is exempt; somebody else has to agree. */
export default change({
  name: "exempt",
  words: ["申报豁免", "豁免申报", "提出豁免"],
  mechanism: "exemption-list",
  help: {
    does: "申报列入豁免清单，由另一人同意后生效",
    example: "申报豁免 {county} “某某新材料有限公司” 绩效A级 今天到年底 措施 自主减排 批准单位 市生态环境局",
  },
  who: only("申报豁免", ...PROPOSERS),
  audience: "person",
  form: "申报豁免",
  args: z.object({
    county: arg.county(),
    name: arg.text("企业或工地", { maxLength: 60, hint: "全称" }),
    basis: arg.choice("依据", BASES_SAID),
    days: arg.period("本年"),
    measures: arg.text("豁免措施", {
      called: ["豁免措施", "措施"],
      maxLength: 200,
      hint: "免除哪些减排措施，如 自主采取减排措施",
    }),
    approved: arg.text("批准单位", { called: ["批准单位", "由"], maxLength: 50 }),
    grade: arg.maybe.choice(
      "绩效分级",
      { A: "A", B: "B", C: "C", D: "D", 引领性: "引领性" },
      { formOnly: true },
    ),
    contact: arg.maybe.text("联系人", { maxLength: 20, formOnly: true }),
    phone: arg.maybe.text("联系电话", { maxLength: 20, formOnly: true }),
  }),

  async answer({ args, person }, context) {
    const { county, name, basis, days, measures, approved, grade, contact, phone } = args;
    const number = phone === undefined ? null : (readPhone(phone) ?? undefined);
    if (number === undefined)
      return refuse("usage", "联系电话不是电话号码，请填11位手机号或带区号的座机号。");
    return proposeExemption(
      {
        name: name.trim(),
        regionId: context.office.heirOf(county, context.today).id,
        basis,
        grade: grade ?? (basis === "grade-a" ? "A" : null),
        measures: measures.trim(),
        approvedBy: approved.trim(),
        contact: contact ?? null,
        phone: number,
        from: days.from.toString(),
        to: days.to.toString(),
      },
      person,
      context,
    );
  },
});
