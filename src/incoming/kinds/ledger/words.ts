import { STATES, stateNames } from "../../../domain/issues/states.ts";
import type { Office } from "../../../office/office.ts";

/** Where an issue stands on paper; `beside`: set aside in a way that only the loop has. */
export type PaperState = "finished" | "open" | "beside";

/** The plan's name of a kind of problem that a ledger calls so; null for a word that nobody has declared. */
export function categoryCalled(text: string, { pack }: Pick<Office, "pack">): string | null {
  const word = folded(text);
  const found = pack.settings.issues.categories.find(({ name, also }) =>
    [name, ...also].some((one) => folded(one) === word),
  );
  return found?.name ?? null;
}

/** Whether an issue is over, by the words that a ledger has for it: 已销号, 已完成，裸土已覆盖. Null where they don't tell. */
export function paperStateOf(text: string, { pack }: Pick<Office, "pack">): PaperState | null {
  const { finished, open } = pack.settings.issues.ledger;
  const words = new Map<string, PaperState>();
  for (const state of STATES) words.set(folded(stateNames[state]), OWN[state] ?? "beside");
  for (const word of open) words.set(folded(word), "open");
  for (const word of finished) words.set(folded(word), "finished");
  const whole = folded(text);
  // What stands behind a comma says how it was mended.
  const said = /^[^,;。.:]+(?=[,;。.:])/.exec(whole)?.[0] ?? whole;
  return words.get(whole) ?? words.get(said) ?? null;
}

const OWN: Partial<Record<(typeof STATES)[number], PaperState>> = {
  assigned: "open",
  acknowledged: "open",
  rectifying: "open",
  submitted: "open",
  reviewing: "open",
  displayed: "open",
  closed: "finished",
};

const folded = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s/g, "");
