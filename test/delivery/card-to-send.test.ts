import { expect, test } from "vitest";
import { cardToSend } from "../../src/delivery/card-to-send.ts";

const cards = ["海安", "如皋", "海安"].map((title) => ({ title, blocks: [{ kind: "text", text: title }] }));

test("a card that many get one after another is read once, and every other one by itself", () => {
  const [first, other, again] = cards.map((card) => ({ card: JSON.stringify(card) }));
  if (!first || !other || !again) throw new Error("no cards");
  expect(cardToSend(again)).toBe(cardToSend(first));
  expect(cardToSend(first)).toEqual(cards[0]);
  expect(cardToSend(other)).toEqual(cards[1]);
  expect(cardToSend(first)).toEqual(cards[0]);
});
