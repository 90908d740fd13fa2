/** What hands a piece to whoever has asked for the work that this thread does; null outside a thread of ours. */
let teller: ((piece: unknown) => Promise<void>) | null = null;

/**
 * Tells whoever has asked for this work how far it is, or asks them to wait until something may be done: it resolves when
 * they have taken the piece (`onPiece`). Work that isn't done aside tells nobody.
 */
export function tellAsker(piece: unknown): Promise<void> {
  return teller?.(piece) ?? Promise.resolve();
}

/** For the thread itself: the way to whoever asked. */
export function tellBy(way: typeof teller): void {
  teller = way;
}
