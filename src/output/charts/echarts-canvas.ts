import type { SKRSContext2D } from "@napi-rs/canvas";
import type { EChartsOption } from "echarts";
import { SCALE } from "../canvas.ts";
import { fontFor, inItsSigns } from "../font.ts";
import { CHART, LEAST_TEXT } from "./panel.ts";

/** A text that is drawn: its size, and from where to where on the picture, in points. */
export type DrawnText = { text: string; size: number; left: number; right: number };
export type OnText = (drawn: DrawnText) => void;

/**
 * Draws an option over a picture's room, `height` points high. ECharts and the canvas are loaded only now, in a thread.
 * ECharts names one font for all of its texts; the font that comes with the program is in pieces, so that each text is
 * given its own pieces where it is measured and where it is drawn.
 */
export async function optionDrawer(onText: OnText) {
  const [{ createCanvas, GlobalFonts }, echarts] = await Promise.all([
    import("@napi-rs/canvas"),
    import("echarts/dist/echarts.esm.min"),
  ]);
  const familiesOf = await fontFor(GlobalFonts);
  const inOurFont = (font: string, text: string) => {
    const { size, weight } = readFont(font);
    return `${weight} ${size}px ${familiesOf(text)}`;
  };
  const ruler = createCanvas(1, 1).getContext("2d");
  echarts.setPlatformAPI({
    createCanvas: () => createCanvas(1, 1) as never,
    measureText(text, font = "") {
      const shown = inItsSigns(text);
      ruler.font = inOurFont(font, shown);
      return { width: ruler.measureText(shown).width };
    },
  });

  const withOurFont = (context: SKRSContext2D, name: "fillText" | "strokeText") => {
    const plain = context[name].bind(context);
    context[name] = (text, ...where) => {
      const shown = inItsSigns(text);
      context.font = inOurFont(context.font, shown);
      if (name === "fillText") onText({ ...drawnText(context, shown, where[0]), text });
      plain(shown, ...where);
    };
  };
  return (picture: SKRSContext2D, { option, top, height }: ToDraw) => {
    const canvas = createCanvas(CHART.room * SCALE, height * SCALE);
    const context = canvas.getContext("2d");
    withOurFont(context, "fillText");
    withOurFont(context, "strokeText");
    const size = { width: CHART.room, height, devicePixelRatio: SCALE };
    const chart = echarts.init(canvas as never, null, size);
    chart.setOption({ animation: false, textStyle: { fontSize: LEAST_TEXT }, ...option });
    picture.drawImage(canvas, CHART.pad, top, CHART.room, height);
    chart.dispose();
  };
}

type ToDraw = { option: EChartsOption; top: number; height: number };
export type OptionDrawer = Awaited<ReturnType<typeof optionDrawer>>;

function drawnText(context: SKRSContext2D, text: string, x: number): Omit<DrawnText, "text"> {
  const width = context.measureText(text).width;
  const shift = { left: 0, start: 0, center: width / 2, right: width, end: width }[context.textAlign];
  const left = CHART.pad + context.getTransform().e / SCALE + x - shift;
  return { size: readFont(context.font).size, left, right: left + width };
}

function readFont(font: string): { size: number; weight: "400" | "700" } {
  return {
    size: Number(/([\d.]+)px/.exec(font)?.[1] ?? LEAST_TEXT),
    weight: /\b(?:bold|700)\b/.test(font) ? "700" : "400",
  };
}
