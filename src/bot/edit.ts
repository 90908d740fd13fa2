import { says } from "../chat/says.ts";
import { shortTime } from "../chat/wording.ts";
import { undrawn } from "./draw.ts";
import { issueOf, keysOf } from "./earlier.ts";
import { addressed } from "./in-group.ts";
import { contextOf, type Lantian, type Reply, type Speaker } from "./lantian.ts";

const toIssue = says("问题");

/** How what was done is corrected, where there is a command for it. */
const CORRECTING = "更正";

/** What whoever edits a message is told when it has had its effect: that stays, and how to mend it. Null where it had none. */
export async function editTooLate(bot: Lantian, speaker: Speaker & { said: string }): Promise<Reply | null> {
  const { person, said } = speaker;
  if (person?.active === false) return null;
  const context = await contextOf(bot, speaker);
  const { office, commands } = context;
  const correcting = commands.find(({ words }) => words.includes(CORRECTING));
  const may = person !== null && correcting?.who.check({ person, args: {}, ...context }) === null;
  const done = await bot.store.read(async (store) => {
    const effect = await store.effects.of(keysOf({ person, said }));
    return effect && { effect, issue: await issueOf(effect.subject, store) };
  });
  if (done === null) return null;
  const { effect, issue } = done;
  const how = may && issue !== null ? `要改请发送“${CORRECTING} ${issue.no}”。` : "要改请联系市办。";
  const at = shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(effect.at)));
  const card = {
    title: "修改消息没有作用",
    tone: "notice" as const,
    blocks: [
      { kind: "text" as const, text: `“${effect.title}”已在${at}办理，修改原来的消息不会改变它。${how}` },
    ],
    buttons: issue === null ? [] : [toIssue(`看 ${issue.no}`, issue.no)],
    facts: { done: { act: effect.act, title: effect.title, subject: effect.subject } },
  };
  const drawn = undrawn(card, { demo: false, at: effect.at });
  return addressed(bot, speaker, {
    command: effect.act,
    answer: { kind: "card", card: drawn },
    deliveries: [],
  });
}
