import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import type { CourseState } from "../src/domain/papers/course.ts";
import { PAPER_WORDS } from "../src/papers/declared.ts";
import { drawPaper, readerOf } from "../src/papers/draw.ts";
import { paperFacts } from "../src/papers/paper-facts.ts";
import { PAPER_STATE_WORDS, paperList } from "../src/papers/paper-list.ts";
import { paperSeen } from "../src/papers/sees.ts";

const STATES = Object.fromEntries(
  Object.entries(PAPER_STATE_WORDS).map(([state, word]) => [word, state as CourseState]),
);

/** 文件：the papers that the office has issued, and any of them again as it was. */
export default command({
  name: "documents",
  words: ["文件"],
  help: { does: "看印发的文件：清单可加种类、时段、状态；写编号看其中一件", example: "文件 上月" },
  who: anyone,
  audience: "person",
  args: z.object({
    no: arg.maybe.number("文件编号", { bare: true }),
    kind: arg.maybe.choice("种类", PAPER_WORDS),
    state: arg.maybe.choice("状态", STATES),
    period: arg.maybe.period(),
    page: arg.maybe.number("页码"),
  }),

  async answer({ args: { no, kind, state, period, page }, person }, context) {
    if (no === undefined) {
      const at = Number(page ?? 1);
      if (!Number.isInteger(at) || at < 1)
        return refuse("bad-number", "页码应为1以上的整数，例如“文件 第2页”。", ["文件"]);
      return paperList({ kind, state, period, page: at }, person, context);
    }
    const row = await paperSeen(Number(no), person, context);
    if (isRefusal(row)) return row;
    const print = await context.store.officialPapers.version(row.id, row.version);
    if (print === null) throw new Error(`paper ${row.id} has no draft ${row.version}`);
    const card = await drawPaper(row, print, readerOf(person), context);
    const { subject: _, ...shown } = card;
    return { ...shown, facts: await paperFacts(row, context) };
  },
});
