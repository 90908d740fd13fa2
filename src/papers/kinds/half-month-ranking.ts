import { refuse } from "../../chat/refusal.ts";
import { type Period, periodOf } from "../../domain/period.ts";
import { aboutRanking, RANKING_READERS, rankingPaper } from "../ranking-paper.ts";

const MIDDLE = 15;

/** 半月公开排名：the counties of the first half of a month, and of the second, where the pack turns it on; from audited days alone. */
export default rankingPaper({
  id: "half-month-ranking",
  title: "半月公开排名",
  words: ["半月排名"],
  usually: { on: false, signing: "sign", by: "city-lead", number: "排名〔{year}〕{n}号" },
  clock: {
    when: { cron: "0 9 3,18 * *", dayRule: "next-working-day" },
    catchUp: "latest-within-10-days",
    readers: RANKING_READERS,
    about: ({ at }) => [aboutHalf(halfBefore(at.toPlainDate()))],
  },
  asked({ period }, { today }) {
    const half = period === undefined ? halfBefore(today) : halfOf(period);
    if (half === null)
      return refuse(
        "bad-period",
        `“${period?.label}”不是半个月，请写“上半月”“下半月”或 2020-06-01..2020-06-15。`,
      );
    if (Temporal.PlainDate.compare(half.to, today) >= 0)
      return refuse("bad-period", `${half.label}还没有过完，过完才能排名。`);
    return aboutHalf(half);
  },
});

const aboutHalf = (half: Period) => aboutRanking(half.to.toString(), half);

/** The last half of a month that is over. */
function halfBefore(day: Temporal.PlainDate): Period {
  const to = day.day > MIDDLE ? day.with({ day: MIDDLE }) : day.subtract({ days: day.day });
  return periodOf(to.with({ day: to.day === MIDDLE ? 1 : MIDDLE + 1 }), to);
}

function halfOf({ from, to }: Period): Period | null {
  const half = halfBefore(to.add({ days: 1 }));
  return half.from.equals(from) && half.to.equals(to) ? half : null;
}
