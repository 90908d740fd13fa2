import type { Lantian, Speaker } from "../../bot/lantian.ts";
import type { DrawnFile } from "../../chat/card.ts";
import type { Made } from "../../chat/paper.ts";
import { fileName, openFiles, rowsOf } from "../kit/bundle.ts";
import { oneLine } from "../kit/plain-text.ts";
import { noticePart, type Part } from "./draw.ts";
import { inert, piecesOf } from "./text.ts";

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
export function albumsOf<F extends { picture: boolean }>(files: readonly F[]): F[][] {
  const pictures = files.filter((file) => file.picture);
  return [...rowsOf(pictures, ALBUM), ...files.filter((file) => !file.picture).map((file) => [file])];
}

/** Makes the files of one message for its reader. What can't be opened is a line instead, with the reason. */
export async function openBundle(
  bot: Lantian,
  speaker: Speaker,
  title: string,
  files: readonly DrawnFile[],
): Promise<Bundle | Part> {
  const { files: made, missing } = await openFiles(bot, speaker, files, tooLarge);
  if (made.length === 0) return noticePart(missing.join("\n"));
  const isShown = ({ type, bytes }: Made) => type.startsWith("image/") && bytes.length <= LARGEST_PHOTO;
  const isAlbum = files.every((file) => file.picture) && made.every(isShown);
  const caption = inert([piecesOf(oneLine(title), TITLE)[0], ...missing].join("\n"));
  return {
    as: isAlbum ? "photo" : "document",
    caption: piecesOf(caption, CAPTION)[0] ?? "",
    files: made.map((file) => ({ ...file, name: sendableName(file.name) })),
  };
}

const tooLarge = ({ bytes }: Made) => (bytes.length > LARGEST_FILE ? "超过50 MB，请在网页上下载。" : null);

/** A file's name as it may stand in a request, where a semicolon would end it and a quotation mark begin another reading. */
function sendableName(name: string): string {
  return fileName(name.replaceAll(";", "；").replaceAll('"', "'"), (stem) => piecesOf(stem, NAME)[0] ?? "");
}
