import { undrawn } from "../../bot/draw.ts";
import type { Lantian, Speaker } from "../../bot/lantian.ts";
import type { DrawnCard, DrawnFile } from "../../chat/card.ts";
import { fileName, type Opened, openFiles, rowsOf } from "../kit/bundle.ts";
import { shortened } from "./text.ts";

/** Files of one message: Slack shows so many together. */
const TOGETHER = 10;
/** Characters of a file's name before its extension. */
const NAME = 80;

/** A card's files as they go out, in order. */
export const bundled = <F>(files: readonly F[]): F[][] => rowsOf(files, TOGETHER);

/** Makes the files of one message for its reader. */
export async function openForSlack(
  bot: Lantian,
  speaker: Speaker,
  files: readonly DrawnFile[],
): Promise<Opened> {
  const opened = await openFiles(bot, speaker, files);
  const name = (stem: string) => shortened(stem, NAME);
  return { ...opened, files: opened.files.map((file) => ({ ...file, name: fileName(file.name, name) })) };
}

/** What is said of files that can't be opened. It shows no figures, so it needs no mark of demonstration data. */
export function missingCard({ missing }: Pick<Opened, "missing">): DrawnCard {
  const text = missing.join("\n");
  return undrawn(
    { title: "附件打不开", tone: "notice", blocks: [{ kind: "text", text }] },
    { demo: false, at: 0 },
  );
}
