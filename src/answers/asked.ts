import type { Card } from "../chat/card.ts";
import type { AnyCommand, Context } from "../chat/command.ts";
import { understand } from "../chat/phrase.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

type Around = Context<Reader>;

/** The phrase that 图片, 导出 or Word is about: what was said with it, or what was answered last in this chat. */
export async function phraseAsked(
  said: string | undefined,
  form: string,
  person: Person,
  { store, place }: Around,
): Promise<string | Refusal> {
  if (said !== undefined) return said;
  const last = place === undefined ? null : await store.lastQuestions.of({ personId: person.id, place });
  const example = `排名 上月 ${form}`;
  return last ?? refuse("usage", `请先查询，再发“${form}”；也可以一次写完，例如“${example}”。`, [example]);
}

/** What a phrase is answered with, asked anew on somebody's behalf and by their rights; a change is never carried out. */
export async function answerTo(
  phrase: string,
  form: string,
  person: Person,
  context: Around,
): Promise<Card | Refusal> {
  const understood = understand(phrase, {}, context.commands, { ...context, person });
  if (isRefusal(understood)) return understood;
  const { command, args, missing } = understood;
  const example = `排名 上月 ${form}`;
  if (command.kind !== "command" || missing.length > 0)
    return refuse("usage", `只有查询结果能这样发，例如“${example}”。`, [example]);
  return answerOf(command, args, person, context);
}

/**
 * The answer of a command that takes the word by itself, as 问题 does 导出: it knows better than any table of its card.
 * Null where the phrase's command doesn't.
 */
export async function ownForm(
  phrase: string,
  form: string,
  not: string,
  person: Person,
  context: Around,
): Promise<Card | Refusal | null> {
  const understood = understand(`${phrase} ${form}`, {}, context.commands, { ...context, person });
  if (isRefusal(understood) || understood.notes !== undefined || understood.missing.length > 0) return null;
  const { command, args } = understood;
  if (command.kind !== "command" || command.name === not) return null;
  return answerOf(command, args, person, context);
}

async function answerOf(
  command: Extract<AnyCommand, { kind: "command" }>,
  args: Record<string, unknown>,
  person: Person,
  context: Around,
): Promise<Card | Refusal> {
  const { office, today } = context;
  return command.who.check({ person, args, office, today }) ?? command.answer({ args, person }, context);
}
