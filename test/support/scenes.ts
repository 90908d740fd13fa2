import sharp from "sharp";
import { chanceOf } from "./chance.ts";

/** A picture with something to see, another one for another seed: ground, sky, and things that stand about. */
export async function aScene(seed: number, { width = 320, height = 240 } = {}): Promise<Buffer> {
  const { below: draw } = chanceOf(seed * 7919 + 17);
  const thing = () =>
    `<rect x="${draw(width)}" y="${draw(height)}" width="${30 + draw(120)}" height="${20 + draw(100)}" fill="rgb(${draw(256)},${draw(256)},${draw(256)})"/>`;
  const things = Array.from({ length: 12 }, thing).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="rgb(${draw(256)},${draw(256)},${draw(256)})"/>${things}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 92 }).toBuffer();
}

/** The same picture as another app hands it on: smaller, with another quality, a little brighter. */
export const handedOn = (picture: Buffer): Promise<Buffer> =>
  sharp(picture).resize({ width: 250 }).modulate({ brightness: 1.05 }).jpeg({ quality: 60 }).toBuffer();

/** A picture with what its camera wrote: when, and where in degrees. */
export function taken(
  picture: Buffer,
  { at, position }: { at?: string; position?: { latitude: number; longitude: number } },
): Promise<Buffer> {
  const degrees = (value: number) => {
    const seconds = Math.round(value * 3600 * 100);
    return `${Math.floor(seconds / 360_000)}/1 ${Math.floor((seconds % 360_000) / 6000)}/1 ${seconds % 6000}/100`;
  };
  return sharp(picture)
    .withExifMerge({
      IFD0: { Make: "Telefon" },
      ...(at ? { IFD2: { DateTimeOriginal: at.replaceAll("-", ":").replace("T", " ") } } : {}),
      ...(position
        ? {
            IFD3: {
              GPSLatitudeRef: "N",
              GPSLatitude: degrees(position.latitude),
              GPSLongitudeRef: "E",
              GPSLongitude: degrees(position.longitude),
            },
          }
        : {}),
    })
    .jpeg({ quality: 92 })
    .toBuffer();
}
