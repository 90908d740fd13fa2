import { z } from "zod";
import type { CardFile } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Made, paper } from "../chat/paper.ts";
import { isRefusal, refuse } from "../chat/refusal.ts";
import { isWaiting } from "../domain/papers/course.ts";
import { templateOf } from "../domain/plan/pack-templates.ts";
import { pagesFor } from "../output/drawn-paper.ts";
import { fileNames } from "../output/file-names.ts";
import type { OfficialPaperRow, PaperVersion } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { readerOf, stampOf } from "./draw.ts";
import { keptPaperFile } from "./keep-file.ts";
import { aboutOf, kindOfPaper } from "./kind-of.ts";
import { type DrawnFrom, madeLook, modelOf } from "./made-look.ts";
import type { PaperReader } from "./official-paper.ts";
import { isOwnLook, ownLook, plainLook, WHOLE_CITY } from "./reader-look.ts";
import { paperSeen } from "./sees.ts";
import { namesOfUnit } from "./units.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "officialPapers" | "demo">;

/**
 * A file of a paper: of an issued one the bytes that were kept when it was made first, of a draft drawn anew with 待签发 on it.
 */
export const officialFile = paper({
  name: "official.file",
  params: z.object({ paper: z.int(), look: z.string(), version: z.int() }),
  async data({ params: { paper: id, look, version }, person }, context) {
    const row = await paperSeen(id, person, context);
    if (isRefusal(row)) return row;
    if (row.version !== version)
      return refuse("stale-action", "这是旧稿的文件，请重新打开文件。", [`文件 ${id}号`]);
    const kind = kindOfPaper(row, context);
    const reader = kind.perReader ? readerOf(person) : WHOLE_CITY;
    if (!isOwnLook(look, reader))
      return refuse("forbidden", "这是其他单位的文件，请打开自己的。", [`文件 ${id}号`]);
    const name = paperFileName(row, plainLook(look), whoseFile(row, reader, context));
    if (!isWaiting(row.state)) {
      const kept = await context.store.officialPapers.file(id, look);
      if (kept !== null) return { kind: "kept" as const, file: kept };
    }
    const from = await drawnFrom(row, context, reader);
    if (from === null)
      return refuse("no-data", "这份文件印发时还没有保存附件，只能看文字。", [`文件 ${id}号`]);
    const keepAs = isWaiting(row.state) ? null : { paperId: id, look, at: context.now.epochMilliseconds };
    return { kind: "draw" as const, from, look: plainLook(look), name, keepAs };
  },
  async render(data, { vault, store }): Promise<Made> {
    if (data.kind === "kept") {
      const { name, type, sha256 } = data.file;
      return { name, type, bytes: await vault.read(sha256) };
    }
    const { from, look, name, keepAs } = data;
    const made = { name, ...(await madeLook(from, look, vault)) };
    return keepAs === null ? made : keptPaperFile(made, keepAs, { store, vault });
  },
});

/** All that a paper's files are drawn from; null where its facts weren't kept. */
export async function drawnFrom(
  row: OfficialPaperRow,
  context: Around,
  reader: PaperReader = WHOLE_CITY,
): Promise<DrawnFrom | null> {
  const print = await context.store.officialPapers.version(row.id, row.version);
  if (print?.facts == null) return null;
  return {
    kind: kindOfPaper(row, context),
    facts: print.facts,
    title: row.title,
    on: { about: aboutOf(row), stamp: await stampOf(row, reader, context), office: context.office, reader },
  };
}

/** The files that a paper has for a reader; `picture` is what is looked at in the chat: its picture, or else its pages. */
export async function looksOf(
  row: OfficialPaperRow,
  context: Around,
  reader: PaperReader = WHOLE_CITY,
): Promise<readonly string[]> {
  const from = await drawnFrom(row, context, reader);
  if (from === null) return [];
  const { kind } = from;
  const pages = kind.document === undefined || (kind.picture !== undefined && !isWaiting(row.state));
  return [
    ...(kind.picture === undefined ? [] : ["picture"]),
    ...(pages
      ? []
      : (await pagesFor(modelOf(from), templateOf(context.office.pack, kind.id))).map(
          (_, i) => `page-${i + 1}`,
        )),
    ...(kind.document === undefined ? [] : ["word"]),
    ...(kind.workbook === undefined ? [] : ["excel"]),
  ];
}

/** A paper's files as they go with a card for somebody. */
export async function filesOf(
  row: OfficialPaperRow,
  print: Pick<PaperVersion, "version">,
  person: Person,
  context: Around,
  among: (look: string) => boolean = () => true,
): Promise<CardFile[]> {
  const reader = kindOfPaper(row, context).perReader ? readerOf(person) : WHOLE_CITY;
  const looks = (await looksOf(row, context, reader)).filter(among);
  const whose = whoseFile(row, reader, context);
  return looks.map((look) => ({
    ...fileIn(look, row, print, reader),
    name: paperFileName(row, look, whose),
  }));
}

/** One file of a paper as it goes with a card. */
export const fileIn = (
  look: string,
  row: OfficialPaperRow,
  { version }: Pick<PaperVersion, "version">,
  reader: PaperReader = WHOLE_CITY,
): CardFile =>
  officialFile.file(
    { paper: row.id, look: ownLook(look, reader), version },
    { name: paperFileName(row, look), picture: isShown(look) },
  );

/** The unit whose own file it is, as it was called on the paper's day; nothing where it is everybody's. */
const whoseFile = (row: OfficialPaperRow, reader: PaperReader, { office }: Pick<Around, "office">): string =>
  ownLook("", reader) === ""
    ? ""
    : ` ${namesOfUnit(reader, { office, today: Temporal.PlainDate.from(row.lastDay) }).short}`;

/** Whether a file is looked at in the chat. */
export const isShown = (look: string): boolean => look === "picture" || look.startsWith("page-");

/** What a file is called: by the number, once there is one. */
export function paperFileName(
  { number, title }: Pick<OfficialPaperRow, "number" | "title">,
  look: string,
  whose = "",
): string {
  const name = `${number === null ? title : `${number} ${title}`}${whose}`;
  const page = /^page-(\d+)$/.exec(look)?.[1];
  const ending = look === "word" ? ".docx" : look === "excel" ? ".xlsx" : page ? ` 第${page}页.png` : ".png";
  return fileNames([`${name}${ending}`])[0] ?? "";
}
