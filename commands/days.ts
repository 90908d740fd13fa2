import { z } from "zod";
import { dailySheet } from "../src/air/daily-sheet.ts";
import { sheetCard, sheetLabel } from "../src/air/daily-sheet-card.ts";
import { asOf, ruledParts } from "../src/air/period-air.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { METRIC_SAYINGS, METRIC_WORDS } from "../src/chat/metric-words.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { issuedFile } from "../src/papers/issued-file.ts";
import { MOST_OF_KIND } from "../src/papers/sees.ts";
import type { OfficialPaperRow } from "../src/store/official-papers.ts";
import type { Reader } from "../src/store/store.ts";

const toRanking = says("排名");
const toBudget = says("预算");
const toPicture = says("图片");

/** 日报：one day of every county, with month and year to date and what remains: what the office's daily sheet says. */
export default command({
  name: "days",
  words: ["各县日报", "日报", "昨日", "昨日快报", "快报", "每日快报"],
  hints: [
    "各县区",
    "各县",
    "各地",
    "各区",
    "各县市区",
    "哪些县超标",
    "哪个县超标",
    "谁超标",
    "超标",
    "超标了",
    "各县情况",
  ],
  help: { does: "看某一天各县（市、区）的AQI、级别、首要污染物，累计和剩余", example: "日报 昨天" },
  who: anyone,
  audience: "anyone",
  args: z.object({
    period: arg.period("昨天"),
    metric: arg.maybe.choice(
      "指标",
      { AQI: METRIC_WORDS.AQI },
      { says: { 空气质量指数: METRIC_SAYINGS.空气质量指数 ?? "AQI" } },
    ),
    county: arg.maybe.county(),
    // 图片 and 导出 are of what is shown here; Word is the paper that the office got.
    look: arg.maybe.choice("格式", { Word: "word" }, { says: { Word版: "word", Word文档: "word" } }),
  }),

  async answer({ args: { period, county, look }, person }, context) {
    const { store, office, today } = context;
    if (county !== undefined)
      return refuse(
        "usage",
        `日报是各县（市、区）一起看的，只看${county.short}请发“${county.short} ${period.label}”。`,
        [`${county.short} ${period.from}`],
      );
    if (!period.from.equals(period.to))
      return refuse("bad-period", `日报一次看一天，“${period.label}”请改看排名。`, [
        `排名 ${period.from}..${period.to}`,
        "日报 昨天",
      ]);
    if (look !== undefined) {
      const issued = await sheetOf(period.from, store);
      return issued === null
        ? refuse("no-data", `${period.label}没有印发过快报，可以发“日报 导出”或“日报 图片”。`, ["日报 导出"])
        : issuedFile(issued, look, person, context);
    }
    const parts = ruledParts(period, today);
    if (isRefusal(parts)) return parts;
    const sheet = await dailySheet(store, office, period);
    if (isRefusal(sheet)) return sheet;
    const [day] = sheet.days;
    return {
      ...sheetCard(sheet),
      ...(asOf(period, today).equals(today.subtract({ days: 1 }))
        ? {}
        : { title: `日报（${sheetLabel(sheet)}）` }),
      buttons: [toRanking("排名"), toBudget("预算"), toPicture("图片", "日报", period.from.toString())],
      facts: { ...day, ...sheet },
    };
  },
});

/** More days than these are off nowhere in a row: the sheet after them is of all of them. */
const MOST_OFF = 14;

/** The sheet that the office got of a day. */
async function sheetOf(
  day: Temporal.PlainDate,
  { officialPapers }: Reader,
): Promise<OfficialPaperRow | null> {
  const { rows } = await officialPapers.list(
    {
      ...{ kinds: ["daily-sheet"], states: ["issued", "corrected"] as const },
      ...{ from: day.toString(), to: day.add({ days: MOST_OFF }).toString() },
    },
    MOST_OF_KIND,
  );
  return rows.find(({ firstDay }) => firstDay <= day.toString()) ?? null;
}
