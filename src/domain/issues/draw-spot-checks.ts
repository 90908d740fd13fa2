import { createHash } from "node:crypto";

/**
 * The lot by which closed issues are looked at again on the spot: a share of them in percent, the same for everybody who
 * knows the seed, so that nobody can say that it was picked. `closing` tells a second closing of one issue from the first.
 * @returns null when it isn't drawn, otherwise a number in [0, 1) that picks the checker.
 */
export function drawLot(
  no: string,
  closing: number,
  { seed, pct }: { seed: string; pct: number },
): number | null {
  const [first, second] = numbersOf(`${seed}/${no}/${closing}`);
  return first * 100 < pct ? second : null;
}

/** Two independent numbers in [0, 1) from the hash of a text. */
function numbersOf(text: string): [number, number] {
  const hash = createHash("sha256").update(text).digest();
  return [hash.readUInt32BE(0) / 2 ** 32, hash.readUInt32BE(4) / 2 ** 32];
}
