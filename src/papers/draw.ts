import type { Block, Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { DEMO_MARK, longDate } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { isWaiting, type Signing } from "../domain/papers/course.ts";
import { type FigureChange, figureChanges, type PrintedFigure } from "../domain/papers/figures.ts";
import { holdsRole, nameOfBoth } from "../domain/posts.ts";
import type { Chat } from "../store/chats.ts";
import type { OfficialPaperRow, PaperActRow, PaperVersion } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { aboutOf, kindOfPaper, noOf, subjectOfPaper } from "./kind-of.ts";
import type { PaperReader, PaperStamp } from "./official-paper.ts";
import { termsOf } from "./terms.ts";

const toPaper = says("文件");

type Around = Pick<Context<Reader>, "store" | "office" | "officialPapers" | "demo">;

/** What somebody stands for, as a card is drawn for them. */
export const readerOf = (person: Person): PaperReader => ({
  regionId: person.regionId,
  departmentId: person.departmentId,
  isOffice: holdsRole(person, "office"),
});

/** The same of a bound group. */
export const readerOfChat = ({ regionId, departmentId }: Chat): PaperReader => ({
  regionId,
  departmentId,
  isOffice: false,
});

/** What a draft is marked with until it goes out, by what it waits for. */
const WAITING_MARK = { none: "待印发", check: "待审核", sign: "待签发" } as const satisfies Record<
  Signing,
  string
>;

/** What stands on a paper of its course so far; of what a correction changes that which its reader was told of. */
export async function stampOf(
  row: OfficialPaperRow,
  reader: PaperReader,
  context: Around,
): Promise<PaperStamp> {
  const { store, office, demo } = context;
  const terms = termsOf(kindOfPaper(row, context), office.pack);
  const acts = await store.officialPapers.acts(row.id);
  const signed = lastOf("sign", row, acts);
  const day = (at: EpochMs) => office.today(Temporal.Instant.fromEpochMilliseconds(at));
  const marks = [
    ...(isWaiting(row.state) ? [WAITING_MARK[terms.signing]] : []),
    ...(row.state === "withdrawn" ? ["已撤回"] : []),
    ...(row.quick ? ["快报"] : []),
    ...(demo ? [DEMO_MARK] : []),
  ];
  return {
    number: row.number,
    date: day(row.issuedAt ?? row.issueAt ?? row.draftedAt),
    signedBy: signed?.by
      ? nameOfBoth(signed.by, signed.behalf === null ? null : { name: signed.behalf })
      : null,
    body: terms.body,
    redHead: terms.redHead,
    marks,
    corrects: await correctedBy(row, reader, context),
  };
}

/** The last act of a kind that was done with a paper's newest draft. */
export const lastOf = (
  act: string,
  { version }: Pick<OfficialPaperRow, "version">,
  acts: readonly PaperActRow[],
): PaperActRow | undefined => acts.findLast((one) => one.act === act && one.version === version);

async function correctedBy(
  row: OfficialPaperRow,
  reader: PaperReader,
  context: Around,
): Promise<PaperStamp["corrects"]> {
  const { store, office } = context;
  const kind = kindOfPaper(row, context);
  const told = (print: PaperVersion | null): readonly PrintedFigure[] => {
    if (!kind.perReader) return print?.figures ?? [];
    return print?.facts == null ? [] : kind.printed(print.facts, { reader, office });
  };
  const old = row.corrects === null ? null : await store.officialPapers.byId(row.corrects);
  if (old === null) return null;
  const before = await store.officialPapers.version(old.id, old.version);
  const after = await store.officialPapers.version(row.id, row.version);
  return {
    number: old.number,
    title: old.title,
    date: office.today(Temporal.Instant.fromEpochMilliseconds(old.issuedAt ?? old.draftedAt)),
    changes: figureChanges(told(before), told(after)),
  };
}

/** A paper as one reader sees it, drawn from what was frozen; in words by its figures where that is all that was kept. */
export async function drawPaper(
  row: OfficialPaperRow,
  print: PaperVersion,
  reader: PaperReader,
  context: Around,
): Promise<Card> {
  const kind = kindOfPaper(row, context);
  const about = aboutOf(row);
  const stamp = await stampOf(row, reader, context);
  const { office } = context;
  const drawn: Card =
    print.facts === null
      ? { title: row.title, blocks: [tableOf(["对象", "项目", "数值"], print.figures ?? [])] }
      : kind.card(print.facts, { about, reader, stamp, office });
  const { corrects } = stamp;
  const after = await sinceIssued(row, context);
  return {
    ...drawn,
    subject: subjectOfPaper(row.id),
    title: corrects === null ? drawn.title : row.title,
    blocks: [
      ...after.blocks,
      ...(corrects === null
        ? []
        : [
            { kind: "text" as const, text: correctionWords(corrects) },
            ...(corrects.changes.length === 0 ? [] : [changesTable(corrects.changes)]),
          ]),
      ...drawn.blocks,
      noteOf(row, stamp),
    ],
    buttons: [...(drawn.buttons ?? []), toPaper("文件", noOf(row)), ...after.buttons],
  };
}

/** What has become of an issued paper, before all that it says: it isn't what counts any more. */
async function sinceIssued(
  row: OfficialPaperRow,
  { store }: Around,
): Promise<{ blocks: Block[]; buttons: Button[] }> {
  const says = (text: string): Block[] => [{ kind: "text", text, tone: "bad" }];
  if (row.state === "withdrawn") return { blocks: says("本文件已撤回，不再作数。"), buttons: [] };
  const by = row.state === "corrected" ? await store.officialPapers.correctionOf(row.id) : null;
  if (by === null) return { blocks: [], buttons: [] };
  return {
    blocks: says(`本文件已更正，以${by.number ?? `${noOf(by)}文件`}为准。`),
    buttons: [toPaper("看更正", noOf(by))],
  };
}

/** Draws a paper for one reader after another: whoever stands for the same sees the same, which is drawn once. */
export function drawingFor(
  row: OfficialPaperRow,
  print: PaperVersion,
  context: Around,
): (reader: PaperReader) => Promise<Card> {
  const drawn = new Map<string, Promise<Card>>();
  return (reader) => {
    const key = JSON.stringify([reader.regionId, reader.departmentId, reader.isOffice]);
    const card = drawn.get(key) ?? drawPaper(row, print, reader, context);
    drawn.set(key, card);
    return card;
  };
}

/** Of what it is printed, as small print: 通气办通〔2020〕12号（30号文件）；快报，未经审核 */
function noteOf(row: OfficialPaperRow, stamp: PaperStamp): Block {
  const no = stamp.number === null ? `${noOf(row)}文件` : `${stamp.number}（${noOf(row)}文件）`;
  const more = [
    ...(stamp.signedBy === null ? [] : [`签发：${stamp.signedBy}`]),
    ...(row.quick ? ["快报，未经审核"] : []),
  ];
  return { kind: "note", text: [no, ...more].join("；") };
}

/** What a correction says above its table; nothing of its reader's may be among what has changed. */
export function correctionWords({
  number,
  title,
  date,
  changes,
}: NonNullable<PaperStamp["corrects"]>): string {
  const which = number === null ? "" : `（${number}）`;
  if (changes.length === 0)
    return `${longDate(date)}印发的《${title}》${which}有更正，与本单位有关的数字没有变化，以本通知为准。`;
  return `${longDate(date)}印发的《${title}》${which}有${changes.length}处数字更正如下，以本通知为准。`;
}

/** Old and new values. */
export const changesTable = (changes: readonly FigureChange[]): Block => ({
  kind: "table",
  columns: [
    { title: "对象" },
    { title: "项目" },
    { title: "原为", align: "end" },
    { title: "现为", align: "end" },
  ],
  rows: changes.map(({ of, figure, before, after }) => [of, figure, before, after]),
});

const tableOf = (
  titles: readonly string[],
  figures: readonly { of: string; figure: string; value: string }[],
): Block => ({
  kind: "table",
  columns: titles.map((title) => ({ title })),
  rows: figures.map(({ of, figure, value }) => [of, figure, value]),
});
