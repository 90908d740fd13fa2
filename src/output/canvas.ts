import type { Canvas, SKRSContext2D } from "@napi-rs/canvas";

// Pictures are drawn at twice their size, so that phones show them sharp.

const SCALE = 2;
const FAMILY = "Noto Sans SC";

export const INK = {
  text: "#1f2933",
  soft: "#6b7785",
  line: "#d5dce4",
  paper: "#ffffff",
  band: "#f3f6f9",
} as const;

export type Brush = {
  context: SKRSContext2D;
  /** Writes one line; `y` is its middle. @returns its width. */
  write(text: string, x: number, y: number, look?: Look): number;
  widthOf(text: string, look?: Look): number;
};
export type Look = { size?: number; bold?: boolean; color?: string; align?: "left" | "right" | "center" };

/** Draws a picture of `width` × `height` points and gives it as PNG. The package and its font are loaded only now. */
export async function png(
  { width, height }: { width: number; height: number },
  draw: (brush: Brush) => void,
): Promise<Uint8Array> {
  const { createCanvas, GlobalFonts } = await import("@napi-rs/canvas");
  if (!GlobalFonts.has(FAMILY)) {
    for (const weight of ["400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf"])
      GlobalFonts.registerFromPath(
        new URL(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${weight}`)).pathname,
        FAMILY,
      );
  }
  const canvas: Canvas = createCanvas(width * SCALE, height * SCALE);
  const context = canvas.getContext("2d");
  context.scale(SCALE, SCALE);
  context.fillStyle = INK.paper;
  context.fillRect(0, 0, width, height);
  const set = ({ size = 15, bold = false, color = INK.text, align = "left" }: Look = {}) => {
    context.font = `${bold ? 700 : 400} ${size}px "${FAMILY}"`;
    context.fillStyle = color;
    context.textAlign = align;
    context.textBaseline = "middle";
  };
  const widthOf = (text: string, look?: Look) => {
    set(look);
    return context.measureText(text).width;
  };
  draw({
    context,
    widthOf,
    write(text, x, y, look) {
      set(look);
      context.fillText(text, x, y);
      return context.measureText(text).width;
    },
  });
  return new Uint8Array(canvas.toBuffer("image/png"));
}

/** A text cut to fit a width, with … where something is left out. */
export function fitted(
  { widthOf }: Pick<Brush, "widthOf">,
  text: string,
  width: number,
  look?: Look,
): string {
  if (widthOf(text, look) <= width) return text;
  const signs = Array.from(text);
  while (signs.length > 1 && widthOf(`${signs.join("")}…`, look) > width) signs.pop();
  return `${signs.join("")}…`;
}
