import { atMost } from "../aside/at-most.ts";
import type { MaskBox } from "../domain/mask-boxes.ts";

/** Longest side of what is made public, pixels: enough for a page of a newspaper. */
const LONGEST_SIDE = 1600;
/** One unfolds to many megabytes, whoever asks. */
const twoAtATime = atMost(2);

/**
 * A picture as it is made public, JPEG: each box is painted over, so that nothing of what lies below it is left in the file, and
 * nothing of what a camera wrote. Boxes are in thousandths of its sides.
 */
export const maskedPicture = (picture: Uint8Array, boxes: readonly MaskBox[]): Promise<Uint8Array> =>
  twoAtATime(async () => {
    const { default: sharp } = await import("sharp");
    const { data, info } = await sharp(picture, { failOn: "error" })
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    const covered = boxes.map((box) => {
      // A side is rounded outwards: a pixel more is covered, none less.
      const left = Math.floor((box.x * width) / 1000);
      const top = Math.floor((box.y * height) / 1000);
      const right = Math.min(width, Math.ceil(((box.x + box.width) * width) / 1000));
      const bottom = Math.min(height, Math.ceil(((box.y + box.height) * height) / 1000));
      return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
    });
    const paint = { r: 64, g: 64, b: 64 };
    const bytes = await sharp(data, { raw: { width, height, channels } })
      .composite(
        covered.map(({ left, top, width, height }) => ({
          input: { create: { width, height, channels: 3 as const, background: paint } },
          left,
          top,
        })),
      )
      .jpeg({ quality: 85 })
      .toBuffer();
    return new Uint8Array(bytes);
  });

/** Its size as it is made public. */
export function maskedSize({ width, height }: { width: number; height: number }) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height, 1));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
