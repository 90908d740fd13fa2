import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import type { Block, Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { isWaiting } from "../domain/papers/course.ts";
import { holdsRole } from "../domain/posts.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { answerButtons } from "./answers.ts";
import { reviewCard } from "./ask.ts";
import { drawPaper, readerOf } from "./draw.ts";
import { kindOfPaper, noOf } from "./kind-of.ts";
import { PAPER_LOOKS, type PaperLook } from "./official-paper.ts";
import { paperFacts } from "./paper-facts.ts";
import { filesOf, isShown, looksOf } from "./paper-files.ts";
import { isOwnLook } from "./reader-look.ts";
import { answersOf } from "./roll-call.ts";
import { readsAll } from "./sees.ts";

const toUnseen = says("谁没看");
const correct = buttonsOf("paper.correct", z.object({}));
const LOOK_WORDS = { picture: "图片", word: "Word", excel: "Excel" } as const satisfies Record<
  PaperLook,
  string
>;

/** A paper again as it is, for somebody who may read it: all of it, or one of its files. */
export async function paperCard(
  row: OfficialPaperRow,
  look: PaperLook | undefined,
  person: Person,
  context: Context<Reader>,
): Promise<Card | Refusal> {
  const print = await context.store.officialPapers.version(row.id, row.version);
  if (print === null) throw new Error(`paper ${row.id} has no draft ${row.version}`);
  // Whoever gets their own rows and files only gets no others as facts.
  const isOwn = kindOfPaper(row, context).perReader === true && !readsAll(person);
  const reader = readerOf(person);
  const own = isOwn ? await drawPaper(row, print, reader, context) : undefined;
  const facts = {
    ...(await paperFacts(row, context, (one) => !isOwn || isOwnLook(one, reader))),
    ...(own?.facts && { figures: own.facts }),
  };
  const files = await filesOf(row, print, person, context, (one) =>
    look === undefined ? true : look === "picture" ? isShown(one) : one === look,
  );
  const again = `文件 ${noOf(row)}`;
  if (look !== undefined && files.length === 0) {
    const made = await looksOf(row, context);
    const has = PAPER_LOOKS.filter((one) =>
      made.some((other) => other === one || (one === "picture" && isShown(other))),
    );
    const instead = has.length === 0 ? "" : `，有${has.map((one) => LOOK_WORDS[one]).join("、")}`;
    return refuse("no-data", `${noOf(row)}文件没有${LOOK_WORDS[look]}格式${instead}。`, [again]);
  }
  if (look !== undefined)
    return {
      title: row.title,
      blocks: [{ kind: "text", text: `${LOOK_WORDS[look]}见附件。` }],
      ...{ files, again, facts },
    };
  const drawn = isWaiting(row.state)
    ? await reviewCard(row, person, context)
    : (own ?? (await drawPaper(row, print, reader, context)));
  const { subject: _, ...card } = drawn;
  const mayCorrect = row.state === "issued" && print.facts !== null && holdsRole(person, "office");
  const buttons = [...(card.buttons ?? []), ...(mayCorrect ? [correct("更正", { paper: row.id })] : [])];
  const asked = await answerButtons(row, person, context);
  const called = holdsRole(person, "office") ? await answersOf(row, context) : [];
  const read = readBy(row, facts, person);
  return {
    ...card,
    blocks: [...asked.blocks, ...card.blocks, ...called, ...read.blocks],
    buttons: [...asked.buttons, ...buttons, ...read.buttons],
    ...{ again, files, facts },
  };
}

/** How many have had an issued paper before them: for the city's people, who may ask who hasn't. */
function readBy(
  row: OfficialPaperRow,
  { recipients, read }: Pick<Awaited<ReturnType<typeof paperFacts>>, "recipients" | "read">,
  person: Person,
): { blocks: Block[]; buttons: Button[] } {
  if (row.issuedAt === null || recipients === 0 || !readsAll(person)) return { blocks: [], buttons: [] };
  return {
    blocks: [{ kind: "note", text: `已发${recipients}份，${read}份已看` }],
    buttons: [toUnseen("谁没看", "文件", noOf(row))],
  };
}
