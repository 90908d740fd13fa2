import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { setGuarantee } from "../src/seasons/set.ts";

/** 设定保障：an event or a season with days, targets and measures; said again it is changed. */
export default change({
  name: "guarantee",
  words: ["设定保障", "新增保障", "修改保障"],
  mechanism: "major-event-guarantee",
  help: {
    does: "设定或修改重大活动、秋冬季的起止、目标和措施，加县（市、区）是它的目标",
    example: "设定保障 “森林旅游节” 今天到年底 PM2.5 60 优良率 90",
  },
  who: only("设定保障", "office"),
  audience: "person",
  form: "设定保障",
  args: z.object({
    name: arg.text("名称", { first: true, maxLength: 30, hint: "已有的写原来的名称" }),
    period: arg.maybe.period(),
    pm25: arg.maybe.number("PM2.5目标", {
      called: ["PM2.5", "PM2.5目标", "pm2.5", "PM25"],
      units: ["微克/立方米", "微克", "µg/m³"],
      hint: "微克/立方米",
    }),
    rate: arg.maybe.number("优良率目标", {
      called: ["优良率", "优良率目标", "优良天数比率"],
      units: ["%", "％"],
      hint: "%",
    }),
    measures: arg.maybe.longtext("措施", { called: ["措施", "保障措施"], maxLength: 500 }),
    county: arg.maybe.county(),
  }),

  answer: ({ args, person }, context) => setGuarantee(args, person, context),
});
