import { Decimal } from "decimal.js";

/**
 * The exact ratio `num / den` rounded half to even to `decimals` places, as the nearest JS number (80.8).
 * Both are integers; the tie is decided on the remainder, never on a binary float, so 36.5 gives 36 and 36.51 gives 37.
 * Round once, from the exact sum and count. Refuses (throws) non-integers and a zero denominator.
 * Source: GB/T 8170, 四舍六入五成双.
 */
export function halfEvenRatio(num: number, den: number, decimals: number): number {
  return roundRatio(num, den, decimals, "half-even");
}

/** `num / den` rounded down (towards minus infinity) to `decimals` places; otherwise as {@link halfEvenRatio}. For allowances. */
export function floorRatio(num: number, den: number, decimals: number): number {
  return roundRatio(num, den, decimals, "floor");
}

/** `num / den` rounded up (towards plus infinity) to `decimals` places; otherwise as {@link halfEvenRatio}. For AQI (HJ 633-2012 cl. 6.2). */
export function ceilRatio(num: number, den: number, decimals: number): number {
  return roundRatio(num, den, decimals, "ceil");
}

/** An exact decimal rounded half to even to `decimals` places. Source: GB/T 8170. */
export function halfEven(value: Decimal, decimals: number): Decimal {
  return value.toDecimalPlaces(decimals, Decimal.ROUND_HALF_EVEN);
}

type Mode = "half-even" | "floor" | "ceil";

const POWERS = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];

function roundRatio(num: number, den: number, decimals: number, mode: Mode): number {
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den) || den === 0) {
    throw new RangeError(`not a ratio of safe integers: ${num}/${den}`);
  }
  const power = POWERS[decimals];
  if (power === undefined) throw new RangeError(`decimals must be 0 to ${POWERS.length - 1}: ${decimals}`);
  const signed = den < 0 ? -num : num;
  const top = signed * power;
  const bottom = Math.abs(den);
  // `%` is exact on safe integers, and so is the division once the remainder is gone.
  const over = top % bottom;
  const rest = over < 0 ? over + bottom : over;
  if (!Number.isSafeInteger(top) || !Number.isSafeInteger(top - rest)) {
    return roundWide(BigInt(signed), BigInt(bottom), decimals, mode);
  }
  const below = (top - rest) / bottom;
  const up =
    rest > 0 &&
    (mode === "ceil" ||
      (mode === "half-even" && (rest > bottom - rest || (rest === bottom - rest && below % 2 !== 0))));
  // `+ 0` turns the -0 of a negative that rounds to nothing into 0.
  return (up ? below + 1 : below) / power + 0;
}

/** The same in BigInt, for sums beyond 2^53. */
function roundWide(num: bigint, bottom: bigint, decimals: number, mode: Mode): number {
  const top = num * 10n ** BigInt(decimals);
  const rest = ((top % bottom) + bottom) % bottom;
  const below = (top - rest) / bottom;
  const twice = 2n * rest;
  const up =
    rest > 0n &&
    (mode === "ceil" ||
      (mode === "half-even" && (twice > bottom || (twice === bottom && below % 2n !== 0n))));
  // Read as decimal text, so that the result is the double nearest to the decimal.
  return Number(`${up ? below + 1n : below}e-${decimals}`) + 0;
}
