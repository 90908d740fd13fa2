import type { SKRSContext2D } from "@napi-rs/canvas";
import { fontFor, inItsSigns } from "./font.ts";

// Pictures are drawn at twice their size, so that phones show them sharp. The font comes with the program: the same data gives
// the same picture on every machine.

export const SCALE = 2;

export const INK = {
  text: "#1f2933",
  soft: "#5f6b78",
  line: "#d5dce4",
  paper: "#ffffff",
  band: "#f3f6f9",
  head: "#dfe8f1",
} as const;

export type Look = { size?: number; bold?: boolean; color?: string; align?: "left" | "right" | "center" };
/** How wide one line of text is, in points. */
export type TextMeasure = (text: string, look?: Look) => number;
/** What a picture is drawn with; `y` of a line of text is its middle. */
export type Brush = {
  context: SKRSContext2D;
  write(text: string, x: number, y: number, look?: Look): void;
  fill(x: number, y: number, width: number, height: number, color: string): void;
};
/** A picture laid out, in points. */
export type Layout = { width: number; height: number; draw(brush: Brush): void };

/** A picture as PNG: laid out with a measure of its texts first, then drawn. The package and its font are loaded only now. */
export async function png(layOut: (measure: TextMeasure) => Layout): Promise<Uint8Array> {
  const { createCanvas, GlobalFonts } = await import("@napi-rs/canvas");
  const familiesOf = await fontFor(GlobalFonts);
  const ruler = createCanvas(1, 1).getContext("2d");
  const { width, height, draw } = layOut((text, look) => {
    const shown = visible(text);
    set(ruler, familiesOf(shown), look);
    return ruler.measureText(shown).width;
  });
  const canvas = createCanvas(Math.round(width * SCALE), Math.round(height * SCALE));
  const context = canvas.getContext("2d");
  context.scale(SCALE, SCALE);
  const fill: Brush["fill"] = (x, y, w, h, color) => {
    context.fillStyle = color;
    context.fillRect(x, y, w, h);
  };
  fill(0, 0, width, height, INK.paper);
  draw({
    context,
    fill,
    write(text, x, y, look) {
      const shown = visible(text);
      set(context, familiesOf(shown), look);
      context.fillText(shown, x, y);
    },
  });
  return new Uint8Array(canvas.toBuffer("image/png"));
}

function set(
  context: SKRSContext2D,
  families: string,
  { size = 15, bold = false, color = INK.text, align = "left" }: Look = {},
) {
  context.font = `${bold ? 700 : 400} ${size}px ${families}`;
  context.fillStyle = color;
  context.textAlign = align;
  context.textBaseline = "middle";
}

/** A picture has no place for control characters, nor for marks that turn the direction of what follows. */
function visible(text: string): string {
  return inItsSigns(text.replace(/[\t\n\r ]+/g, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ""));
}
