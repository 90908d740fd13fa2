import { randomBytes } from "node:crypto";

/** What stands in the place of a code wherever something is kept: enough to tell that there was one. */
export const DOTS = "••••••••";

/** Codes that this process has given out lately, and the mark under which each is kept. In memory alone. */
const shown = new Map<string, { mark: string; until: number }>();
/** Long enough to read a code off the page, copy it and pass it on. */
const SHOWN_MS = 600_000;
const MARK = /⟦code [0-9a-f]{16}⟧/g;

/** A code is to be shown to somebody: until ten minutes have passed `revealCodes` finds it again under its mark. */
export function noteCode(code: string): void {
  const now = performance.now();
  for (const [old, { until }] of shown) if (until <= now) shown.delete(old);
  const mark = `⟦code ${randomBytes(8).toString("hex")}⟧`;
  shown.set(code, { mark, until: now + SHOWN_MS });
}

/** A card's or a message's text as it is kept: a mark where a code stands. */
export function concealCodes(text: string): string {
  let kept = text;
  for (const [code, { mark }] of shown) kept = kept.replaceAll(code, mark);
  return kept;
}

/** A kept text as it is shown: the code again for as long as it is remembered, dots from then on. */
export function revealCodes(kept: string): string {
  if (!kept.includes("⟦code ")) return kept;
  const now = performance.now();
  const codes = new Map([...shown].flatMap(([code, { mark, until }]) => (until > now ? [[mark, code]] : [])));
  return kept.replaceAll(MARK, (mark) => codes.get(mark) ?? DOTS);
}
