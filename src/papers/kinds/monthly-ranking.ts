import { refuse } from "../../chat/refusal.ts";
import { monthPeriod } from "../../domain/months.ts";
import { aboutRanking, RANKING_READERS, rankingPaper } from "../ranking-paper.ts";

const aboutMonth = (month: Temporal.PlainYearMonth) =>
  aboutRanking(month.toString(), monthPeriod(month.toString()));

/** 月度公开排名：the counties of a month for the newspaper, from audited days alone; checked by the office, signed by the city's lead. */
export default rankingPaper({
  id: "monthly-ranking",
  title: "月度公开排名",
  words: ["公开排名", "月排名", "见报排名"],
  usually: { signing: "sign", by: "city-lead", number: "排名〔{year}〕{n}号" },
  clock: {
    // The figures of a month are confirmed within the first ten days of the next one (HJ 633-2012 cl. 5.1.5).
    when: { workingDay: 8, of: "month", at: "09:00" },
    catchUp: "latest-within-15-days",
    readers: RANKING_READERS,
    about: ({ at }) => [aboutMonth(at.toPlainDate().toPlainYearMonth().subtract({ months: 1 }))],
  },
  asked({ period }, { today }) {
    const month = period?.from.toPlainYearMonth() ?? today.toPlainYearMonth().subtract({ months: 1 });
    const { label, to } = monthPeriod(month.toString());
    if (Temporal.PlainDate.compare(to, today) >= 0)
      return refuse("bad-period", `${label}还没有结束，月底以后才能排名。`);
    return aboutMonth(month);
  },
});
