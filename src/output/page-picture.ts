import { png } from "./canvas.ts";
import { inThread } from "./in-thread.ts";
import { type Page, pt } from "./page-strip.ts";
import { PAGE } from "./paper-model.ts";

/** A page of a paper as a PNG, 1190 × 1684 pixels: what is read on a phone before it is signed. */
export const pagePicture = inThread<[page: Page]>(import.meta.filename, "drawPage");

/** @public called by its name, in a thread. */
export async function drawPage({ marks }: Page): Promise<Uint8Array> {
  const { loadImage } = await import("@napi-rs/canvas");
  const pictures = new Map<Uint8Array, Awaited<ReturnType<typeof loadImage>>>();
  for (const mark of marks)
    if (mark.kind === "picture") pictures.set(mark.bytes, await loadImage(Buffer.from(mark.bytes)));
  return png(() => ({
    width: pt(PAGE.width),
    height: pt(PAGE.height),
    draw({ context, write, fill }) {
      context.strokeStyle = BORDER;
      context.lineWidth = 0.6;
      for (const mark of marks) {
        if (mark.kind === "text") write(mark.text, mark.x, mark.y, { color: INK, ...mark });
        else if (mark.kind === "box") context.strokeRect(mark.x, mark.y, mark.width, mark.height);
        else if (mark.kind === "rule") fill(mark.x, mark.y, mark.width, mark.thick, mark.color);
        else {
          const image = pictures.get(mark.bytes);
          if (image !== undefined) context.drawImage(image, mark.x, mark.y, mark.width, mark.height);
        }
      }
    },
  }));
}

const INK = "#000000";
const BORDER = "#333333";
