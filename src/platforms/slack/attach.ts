import { undrawn } from "../../bot/draw.ts";
import type { Lantian, Speaker } from "../../bot/lantian.ts";
import type { DrawnCard, DrawnFile } from "../../chat/card.ts";
import type { Made } from "../../chat/paper.ts";
import { askAgain, openFile } from "../kit/opened-file.ts";
import { inert, shortened } from "./inert.ts";

/** Files that go as one message, and a line for each that can't be opened, with the reason. */
export type Bundle = { files: readonly Made[]; missing: readonly string[] };

/** Files of one message: Slack shows so many together. */
const TOGETHER = 10;
/** Characters of a file's name before its extension. */
const NAME = 80;

/** A card's files as they go out, in order. */
export function bundled<F>(files: readonly F[]): F[][] {
  return Array.from({ length: Math.ceil(files.length / TOGETHER) }, (_, i) =>
    files.slice(i * TOGETHER, (i + 1) * TOGETHER),
  );
}

/** Makes the files of one message for its reader. */
export async function openBundle(
  bot: Lantian,
  speaker: Speaker,
  files: readonly DrawnFile[],
): Promise<Bundle> {
  const made: Made[] = [];
  const missing: string[] = [];
  for (const file of files) {
    const opened = await openFile(bot, speaker, file);
    if (typeof opened === "string") missing.push(`附件“${inert(file.name)}”：${opened}`);
    else made.push({ ...opened, name: shownName(opened.name) });
  }
  return { files: made, missing };
}

/** What is said of files that can't be opened. */
export function missingCard({ missing }: Pick<Bundle, "missing">): DrawnCard {
  return notice("附件打不开", missing.join("\n"));
}

/** What is said where files were lost, or `perhaps` were, with the phrase that asks for them once more. */
export function lostCard(card: Pick<DrawnCard, "facts">, { perhaps = false } = {}): DrawnCard {
  const again = askAgain(card);
  return perhaps ? notice("附件可能没有送达", `没有收到的话，${again}`) : notice("附件未能发送", again);
}

/** Shows no figures, so it needs no mark of demonstration data. */
function notice(title: string, text: string): DrawnCard {
  return undrawn({ title, tone: "notice", blocks: [{ kind: "text", text }] }, { demo: false, at: 0 });
}

function shownName(name: string): string {
  const plain = inert(name).replaceAll("\n", " ").trim();
  const extension = plain.match(/\.[a-z0-9]{1,5}$/i)?.[0] ?? "";
  const stem = plain.slice(0, plain.length - extension.length);
  return `${shortened(stem, NAME) || "附件"}${extension}`;
}
