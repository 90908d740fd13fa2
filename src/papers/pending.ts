import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { shortTime } from "../chat/wording.ts";
import { holdsRole } from "../domain/posts.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { noOf } from "./kind-of.ts";
import { paperLine } from "./paper-facts.ts";
import { paperStateWords } from "./state-words.ts";
import { waitsFor } from "./waits-for.ts";

const toPaper = says("文件");

/** More are never under way at once. */
const MOST = 200;

/** Papers on their way: those that wait for somebody, the oldest first, and for the office those that wait for others. */
export async function pendingFor(
  person: Person,
  context: Pick<Context<Reader>, "store" | "office" | "officialPapers">,
): Promise<{ mine: OfficialPaperRow[]; others: OfficialPaperRow[] }> {
  const { rows } = await context.store.officialPapers.list({ states: ["draft", "checked", "signed"] }, MOST);
  const isMine = (row: OfficialPaperRow) => {
    const waits = waitsFor(row, context);
    return waits !== null && holdsRole(person, waits.by);
  };
  const oldestFirst = rows.toReversed();
  return {
    mine: oldestFirst.filter(isMine),
    others: holdsRole(person, "office") ? oldestFirst.filter((row) => !isMine(row)) : [],
  };
}

/** 待审签: what waits for somebody, with a button that opens each. */
export async function pendingCard(
  person: Person,
  context: Pick<Context<Reader>, "store" | "office" | "officialPapers">,
): Promise<Card> {
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
                `${paperStateWords(row, context)}${mine.includes(row) ? "，等您办" : ""}`,
                shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(row.draftedAt))),
              ]),
              opens: all.map((row) => toPaper("", noOf(row)).say),
            },
          ],
    buttons: mine.slice(0, 5).map((row) => toPaper(`看${noOf(row)}`, noOf(row))),
    facts: { mine: mine.map(paperLine), others: others.map(paperLine) },
  };
}
