import type { Lantian, Speaker } from "../../bot/lantian.ts";
import type { DrawnFile } from "../../chat/card.ts";
import type { Made } from "../../chat/paper.ts";
import { openFile } from "./opened-file.ts";
import { oneLine } from "./plain-text.ts";

/** Files of one message, made for its reader, and a line for each that can't be opened, with the reason. */
export type Opened = { files: readonly Made[]; missing: readonly string[] };

/** Things in rows of at most `most`, in order. */
export function rowsOf<T>(things: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(things.length / most) }, (_, i) =>
    things.slice(i * most, (i + 1) * most),
  );
}

/** Makes the files of one message for its reader; `unfit` says why a platform can't take one, or null. */
export async function openFiles(
  bot: Lantian,
  speaker: Speaker,
  files: readonly DrawnFile[],
  unfit: (made: Made) => string | null = () => null,
): Promise<Opened> {
  const made: Made[] = [];
  const missing: string[] = [];
  for (const file of files) {
    const opened = await openFile(bot, speaker, file);
    const why = typeof opened === "string" ? opened : unfit(opened);
    if (typeof opened === "string" || why !== null) missing.push(`附件“${oneLine(file.name)}”：${why}`);
    else made.push(opened);
  }
  return { files: made, missing };
}

/** A file's name on one line, its stem cut by `shortened`, its extension kept. */
export function fileName(name: string, shortened: (stem: string) => string): string {
  const plain = oneLine(name);
  const extension = plain.match(/\.[a-z0-9]{1,5}$/i)?.[0] ?? "";
  const stem = plain.slice(0, plain.length - extension.length);
  return `${shortened(stem) || "附件"}${extension}`;
}
