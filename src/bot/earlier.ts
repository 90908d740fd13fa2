import type { Card } from "../chat/card.ts";
import { says } from "../chat/says.ts";
import { shortTime } from "../chat/wording.ts";
import type { Effect } from "../store/effects.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { undrawn } from "./draw.ts";
import { addressed } from "./in-group.ts";
import type { Lantian, Reply, Speaker } from "./lantian.ts";

const toIssue = says("问题");

/**
 * The form that is handed in. `token` is its button's; `opening` is a platform's own name for this one time that the form
 * was opened: a view, a dialogue. Under either it has one effect, in however many requests it comes.
 */
export type HandedIn = { token?: string | undefined; opening?: string | undefined };

/** What may have one effect only: the message that somebody sends, and the form that they hand in by it. */
export function keysOf(
  {
    inbound,
    person,
    said,
  }: { inbound?: number | undefined; person: Person | null; said?: string | undefined },
  { token, opening }: HandedIn = {},
): string[] {
  // A form is one person's: whoever else holds its name finds nothing under it.
  const form = (kind: string, name: string) => `${kind}/${person?.id}/${name}`;
  return [
    ...(inbound === undefined ? [] : [`message/${inbound}`]),
    ...(said === undefined ? [] : [saidKey(said)]),
    ...(token === undefined ? [] : [form("button", token)]),
    ...(opening === undefined ? [] : [form("form", opening)]),
  ];
}

/**
 * Whatever comes of a message, at once or after it was read back, is one effect, however it is worded by then. Told last:
 * the key sorts before those of the request itself and of the form.
 */
const saidKey = (said: string) => `at/${said}`;

/** What came of the same message or form before, as an answer for whoever asks again; null when nothing did. */
export async function earlier(
  bot: Lantian,
  speaker: Pick<Speaker, "inbound" | "person" | "said" | "chat">,
  form: HandedIn = {},
): Promise<Reply | null> {
  const keys = keysOf(speaker, form);
  // Whoever was withdrawn since is told that, and nothing else.
  if (keys.length === 0 || speaker.person?.active === false) return null;
  return bot.store.read(async (store) => {
    const effect = await store.effects.of(keys);
    if (effect === null) return null;
    const card = undrawn(await earlierCard(bot, effect, store), { demo: bot.demo, at: effect.at });
    return addressed(bot, speaker, { command: effect.act, answer: { kind: "card", card }, deliveries: [] });
  });
}

/** 已办理：what was done, in the place of an answer that was lost or is asked for again. */
export async function earlierCard(
  { office, registry }: Pick<Lantian, "office" | "registry">,
  { key, act, title, subject, at }: Effect & { key: string },
  store: Reader,
): Promise<Card> {
  const issue = await issueOf(subject, store);
  const command = registry.commands.find((c) => c.name === act && c.form !== undefined);
  const again = command ? `要再办一件，请重新发送“${command.words[0]}”。` : "";
  return {
    title: `已办理：${issue === null ? title.replace(/^已/, "") : `${issue.no} ${issue.title}`}`,
    tone: "good",
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "结果", value: title },
          { label: "时间", value: shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(at))) },
        ],
      },
      {
        kind: "text",
        text: key.startsWith("message/")
          ? "刚才那一步已经办理，只是答复没有送达，不用重复操作。"
          : `这${key.startsWith("at/") ? "条消息" : "张表单"}已经办理，没有重复办理。${again}`,
      },
    ],
    buttons: issue === null ? [] : [toIssue(`看 ${issue.no}`, issue.no)],
    facts: { done: { act, title, subject, at: Temporal.Instant.fromEpochMilliseconds(at).toString() } },
  };
}

/** The issue that something done was about, if any. */
export async function issueOf(subject: string | null, { issues }: Pick<Reader, "issues">) {
  const id = subject?.match(/^issue:(\d+)$/)?.[1];
  return id === undefined ? null : issues.byId(Number(id));
}
