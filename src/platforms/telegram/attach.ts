import type { Lantian, Speaker } from "../../bot/lantian.ts";
import type { DrawnCard, DrawnFile } from "../../chat/card.ts";
import type { Made } from "../../chat/paper.ts";
import { askAgain, openFile } from "../kit/opened-file.ts";
import { noticePart, type Part } from "./draw.ts";
import { inert, oneLine, piecesOf } from "./text.ts";

/** Files that go as one message: a document or a picture, or an album of 2 to 10 of one kind. */
export type Bundle = { as: "photo" | "document"; caption: string; files: readonly Made[] };

const ALBUM = 10;
/** Bytes of a picture that Telegram shows as one, and of any file that a bot may send. */
const LARGEST_PHOTO = 10_000_000;
const LARGEST_FILE = 50_000_000;
/** Telegram's captions hold 1,024 UTF-16 units. */
const CAPTION = 1_000;
const TITLE = 100;
/** Characters of a file's name before its extension. */
const NAME = 80;

/** A card's files as they go out: its pictures as albums, every other file by itself. */
export function bundled<F extends { picture: boolean }>(files: readonly F[]): F[][] {
  const pictures = files.filter((file) => file.picture);
  const albums = Array.from({ length: Math.ceil(pictures.length / ALBUM) }, (_, i) =>
    pictures.slice(i * ALBUM, (i + 1) * ALBUM),
  );
  return [...albums, ...files.filter((file) => !file.picture).map((file) => [file])];
}

/** Makes the files of one message for its reader. What can't be opened is a line instead, with the reason. */
export async function openBundle(
  bot: Lantian,
  speaker: Speaker,
  title: string,
  files: readonly DrawnFile[],
): Promise<Bundle | Part> {
  const made: Made[] = [];
  const lines: string[] = [];
  for (const file of files) {
    const opened = sendable(await openFile(bot, speaker, file));
    if (typeof opened === "string") lines.push(`附件“${file.name}”：${opened}`);
    else made.push(opened);
  }
  if (made.length === 0) return noticePart(lines.join("\n"));
  const isShown = ({ type, bytes }: Made) => type.startsWith("image/") && bytes.length <= LARGEST_PHOTO;
  const isAlbum = files.every((file) => file.picture) && made.every(isShown);
  const caption = inert([piecesOf(oneLine(title), TITLE)[0], ...lines].join("\n"));
  return {
    as: isAlbum ? "photo" : "document",
    caption: piecesOf(caption, CAPTION)[0] ?? "",
    files: made.map((file) => ({ ...file, name: sendableName(file.name) })),
  };
}

/** What is said where files were lost, or `perhaps` were, with the phrase that asks for them once more. */
export function lostLine(card: Pick<DrawnCard, "facts">, { perhaps = false } = {}): Part {
  const again = askAgain(card);
  return noticePart(perhaps ? `附件可能没有送达；没有收到的话，${again}` : `附件未能发送，${again}`);
}

const sendable = (opened: Made | string): Made | string =>
  typeof opened !== "string" && opened.bytes.length > LARGEST_FILE ? "超过50 MB，请在网页上下载。" : opened;

/** A file's name as it may stand in a request, where a semicolon would end it and a quotation mark begin another reading. */
function sendableName(name: string): string {
  const plain = oneLine(name).replaceAll(";", "；").replaceAll('"', "'");
  const extension = plain.match(/\.[a-z0-9]{1,5}$/i)?.[0] ?? "";
  const stem = plain.slice(0, plain.length - extension.length);
  return `${piecesOf(stem, NAME)[0] || "附件"}${extension}`;
}
