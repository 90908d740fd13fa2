import type { Card, CardFile } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { redrawShown } from "../chat/redraw-shown.ts";
import type { OfficialPaperRow, PaperVersion } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { answerButtons } from "./answers.ts";
import { drawingFor, readerOf, readerOfChat } from "./draw.ts";
import { kindOfPaper, subjectOfPaper } from "./kind-of.ts";
import { fileIn } from "./paper-files.ts";

/** A paper as it is brought to somebody, with what their unit has to answer; its files aside, which are the same for all. */
export async function deliveredCard(
  row: OfficialPaperRow,
  draw: ReturnType<typeof drawingFor>,
  person: Person,
  context: Context<Reader>,
): Promise<Card> {
  const card = await draw(readerOf(person));
  const asked = await answerButtons(row, person, context);
  if (asked.blocks.length === 0 && asked.buttons.length === 0) return card;
  const blocks = [...asked.blocks, ...card.blocks];
  const buttons = [...asked.buttons, ...(card.buttons ?? [])];
  return { ...card, blocks, buttons };
}

/** The files that go with the card that brings a paper; of pages, which only drawing would count, none does. */
export function deliveredFiles(
  row: OfficialPaperRow,
  print: PaperVersion,
  context: Pick<Context<Reader>, "officialPapers">,
): CardFile[] {
  const { attaches = [], picture, document: word, workbook: excel } = kindOfPaper(row, context);
  const made = { picture, word, excel };
  const looks = print.facts === null ? [] : attaches.filter((look) => made[look] !== undefined);
  return looks.map((look) => fileIn(look, row, print));
}

/** The cards by which a paper was brought, to people and to groups, show what has become of it and of its answer. */
export async function redrawDelivered(
  row: OfficialPaperRow,
  revision: string,
  context: Context<Writer>,
): Promise<void> {
  const print = await context.store.officialPapers.version(row.id, row.version);
  if (print === null) return;
  const files = deliveredFiles(row, print, context);
  const draw = drawingFor(row, print, context);
  const cardFor = async (reader: Person): Promise<Card> => ({
    ...(await deliveredCard(row, draw, reader, context)),
    files,
  });
  const subject = subjectOfPaper(row.id);
  await redrawShown(subject, { revision, cardFor, answersToo: false }, context);
  const { store, now } = context;
  for (const { row: sent, chat } of await store.outbox.toGroupsAbout(subject)) {
    const card = { ...(await draw(readerOfChat(chat))), files };
    await store.outbox.redraw(sent.key, card, revision, now.epochMilliseconds);
  }
}
