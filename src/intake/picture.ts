import { atMost } from "../aside/at-most.ts";
import { LOOK_SIDE, lookOf, type PictureLook } from "../domain/picture-look.ts";
import type { FileRefusal } from "./refusal.ts";

/** A picture as it is kept: drawn anew as JPEG, upright, without what its camera wrote into it; that stands beside it. */
export type Picture = {
  bytes: Uint8Array;
  width: number;
  height: number;
  /** Local time that the camera's clock showed, ISO without zone; null when it says none. */
  takenAt: string | null;
  /** Degrees, WGS 84; null when the camera says none. */
  position: { latitude: number; longitude: number } | null;
  /** By which one that is nearly the same is found; null where there is nothing to see. */
  look: PictureLook | null;
};

/** Longest side of the kept copy, pixels: enough to read a number plate, a tenth of what phones send. */
const LONGEST_SIDE = 2560;
/** Pixels that a picture may unfold to: a small file can hold a huge one. */
const MOST_PIXELS = 60_000_000;
/** One unfolds to 250 MB, whoever sends it: an album of nine would take more memory than the bot has. */
const twoAtATime = atMost(2);

/** Bytes that a JPEG has room for; what is larger elsewhere was written by no camera. */
const LARGEST_EXIF = 65_535;
const EXIF = "Exif\0\0";

const broken: FileRefusal = { refusal: "照片已损坏或不完整，打不开，请重新拍摄或重新发送。" };

/**
 * Draws a picture anew, two at a time whoever sends them. Refuses what can't be drawn: broken, or a bomb, which its head
 * gives away before anything is unfolded.
 */
export const redrawPicture = (sent: Uint8Array): Promise<Picture | FileRefusal> =>
  twoAtATime(() => redraw(sent));

async function redraw(sent: Uint8Array): Promise<Picture | FileRefusal> {
  const { default: sharp } = await import("sharp");
  try {
    const { width, height, exif } = await sharp(sent, { limitInputPixels: false, pages: 1 }).metadata();
    if (width * height > MOST_PIXELS) return { refusal: "照片的尺寸太大，请缩小后再发。" };
    const { data, info } = await sharp(sent, { limitInputPixels: MOST_PIXELS, failOn: "error", pages: 1 })
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: 85, mozjpeg: false })
      .toBuffer({ resolveWithObject: true });
    const camera = await cameraOf(exif);
    return {
      bytes: new Uint8Array(data),
      width: info.width,
      height: info.height,
      ...camera,
      look: await lookAt(data),
    };
  } catch {
    return broken;
  }
}

/** What a kept picture looks like. @throws Error when it can't be drawn. */
export async function lookAt(kept: Uint8Array): Promise<PictureLook | null> {
  const { default: sharp } = await import("sharp");
  const grey = await sharp(kept).greyscale().resize(LOOK_SIDE, LOOK_SIDE, { fit: "fill" }).raw().toBuffer();
  return lookOf(grey);
}

/** What the camera wrote. It is hearsay: shown beside the picture, never relied on. Nothing else in it is looked at. */
async function cameraOf(block: Buffer | undefined): Promise<Pick<Picture, "takenAt" | "position">> {
  if (block === undefined || block.length > LARGEST_EXIF) return { takenAt: null, position: null };
  const { default: exif } = await import("exifreader");
  try {
    const { exif: tags, gps } = exif.load(block.subarray(block.indexOf(EXIF) === 0 ? EXIF.length : 0), {
      expanded: true,
      includeTags: { exif: ["DateTimeOriginal", "DateTime"], gps: true },
    });
    const time = (tags?.DateTimeOriginal ?? tags?.DateTime)?.description;
    return { takenAt: timeOf(time), position: positionOf(gps?.Latitude, gps?.Longitude) };
  } catch {
    return { takenAt: null, position: null };
  }
}

/** "2020:06:12 09:30:00" as ISO. */
function timeOf(text: unknown): string | null {
  const found = typeof text === "string" ? /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})/.exec(text) : null;
  if (found === null) return null;
  try {
    return Temporal.PlainDateTime.from(`${found[1]}-${found[2]}-${found[3]}T${found[4]}`, {
      overflow: "reject",
    }).toString();
  } catch {
    return null;
  }
}

/** A position on earth; 0, 0 is what cameras write that know none. */
export function positionOf(latitude: unknown, longitude: unknown): Picture["position"] {
  if (typeof latitude !== "number" || typeof longitude !== "number") return null;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) || (latitude === 0 && longitude === 0))
    return null;
  return { latitude, longitude };
}
