import type { Card } from "../../../src/chat/card.ts";
import type { Stage } from "../../support/conformance.ts";

let serial = 0;

/** Queues a delivery as a job would. @returns its title. */
export async function queue(
  { bot }: Stage,
  to: string | { chatId: number },
  card: Partial<Card> = {},
): Promise<string> {
  serial += 1;
  const whole = { title: `通知${serial}号`, blocks: [], ...card };
  const person = typeof to === "string" ? await bot.store.read((r) => r.people.byName(to)) : null;
  const recipient = typeof to === "string" ? { personId: person?.id ?? 0 } : to;
  const delivery = {
    key: `story/${serial}`,
    to: recipient,
    class: "must-not-repeat",
    card: whole,
  } as const;
  await bot.store.write((w) => w.outbox.queue(delivery, 0));
  return whole.title;
}

/** How often each of these titles stands in somebody's chat. */
export async function count(stage: Stage, name: string, titles: readonly string[]): Promise<number[]> {
  const all = await stage.stands(name);
  return titles.map((title) => all.filter(({ text }) => text.startsWith(title)).length);
}

/** What came of the deliveries that the story has queued. */
export const outcomes = async ({ bot }: Stage) =>
  (await bot.store.read((r) => r.outbox.after(0)))
    .map(({ row }) => row)
    .filter(({ key }) => key.startsWith("story/") && !key.includes("/instead-"));
