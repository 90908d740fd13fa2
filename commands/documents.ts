import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import type { CourseState } from "../src/domain/papers/course.ts";
import { papersCalled } from "../src/papers/called.ts";
import { BEGUN_BY, PAPER_WORDS } from "../src/papers/declared.ts";
import { FILE_SAYINGS, FILE_WORDS } from "../src/papers/issued-file.ts";
import { paperCard } from "../src/papers/paper-card.ts";
import { paperList } from "../src/papers/paper-list.ts";
import { paperSeen } from "../src/papers/sees.ts";
import { PAPER_STATE_WORDS } from "../src/papers/state-words.ts";
import type { OfficialPaperRow } from "../src/store/official-papers.ts";

export { officialFile } from "../src/papers/paper-files.ts";

const STATES = Object.fromEntries(
  Object.entries(PAPER_STATE_WORDS).map(([state, word]) => [word, state as CourseState]),
) as Readonly<Record<string, CourseState>>;

/** 文件：the papers that the office has issued, and any of them again as it was: as card, picture, Word, Excel. */
export default command({
  name: "documents",
  words: ["文件"],
  impliedBy: ["kind"],
  help: { does: "看印发的文件：清单可加种类、时段、状态；写编号看其中一件", example: "文件 上月" },
  who: anyone,
  audience: "person",
  args: z.object({
    no: arg.maybe.number("文件编号", { bare: true }),
    kind: arg.maybe.choice("种类", PAPER_WORDS, { says: BEGUN_BY }),
    nth: arg.maybe.number("第几期", { edition: true, with: "kind" }),
    state: arg.maybe.choice("状态", STATES),
    period: arg.maybe.period(),
    page: arg.maybe.number("页码"),
    look: arg.maybe.choice("格式", FILE_WORDS, { says: FILE_SAYINGS }),
  }),

  async answer({ args: { no, kind, nth, state, period, page, look }, person }, context) {
    if (kind !== undefined && (no !== undefined || nth !== undefined)) {
      const named = await papersCalled({ kind, no, nth, period }, person, context);
      if (isRefusal(named)) return named;
      const [one] = named;
      return paperCard(one as OfficialPaperRow, look, person, context);
    }
    if (no === undefined) {
      const at = Number(page ?? 1);
      if (!Number.isInteger(at) || at < 1)
        return refuse("bad-number", "页码应为1以上的整数，例如“文件 第2页”。", ["文件"]);
      return paperList({ kind, state, period, page: at }, person, context);
    }
    const row = await paperSeen(Number(no), person, context);
    return isRefusal(row) ? row : paperCard(row, look, person, context);
  },
});
