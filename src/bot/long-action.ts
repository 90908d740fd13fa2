import type { z } from "zod";
import { buttonOf } from "../chat/action.ts";
import type { Button, Card, DrawnCard } from "../chat/card.ts";
import type { Refusal } from "../chat/refusal.ts";
import type { Person } from "../store/people.ts";

/** Shows somebody, where the answer will stand, how far something is that takes its time. */
export type Meanwhile = (card: DrawnCard) => Promise<void>;

/** What a button asks before it acts, with what stands in each field already. */
export type AskedForm = { schema: z.ZodObject; values: Readonly<Record<string, string>> };

/**
 * A button whose work doesn't fit into one transaction with its answer: it reads a kept file first, for instance. It opens
 * its own transactions, under `keys`, so that what is handed in twice has one effect.
 */
export type LongAction<P extends z.ZodObject, Bot> = {
  name: string;
  label: string;
  params: P;
  /** What it asks may depend on what the button is about. */
  form(params: z.output<P>, bot: Bot): Promise<AskedForm>;
  press(
    bot: Bot,
    request: {
      params: z.output<P>;
      fields: Readonly<Record<string, unknown>>;
      person: Person;
      keys: readonly string[];
      inbound?: number | undefined;
      meanwhile?: Meanwhile | undefined;
    },
  ): Promise<Card | Refusal>;
};

// biome-ignore lint/suspicious/noExplicitAny: the registry holds actions of all shapes; the router checks each against its own schemas
export type AnyLongAction = LongAction<any, any>;

/** The button of a long action, with what its form asks here. */
export async function longButton<P extends z.ZodObject, Bot>(
  action: LongAction<P, Bot>,
  params: z.input<P>,
  bot: Bot,
  style?: "primary" | "danger",
): Promise<Button> {
  const { schema, values } = await action.form(action.params.parse(params) as z.output<P>, bot);
  const look = { values, ...(style === undefined ? {} : { style }) };
  return buttonOf({ ...action, fields: schema }, params as Record<string, string | number>, look);
}
