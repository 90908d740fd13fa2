import { argsOf } from "../chat/args.ts";
import type { Block, Card } from "../chat/card.ts";
import type { Invocation } from "../chat/phrase.ts";
import { isRefusal } from "../chat/refusal.ts";
import { understoodAs, wordsFor } from "../chat/understood.ts";
import { unknownYearNote } from "../chat/unknown-years.ts";
import { fieldsFor, onceMark, saidIn } from "./form.ts";
import type { Moment, Reply } from "./lantian.ts";

/** The buttons under a change that is read back; like a form's, their names can't clash with a declared action. */
export const CONFIRM = "confirm:";
export const CANCEL = "cancel:";

/**
 * A change that was not said plainly, read back: what would be done, what is doubtful, 确认 · 修改 · 取消. The mark makes
 * its buttons good for one use together.
 */
export function readBackCard(
  read: Invocation,
  said: string | undefined,
  { office, today }: Pick<Moment, "office" | "today">,
): Card {
  const { command, args, asks = [] } = read;
  const action = wordOf(read);
  const values = saidIn(args);
  const params = { ...values, ...onceMark(said) };
  return {
    title: `请确认：将${action}`,
    tone: "notice",
    blocks: [
      { kind: "facts", items: wordsOf(read, today) },
      {
        kind: "text",
        text: `${(read.notes ?? []).map((note) => `${note}。`).join("")}没看懂或要核对：${asks.map((ask) => `“${ask}”`).join("、")}。确认后按上面办理，这些不写入。`,
        tone: "notice",
      },
      ...unknownYearNote(
        Object.values(args).filter((value) => value instanceof Temporal.PlainDate),
        office,
      ),
    ],
    buttons: [
      { kind: "press", label: "确认", action: `${CONFIRM}${command.name}`, params, style: "primary" },
      ...(command.form === undefined
        ? []
        : [
            {
              kind: "press" as const,
              label: "修改",
              action: `form:${command.name}`,
              params,
              fields: fieldsFor(command, values),
            },
          ]),
      { kind: "press", label: "取消", action: `${CANCEL}${command.name}`, params },
    ],
    facts: { asks, understood: understoodAs(read) },
  };
}

/** What would be done: by the word that was said where the command has one for each thing that it does. */
function wordOf({ command, args }: Invocation): string {
  const words = [...command.words, ...(command.sharedWords?.words ?? [])];
  for (const [name, meta] of argsOf(command.args))
    for (const [word, value] of Object.entries({ ...meta.choices, ...meta.says }))
      if (value === args[name] && words.includes(word)) return word;
  return command.words[0];
}

/** A step that was taken by word is named as the step. */
const stepOr = (read: ReturnType<typeof understoodAs>, step: unknown) =>
  typeof step === "string" ? { ...read, command: step } : read;

/** What a command will do, argument by argument, in words. */
const wordsOf = ({ command, args }: Invocation, today: Temporal.PlainDate) =>
  argsOf(command.args).flatMap(([name, meta]) =>
    args[name] === undefined ? [] : [{ label: meta.label, value: wordsFor(meta, args[name], today) }],
  );

/** An answer with how its phrase was read: among its facts, and for a change or a reading that isn't plain in a line of it. */
export function said(reply: Reply, read: Invocation, today: Temporal.PlainDate): Reply {
  const { answer } = reply;
  if (isRefusal(answer)) return reply;
  const { card } = answer;
  // What only its reader may know is no fact of how it was understood.
  const isOpen =
    read.command.kind === "command" || (read.command.kind === "change" && read.command.secret === undefined);
  if (!isOpen) return reply;
  // What was asked instead has not been carried out.
  const isDone = read.command.kind === "change" && card.facts?.asks === undefined;
  const line = isDone && read.command.form !== undefined ? wordsOf(read, today) : [];
  const blocks: Block[] = [
    ...(read.notes ?? []).map((text) => ({ kind: "note" as const, text })),
    ...card.blocks,
    ...(line.length > 0
      ? [
          {
            kind: "note" as const,
            text: `按此办理：${line.map(({ label, value }) => `${label}：${value}`).join("；")}`,
          },
        ]
      : []),
  ];
  const facts = { ...card.facts, understood: stepOr(understoodAs(read), card.facts?.step) };
  return { ...reply, answer: { kind: "card", card: { ...card, blocks, facts } } };
}
