import { createHash } from "node:crypto";
import { editTooLate } from "../../bot/edit.ts";
import type { Lantian, Reply, Speaker } from "../../bot/lantian.ts";
import { ifSaved } from "../../bot/unsaved.ts";
import { isRefusal } from "../../chat/refusal.ts";
import type { Heard } from "../../store/heard.ts";

/** Somebody who says something in a message that has a name. */
export type Author = Speaker & { said: string };
/** Where an answer stands; `externalId` is the platform's. */
export type StandingAnswer = { chat: string; externalId: string };

/**
 * What is to be done about an edited message: nothing; to say, once, that what was done stays; or to read it again and to
 * answer where the earlier answer stands. `speaker` is who speaks then.
 */
export type Edit =
  | { kind: "none" }
  | { kind: "too late"; reply: Reply }
  | { kind: "again"; speaker: Author; standing: StandingAnswer | null };

/** The name of a message by its platform, workspace, chat and own id there. */
export const nameOf = (...parts: readonly (string | number)[]): string => parts.join("/");

/** Notes how a message was answered, and where that stands. */
export async function noteHeard(
  bot: Lantian,
  { said, person }: Author,
  text: string,
  { reply, standing }: { reply: Reply; standing: StandingAnswer | null },
): Promise<void> {
  // A stranger's words cost nothing that stays.
  if (person === null && isRefusal(reply.answer) && reply.answer.code === "not-linked") return;
  const isOpen = reply.asks ?? isRefusal(reply.answer);
  await note(bot, { said, text, state: isOpen ? "open" : "final" }, isOpen ? standing : null);
}

/** Notes that its author knows by now that an edit changes nothing. */
export const noteTold = (bot: Lantian, { said }: Author, text: string) =>
  note(bot, { said, text, state: "told" }, null);

/** Judges an edit by what came of the message before. */
export async function judgeEdit(bot: Lantian, speaker: Author, text: string): Promise<Edit> {
  const heard = await bot.store.read((r) => r.heard.of(speaker.said));
  // A link that is shown by now, or an event that comes twice.
  if (heard?.digest === digestOf(text) || heard?.state === "told") return { kind: "none" };
  const late = await editTooLate(bot, speaker);
  if (late !== null) return { kind: "too late", reply: late };
  if (heard?.state === "final") return { kind: "none" };
  if (heard !== null) return { kind: "again", speaker, standing: standingOf(heard) };
  // In private everything is heard: what nothing is noted of was an answer to a form's question.
  if (speaker.chat?.kind !== "group") return { kind: "none" };
  return { kind: "again", speaker: { ...speaker, addressedLater: true }, standing: null };
}

async function note(
  bot: Lantian,
  { said, text, state }: { said: string; text: string; state: Heard["state"] },
  standing: StandingAnswer | null,
): Promise<void> {
  const at = (await bot.clock.now()).epochMilliseconds;
  const { chat = null, externalId = null } = standing ?? {};
  // The answer stands: unnoted, an edit of what was asked isn't read again.
  await ifSaved(bot.store, () =>
    bot.store.write((w) => w.heard.note({ said, state, digest: digestOf(text), chat, externalId, at })),
  );
}

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 32);

const standingOf = ({ chat, externalId }: Heard): StandingAnswer | null =>
  chat === null || externalId === null ? null : { chat, externalId };
