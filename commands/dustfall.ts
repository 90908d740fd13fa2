import { z } from "zod";
import { dustfallMonthCard } from "../src/air/dustfall-card.ts";
import { dustfallCountyCard } from "../src/air/dustfall-county-card.ts";
import { regionFor } from "../src/air/period-air.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { pastYear } from "../src/domain/months.ts";

const toDustfall = says("降尘");

/** 降尘：a month's dustfall of every county, or one county's with its points. */
export default command({
  name: "dustfall",
  words: ["降尘"],
  hints: ["降尘量", "降尘情况", "降尘达标", "降尘数据", "落尘"],
  help: { does: "看各县（市、区）每月降尘量，可加县（市、区）看点位", example: "降尘 {month}" },
  audience: "anyone",
  who: anyone,
  args: z.object({ county: arg.maybe.county(), period: arg.maybe.period() }),

  async answer({ args: { county, period: asked } }, { store, office, today }) {
    const period = asked ?? pastYear(today);
    if (county === undefined) {
      const card = await dustfallMonthCard(store, office, period, today);
      return isRefusal(card)
        ? card
        : { ...card, buttons: [toDustfall("去年同月", lastYear(card.facts?.month))] };
    }
    const region = regionFor(county, period, today);
    if (isRefusal(region)) return region;
    const card = await dustfallCountyCard(store, office, region, period, today);
    return isRefusal(card) ? card : { ...card, buttons: [toDustfall("各县（市、区）")] };
  },
});

const lastYear = (month: unknown): string =>
  Temporal.PlainYearMonth.from(String(month)).subtract({ years: 1 }).toString();
