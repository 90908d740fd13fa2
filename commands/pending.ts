import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { command } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { shortTime } from "../src/chat/wording.ts";
import { noOf } from "../src/papers/kind-of.ts";
import { paperLine } from "../src/papers/paper-facts.ts";
import { pendingFor } from "../src/papers/pending.ts";
import { PAPER_STATE_WORDS } from "../src/papers/state-words.ts";

const toPaper = says("文件");

/** 待审签：the papers that wait for this person's check or signature, and what else of them is under way. */
export default command({
  name: "pending",
  words: ["待审签"],
  hints: ["待签发", "待审核", "审签"],
  help: { does: "看等我审核、签发的文件", example: "待审签" },
  who: anyone,
  audience: "person",
  args: z.object({}),

  async answer({ person }, context) {
    const { office } = context;
    const { mine, others } = await pendingFor(person, context);
    const all = [...mine, ...others];
    return {
      title: mine.length > 0 ? `待您审签：${mine.length}件` : "没有等您审签的文件",
      tone: mine.length > 0 ? "notice" : "good",
      blocks:
        all.length === 0
          ? [{ kind: "text", text: "现在没有在办的文件。" }]
          : [
              {
                kind: "table",
                columns: [{ title: "编号" }, { title: "文件" }, { title: "状态" }, { title: "拟稿" }],
                rows: all.map((row) => [
                  noOf(row),
                  row.title,
                  `${PAPER_STATE_WORDS[row.state]}${mine.includes(row) ? "，等您办" : ""}`,
                  shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(row.draftedAt))),
                ]),
                opens: all.map((row) => toPaper("", noOf(row)).say),
              },
            ],
      buttons: mine.slice(0, 5).map((row) => toPaper(`看${noOf(row)}`, noOf(row))),
      facts: { mine: mine.map(paperLine), others: others.map(paperLine) },
    };
  },
});
