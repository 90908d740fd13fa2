import { expect } from "vitest";
import type { DrawnCard } from "../../../src/chat/card.ts";
import type { Button, Message, Stage } from "../../support/conformance.ts";

/** All of these messages as one text. */
export const textOf = (messages: readonly Message[]) => messages.map(({ text }) => text).join("\n");

export function buttonOn(messages: readonly Message[], label: string): Button {
  const buttons = messages.flatMap((message) => message.buttons);
  const found = buttons.findLast((button) => button.label === label);
  if (found === undefined)
    throw new Error(`no button ${label}, only ${buttons.map((b) => b.label).join("、")}`);
  return found;
}

/** The newest message in somebody's chat that says this. */
export async function newest(stage: Stage, name: string, says: string): Promise<Message> {
  const all = await stage.stands(name);
  const found = all.findLast(({ text }) => text.includes(says));
  if (found === undefined) throw new Error(`${name} reads nothing of ${says}, only ${textOf(all)}`);
  return found;
}

/** A message as it is by now. */
export async function again(stage: Stage, name: string, { id }: Message): Promise<Message> {
  const found = (await stage.stands(name)).find((message) => message.id === id);
  if (found === undefined) throw new Error(`the message is gone from ${name}'s chat`);
  return found;
}

/** Everything that a card says, in order: titles, values, cells. */
export function wordsOf({ title, blocks }: DrawnCard): string[] {
  const words = blocks.flatMap((block) => {
    switch (block.kind) {
      case "text":
      case "note":
        return block.text.split("\n");
      case "facts":
        return block.items.flatMap(({ label, value }) => [label, ...value.split("\n")]);
      case "table":
        return block.rows.flat();
      default:
        return block satisfies never;
    }
  });
  return [title, ...words].map((word) => word.trim()).filter((word) => word !== "" && word !== "—");
}

/** Each of these stands in the text, one after the other. */
export function expectInOrder(text: string, words: readonly string[]): void {
  let at = 0;
  const missing = words.filter((word) => {
    const found = text.indexOf(word, at);
    if (found >= 0) at = found + word.length;
    return found < 0;
  });
  expect(missing.slice(0, 5), text.slice(0, 500)).toEqual([]);
}

export const titled = async ({ bot }: Stage, title: string) =>
  (await bot.store.read((r) => r.issues.list({ asOf: 1e15 }, 5_000))).rows.filter(
    (issue) => issue.title === title,
  );
