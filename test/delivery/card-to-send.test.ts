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

test("so is each of several texts that go out by turns, and of many those that were sent last", () => {
  const texts = Array.from({ length: 33 }, (_, n) => JSON.stringify({ title: `${n}`, blocks: [] }));
  const [first = { card: "" }, second = { card: "" }, ...others] = texts.map((card) => ({ card }));
  const cards = [cardToSend(first), cardToSend(second)];
  expect([cardToSend(first), cardToSend(second), cardToSend(first)]).toEqual([...cards, cards[0]]);
  expect(cardToSend(first)).toBe(cards[0]);
  for (const one of others) cardToSend(one);
  expect(cardToSend(first)).toBe(cards[0]);
  expect(cardToSend(second)).not.toBe(cards[1]);
  expect(cardToSend(second)).toEqual(cards[1]);
});
