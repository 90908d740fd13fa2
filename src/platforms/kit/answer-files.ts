import { lostFilesCard } from "../../answers/files-again.ts";
import { drawAnswer, filesBehind } from "../../bot/draw.ts";
import type { Lantian } from "../../bot/lantian.ts";
import type { DrawnCard, DrawnFile } from "../../chat/card.ts";
import type { Person } from "../../store/people.ts";

/**
 * Notes that the files of an answer are about to go out. @returns false where they may have gone before: a message that is
 * handled once more, since the bot stopped in the midst of its answer, must not bring them twice.
 */
export async function goOutFirst(
  bot: Lantian,
  { inbound, person }: { inbound?: number | undefined; person: Person | null },
  { title, subject }: DrawnCard,
): Promise<boolean> {
  if (inbound === undefined) return true;
  const key = `files/${inbound}`;
  const at = (await bot.clock.now()).epochMilliseconds;
  const note = bot.store.write(async ({ effects }) => {
    if ((await effects.of([key])) !== null) return false;
    await effects.record([key], {
      personId: person?.id ?? null,
      act: "files",
      title,
      subject: subject ?? null,
      at,
    });
    return true;
  });
  // An answer is worth more than the note of it: on a full disk its files go out all the same.
  return note.catch(() => true);
}

/** What somebody is told of these files of their answer that were lost, or `perhaps` were. It shows no figures, so it needs no mark of a demonstration. */
export async function lostOf(
  bot: Lantian,
  { id }: Person,
  { title, facts = {} }: DrawnCard,
  { files, perhaps }: { files: readonly DrawnFile[]; perhaps: boolean },
): Promise<DrawnCard> {
  const at = (await bot.clock.now()).epochMilliseconds;
  const card = lostFilesCard({ title, facts, files: await filesBehind(bot.store, files) }, perhaps);
  return drawAnswer(bot.store, card, id, { demo: false, at });
}
