import sharp from "sharp";
import type { TelegramServer } from "./server.ts";

/** A document as Telegram announces it to the bot, which then fetches it; `size` is what is said of it, true or not. */
export function documentOf(
  { files }: Pick<TelegramServer, "files">,
  name: string,
  bytes: Uint8Array | string,
  { size }: { size?: number } = {},
) {
  const id = `file-${files.size}`;
  const said = size === undefined ? {} : { file_size: size };
  files.set(id, { path: `documents/${id}`, bytes: Buffer.from(bytes), ...(size ? { size } : {}) });
  return { document: { file_id: id, file_unique_id: `u-${id}`, file_name: name, ...said } };
}

/** A photo as Telegram announces it: in two sizes, of which the smaller is not worth having. */
export function photoOf({ files }: Pick<TelegramServer, "files">, bytes: Uint8Array) {
  const id = `photo-${files.size}`;
  files.set(`${id}-s`, { path: `photos/${id}-s`, bytes: Buffer.from("a thumbnail") });
  files.set(id, { path: `photos/${id}`, bytes, size: bytes.length });
  const sizes = [
    { file_id: `${id}-s`, file_unique_id: `u-${id}-s`, width: 90, height: 60, file_size: 11 },
    { file_id: id, file_unique_id: `u-${id}`, width: 1280, height: 853, file_size: bytes.length },
  ];
  return { photo: [sizes[1], sizes[0]] };
}

/** A picture of one colour: another colour, other bytes. */
export async function picture(red: number, { width = 60, height = 40 } = {}): Promise<Buffer> {
  const background = { r: red % 256, g: (red * 7) % 256, b: 90 };
  return sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();
}
