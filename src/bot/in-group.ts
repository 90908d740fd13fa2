import type { Card } from "../chat/card.ts";
import type { AnyCommand, ChatHere, Command } from "../chat/command.ts";
import { audienceOf, covers, isPublic, memberOf } from "../chat/group.ts";
import { isRefusal, type Refusal, type RefusalCode } from "../chat/refusal.ts";
import type { Person } from "../store/people.ts";
import type { Lantian, Moment, Reply, Speaker } from "./lantian.ts";

/** Refusals that hold nothing but what was said and who may say it. */
const TELL_NOTHING: readonly RefusalCode[] = [
  "unknown-issue",
  "not-linked",
  "forbidden",
  "not-saved",
  "internal",
];

/**
 * What is said in a group, in words, where a command's answer goes to the private chat of whoever asked; undefined where
 * the answer may stand in the chat.
 */
export function privateWord(command: AnyCommand | undefined, chat: ChatHere | undefined): string | undefined {
  const secret = command?.kind === "change" ? command.secret : undefined;
  if (secret !== undefined && chat?.kind === "group") return secret;
  return audienceOf(command ?? {}) === "person" && isPublic(chat) ? wordOf(command) : undefined;
}

const wordOf = (command: AnyCommand | undefined) => (command?.kind === "command" ? "答复" : "办理结果");

/** An answer with the place where it belongs: what is one person's own never stands in a group. */
export function addressed(
  { registry }: Pick<Lantian, "registry">,
  { chat }: Pick<Speaker, "chat">,
  reply: Reply,
): Reply {
  if (reply.privately !== undefined || reply.command === null || !isPublic(chat)) return reply;
  const { answer } = reply;
  if (isRefusal(answer) && TELL_NOTHING.includes(answer.code)) return reply;
  const command = registry.commands.find(({ name }) => name === reply.command);
  const privately = privateWord(command, chat);
  if (privately === undefined) return reply;
  return { ...reply, privately: isRefusal(answer) ? wordOf(command) : privately };
}

/**
 * Answers a question in a group with what the group's unit may see, whoever asks. What lies outside, or what nobody has
 * said that the group is about, is theirs alone: `privately` then says so in words.
 */
export async function answerForGroup(
  bot: Lantian,
  { command, args }: { command: Command; args: Record<string, unknown> },
  { person, chat }: { person: Person; chat: ChatHere },
  context: Moment,
): Promise<{ answer: Card | Refusal; privately?: string }> {
  const { office, today } = context;
  return bot.store.read(async (store) => {
    const own = () => command.answer({ args, person }, { ...context, store });
    const alone = async () => {
      const answer = await own();
      return isForbidden(answer) ? { answer } : { answer, privately: wordOf(command) };
    };
    const group = await store.chats.over(chat);
    if (group === null) return alone();
    const member = memberOf(group, person);
    const unit =
      command.who.check({ person: member, args, office, today }) ??
      (await command.answer({ args, person: member }, { ...context, store }));
    if (isForbidden(unit)) return alone();
    const answer = forAll(unit);
    if (covers(person, group, office, today)) return { answer };
    // Somebody of another unit reads there only what they would read alone.
    const isSame = JSON.stringify(answer) === JSON.stringify(forAll(await own()));
    return isSame ? { answer } : alone();
  });
}

const isForbidden = (answer: Card | Refusal) => isRefusal(answer) && answer.code === "forbidden";

/** Without the buttons that are one person's own. */
function forAll(answer: Card | Refusal): Card | Refusal {
  if (isRefusal(answer)) return answer;
  const { buttons = [] } = answer;
  const said = buttons.filter(({ kind }) => kind === "say");
  if (said.length === buttons.length) return answer;
  const hint = { kind: "note" as const, text: "办理按钮只在私聊里显示，请私聊我发送同样的内容。" };
  return { ...answer, buttons: said, blocks: [...answer.blocks, hint] };
}
