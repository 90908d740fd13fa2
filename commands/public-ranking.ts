import { z } from "zod";
import { isWholeMonth, type MonthRanking, monthRanking } from "../src/air/month-ranking.ts";
import { monthCard } from "../src/air/month-ranking-card.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { isWaiting } from "../src/domain/papers/course.ts";
import { FILE_SAYINGS, FILE_WORDS, issuedFile } from "../src/papers/issued-file.ts";
import type { Reader } from "../src/store/store.ts";

const toRanking = says("排名");

/** The month's paper as it was issued, or the newest that corrects it and is out; null while it hasn't been. */
async function issuedRanking({ officialPapers }: Reader, month: string) {
  const newest = await officialPapers.newestOfKey("monthly-ranking", month);
  const isOut = newest !== null && !isWaiting(newest.state);
  const row = isOut ? newest : await officialPapers.ofKey("monthly-ranking", month);
  if (row === null || isWaiting(row.state)) return null;
  const print = await officialPapers.version(row.id, row.version);
  return print?.facts == null ? null : { row, no: `${row.id}号`, ranking: print.facts as MonthRanking };
}

/** 月排名：what the month's public ranking prints, or what is lacking before it may be printed. */
export default command({
  name: "publicranking",
  words: ["月排名", "公开排名", "月度公开排名", "见报排名"],
  hints: ["见报", "登报"],
  help: { does: "看某月见报的排名，或还缺什么不能公布", example: "月排名 {month}" },
  mechanism: "monthly-ranking",
  who: anyone,
  audience: "anyone",
  args: z.object({
    period: arg.period("上月"),
    look: arg.maybe.choice("格式", FILE_WORDS, { says: FILE_SAYINGS }),
  }),

  async answer({ args: { period, look }, person }, context) {
    const { store, office, today } = context;
    const { from, to, label } = period;
    if (!isWholeMonth(period))
      return refuse("bad-period", `公开排名按整月，“${label}”不是一个整月，例如“月排名 5月”。`, [
        "月排名 上月",
      ]);
    if (Temporal.PlainDate.compare(to, today) >= 0)
      return refuse("bad-period", `${label}还没有结束，月底以后才能排名。可以先看“排名 ${label}”。`, [
        `排名 ${from.toPlainYearMonth()}`,
      ]);
    const month = from.toPlainYearMonth().toString();
    // What was printed stays what it was, whatever its days are by now.
    const issued = await issuedRanking(store, month);
    if (look !== undefined)
      return issued === null ? notOut(label) : issuedFile(issued.row, look, person, context);
    const ranking = issued?.ranking ?? (await monthRanking(store, office, period));
    if (isRefusal(ranking)) return ranking;
    const card = monthCard(ranking);
    const note = issued === null ? "尚未印发，以印发的为准" : `已印发，${issued.no}文件`;
    return {
      ...card,
      blocks: [...card.blocks, { kind: "note", text: note }],
      buttons: [toRanking("排名", month)],
      facts: { month, ...ranking, paper: issued?.no ?? null },
    };
  },
});

const notOut = (label: string): Refusal =>
  refuse("no-data", `${label}的公开排名还没有印发，印发后才有文件。可以先看“月排名 ${label}”。`, [
    `月排名 ${label}`,
  ]);
