import fc from "fast-check";

const SURROGATES = { from: 0xd800, count: 0x800 };
const pointOf = (n: number) => (n < SURROGATES.from ? n : n + SURROGATES.count);
const numberOf = (point: number) => (point < SURROGATES.from ? point : point - SURROGATES.count);

/** Any character of Unicode. fast-check's own keeps a map of all of them, a second to make and then looked at by each collection of garbage. */
const unit = fc.integer({ min: 0, max: numberOf(0x10ffff) }).map(
  (n) => String.fromCodePoint(pointOf(n)),
  (character) => {
    const point = typeof character === "string" ? character.codePointAt(0) : undefined;
    if (point === undefined || character !== String.fromCodePoint(point))
      throw new Error("not one character");
    return numberOf(point);
  },
);

/** A text of any characters. */
export const anyText = (length: { minLength?: number; maxLength?: number } = {}) =>
  fc.string({ ...length, unit });
