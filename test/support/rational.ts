/** An exact fraction, for recomputing a printed figure without any of the program's own arithmetic. */
export type Rational = readonly [num: bigint, den: bigint];

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
export const ratio = (num: bigint | number, den: bigint | number = 1n): Rational => {
  const [n, d] = [BigInt(num), BigInt(den)];
  const by = gcd(n, d) * (d < 0n ? -1n : 1n);
  return [n / by, d / by];
};
/** A decimal as it is written: "80.8" is 808/10. */
export const decimal = (text: string | number): Rational => {
  const [whole = "0", part = ""] = String(text).split(".");
  return ratio(BigInt(whole + part), 10n ** BigInt(part.length));
};
export const plus = (a: Rational, b: Rational) => ratio(a[0] * b[1] + b[0] * a[1], a[1] * b[1]);
export const minus = (a: Rational, b: Rational) => plus(a, [-b[0], b[1]]);
export const times = (a: Rational, b: Rational) => ratio(a[0] * b[0], a[1] * b[1]);
export const over = (a: Rational, b: Rational) => ratio(a[0] * b[1], a[1] * b[0]);
export const isAtMost = (a: Rational, b: Rational) => a[0] * b[1] <= b[0] * a[1];

/** The largest multiple of 10^-decimals that isn't above it. */
export function floored([num, den]: Rational, decimals: number): number {
  const top = num * 10n ** BigInt(decimals);
  const below = (top - (((top % den) + den) % den)) / den;
  return Number(`${below}e-${decimals}`);
}

/** 四舍六入五成双. */
export function evenly([num, den]: Rational, decimals: number): number {
  const top = num * 10n ** BigInt(decimals);
  const rest = ((top % den) + den) % den;
  const below = (top - rest) / den;
  const isUp = 2n * rest > den || (2n * rest === den && below % 2n !== 0n);
  return Number(`${isUp ? below + 1n : below}e-${decimals}`);
}
