import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { applyForNights } from "../src/enterprises/night-apply.ts";

/** 申请夜施：a county asks to let a site work at night; a department that the pack names, or the office, decides. */
export default change({
  name: "nightapply",
  words: ["申请夜施", "夜施申请", "申请夜间施工", "夜间施工申请"],
  mechanism: "dustfall-penalty",
  help: {
    does: "申请夜间施工许可",
    example: "申请夜施 {county} “供水管道工地” 今天 依据 管道抢修",
  },
  who: only("申请夜间施工许可", "office", "county-lead", "county-liaison"),
  audience: "person",
  form: "申请夜间施工许可",
  args: z.object({
    county: arg.maybe.county({ hint: "县（市、区）申请本地的可不填" }),
    site: arg.text("工地", { maxLength: 50 }),
    nights: arg.period("今天"),
    basis: arg.text("依据", {
      called: ["依据", "理由", "原因"],
      maxLength: 100,
      hint: "为什么须连夜施工，如 混凝土连续浇筑、抢修",
    }),
  }),

  async answer({ args: { county, site, nights, basis }, person }, context) {
    const { office, today } = context;
    const home = person.regionId === null ? undefined : office.heirOn(person.regionId, today);
    const region = county === undefined ? home : office.heirOf(county, today);
    if (region === undefined) return refuse("usage", "请写明是哪个县（市、区）的工地。");
    const said = { region, site: site.trim(), basis: basis.trim(), nights };
    return applyForNights(said, person, context);
  },
});
