/** What a picture looks like: 64 bits in four parts of 16, which differ in few bits where pictures are nearly the same. */
export type PictureLook = readonly [a: number, b: number, c: number, d: number];

/** Side of the small grey picture that a look is taken of, pixels. */
export const LOOK_SIDE = 32;
/** Two looks that differ in no more bits have a part that differs in at most one: four parts, seven bits. */
export const MOST_DIFFERING_BITS = 7;

/** Waves of each direction that are looked at: the coarse ones, which saving anew and making smaller leave as they are. */
const WAVES = 8;
/** Grey levels by which a picture has to vary: of a wall or a closed lens everything looks like everything else. */
const LEAST_DEVIATION = 3;

/**
 * Perceptual hash of a grey picture, {@link LOOK_SIDE} pixels wide and high, row by row: of the coarse waves of its discrete
 * cosine transform those that are stronger than the median (Zauner, Implementation and Benchmarking of Perceptual Image Hash
 * Functions, 2010, 3.1). Light and contrast make no difference. Null where there is nothing to see.
 */
export function lookOf(grey: Uint8Array): PictureLook | null {
  const mean = sum(grey) / grey.length;
  if (Math.sqrt(sum(grey, (value) => (value - mean) ** 2) / grey.length) < LEAST_DEVIATION) return null;
  const rows = Array.from({ length: LOOK_SIDE }, (_, y) =>
    WAVE.map((wave) => sum(wave, (value, x) => value * (grey[y * LOOK_SIDE + x] ?? 0))),
  );
  // Without the first wave of each row: that is the brightness of the columns, which light changes.
  const waves = Array.from({ length: WAVES }, (_, v) =>
    Array.from({ length: WAVES }, (_, u) =>
      sum(WAVE[v] ?? [], (value, y) => value * (rows[y]?.[u + 1] ?? 0)),
    ),
  ).flat();
  const sorted = waves.toSorted((a, b) => a - b);
  const median = ((sorted[31] ?? 0) + (sorted[32] ?? 0)) / 2;
  const part = (from: number) =>
    waves.slice(from, from + 16).reduce((bits, wave) => bits * 2 + (wave > median ? 1 : 0), 0);
  return [part(0), part(16), part(32), part(48)];
}

/** In how many of their 64 bits two looks differ. Symmetric; 0 for the same look. */
export function differingBits(one: PictureLook, other: PictureLook): number {
  return one.reduce((bits, part, i) => bits + onesIn(part ^ (other[i] ?? 0)), 0);
}

/** A part of a look, and the sixteen that differ from it in one bit. */
export const nearParts = (part: number): number[] => [
  part,
  ...Array.from({ length: 16 }, (_, bit) => part ^ (1 << bit)),
];

const WAVE = Array.from({ length: WAVES + 1 }, (_, u) =>
  Array.from({ length: LOOK_SIDE }, (_, x) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * LOOK_SIDE))),
);

function onesIn(bits: number): number {
  let ones = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) ones += 1;
  return ones;
}

function sum(values: Iterable<number>, of: (value: number, at: number) => number = (value) => value): number {
  let total = 0;
  let at = 0;
  for (const value of values) total += of(value, at++);
  return total;
}
