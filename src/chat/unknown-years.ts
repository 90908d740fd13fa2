import { type Calendar, unknownYears } from "../domain/calendar.ts";
import type { Block, Card } from "./card.ts";

type Days = Parameters<typeof unknownYears>[1];
type Knowing = { calendar: Pick<Calendar, "knows"> };

/** What a card says of days that were counted in years whose days off nobody has entered; nothing where all are known. */
export function unknownYearNote(days: Days, { calendar }: Knowing): Extract<Block, { kind: "note" }>[] {
  const text = unknownYears(calendar, days);
  return text === null ? [] : [{ kind: "note", text }];
}

/** A card that rests on some days, with what is to be said of their years unless it says that already. */
export function withUnknownYears(card: Card, days: Days, office: Knowing): Card {
  const notes = unknownYearNote(days, office).filter(
    ({ text }) => !JSON.stringify(card.blocks).includes(text),
  );
  return notes.length === 0 ? card : { ...card, blocks: [...card.blocks, ...notes] };
}
