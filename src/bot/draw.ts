import type { Button, Card, CardFile, DrawnButton, DrawnCard, DrawnFile } from "../chat/card.ts";
import { DEMO_MARK } from "../chat/wording.ts";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { ButtonMeaning } from "../store/buttons.ts";
import type { Store, Writer } from "../store/store.ts";
import { writeFaultIn } from "../store/write-fault.ts";
import { unsavedNote } from "./unsaved.ts";

/** How cards are drawn: whether they must say that they show demonstration data, and when. */
export type Drawing = { demo: boolean; at: EpochMs };

/** What the token of a file stands for, so that it is never taken for a button's. */
export const FILE = "file:";

/** Draws a card for one person: its buttons and files get their tokens. Only new ones cost a write. */
export async function drawCard(
  store: Store,
  card: Card,
  personId: PersonId,
  drawing: Drawing,
): Promise<DrawnCard> {
  const tokens = await knownTokens(store, card, personId);
  if (tokens.every((token) => token !== null)) return withTokens(card, tokens, drawing);
  return store.write((writer) => drawCardIn(writer, card, personId, drawing));
}

/** The same for whoever waits for it: while nothing can be written it comes without what is new, and says so. */
export async function drawAnswer(
  store: Store,
  card: Card,
  personId: PersonId,
  drawing: Drawing,
): Promise<DrawnCard> {
  let fault = store.standingWriteFault();
  if (fault === null)
    try {
      return await drawCard(store, card, personId, drawing);
    } catch (error) {
      fault = writeFaultIn(error);
      if (fault === null) throw error;
    }
  const tokens = await knownTokens(store, card, personId);
  const known = tokens.filter((token) => token !== null);
  if (known.length === tokens.length) return withTokens(card, known, drawing);
  const isKnown = tokens.map((token) => token !== null);
  const buttons = (card.buttons ?? []).filter((button) => button.kind === "say" || isKnown.shift());
  const files = (card.files ?? []).filter(() => isKnown.shift());
  const blocks = [...card.blocks, { kind: "note" as const, text: unsavedNote(fault) }];
  return withTokens({ ...card, blocks, buttons, files }, known, drawing);
}

/** The tokens of a card that were drawn before, in the order of `meaningsOf`; null for new ones. */
async function knownTokens(store: Store, card: Card, personId: PersonId): Promise<(string | null)[]> {
  const meanings = meaningsOf(card, personId);
  if (meanings.length === 0) return [];
  return store.read(async (reader) => {
    const known: (string | null)[] = [];
    for (const meaning of meanings) known.push(await reader.buttons.tokenOf(meaning));
    return known;
  });
}

/** The same inside a transaction that is already open. */
export async function drawCardIn(
  writer: Writer,
  card: Card,
  personId: PersonId,
  drawing: Drawing,
): Promise<DrawnCard> {
  const tokens: string[] = [];
  for (const meaning of meaningsOf(card, personId))
    tokens.push(await writer.buttons.draw(meaning, drawing.at));
  return withTokens(card, tokens, drawing);
}

/** A card for somebody who can press nothing and open nothing. */
export function undrawn(card: Card, drawing: Drawing): DrawnCard {
  const { files: _files, ...rest } = card;
  const buttons = (card.buttons ?? []).filter((button) => button.kind === "say");
  return withTokens({ ...rest, buttons }, [], drawing);
}

/** The files of a drawn card as they were before, so that they can go with another one. */
export async function filesBehind(store: Store, files: readonly DrawnFile[]): Promise<CardFile[]> {
  return store.read(async ({ buttons }) => {
    const found: CardFile[] = [];
    for (const { token, name, picture } of files) {
      const meaning = await buttons.meaning(token);
      if (meaning !== null)
        found.push({ paper: meaning.action.slice(FILE.length), params: meaning.params, name, picture });
    }
    return found;
  });
}

const presses = (card: Card) =>
  (card.buttons ?? []).filter((b): b is Extract<Button, { kind: "press" }> => b.kind === "press");

/** What each token of a card means: first its press buttons, then its files, in order. */
function meaningsOf(card: Card, personId: PersonId): ButtonMeaning[] {
  const open = ({ paper, params }: CardFile) => ({
    personId,
    action: `${FILE}${paper}`,
    params: { ...params },
  });
  return [
    ...presses(card).map(({ action, params }) => ({ personId, action, params: { ...params } })),
    ...(card.files ?? []).map(open),
  ];
}

function withTokens(card: Card, tokens: readonly string[], { demo }: Drawing): DrawnCard {
  const left = [...tokens];
  const buttons = (card.buttons ?? []).map((button): DrawnButton => {
    if (button.kind === "say") return button;
    const { action: _action, params: _params, fields = [], ...rest } = button;
    return { ...rest, token: left.shift() ?? "", fields };
  });
  const files = (card.files ?? []).map(({ name, picture }) => ({ name, picture, token: left.shift() ?? "" }));
  const blocks = demo ? [...card.blocks, { kind: "note" as const, text: DEMO_MARK }] : card.blocks;
  const { files: _files, audit: _audit, behalf: _behalf, receipt: _receipt, again: _again, ...rest } = card;
  return { ...rest, blocks, buttons, ...(files.length > 0 ? { files } : {}) };
}
