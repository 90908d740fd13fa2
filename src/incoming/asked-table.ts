import { createHash } from "node:crypto";
import type { Lantian } from "../bot/lantian.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { ImportQuestion } from "../store/import-questions.ts";
import type { Person } from "../store/people.ts";
import { lookAside } from "./import-aside.ts";

/** The question that a button is about: its sender's own, and as the button's card shows it. */
export async function questionOf(
  bot: Lantian,
  person: Person,
  { question: id, version }: { question: number; version: string },
): Promise<ImportQuestion | Refusal> {
  const question = await bot.store.read((store) => store.importQuestions.byId(id));
  if (question === null || question.personId !== person.id)
    return refuse("stale-action", "这张表已经处理过了，要导入请重新发送文件。");
  if (versionOf(question) !== version)
    return refuse("stale-action", "列已经改过，请在最新的核对卡片上操作。");
  return question;
}

/** A card's buttons are of what it shows: once the columns were changed they are another card's. */
export const versionOf = ({ columns }: Pick<ImportQuestion, "columns">): string =>
  createHash("sha256")
    .update(JSON.stringify(Object.entries(columns).toSorted()))
    .digest("hex")
    .slice(0, 12);

/** A kept file, as it was sent. */
export async function fileOf(bot: Lantian, { sha256, name }: Pick<ImportQuestion, "sha256" | "name">) {
  return { name, bytes: new Uint8Array(await bot.vault.read(sha256)) };
}

/** A kept file's table, read by what was said of its columns. */
export async function lookAgain(bot: Lantian, question: ImportQuestion) {
  return lookAside(bot, await fileOf(bot, question), question);
}
