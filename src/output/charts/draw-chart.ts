import { type Brush, png, type TextMeasure } from "../canvas.ts";
import { type OnText, optionDrawer } from "./echarts-canvas.ts";
import { framed } from "./frame.ts";
import { type ChartSpec, chartKindOf } from "./kinds.ts";
import { LEAST_TEXT } from "./panel.ts";

/** A chart as a PNG, in this thread, telling every text that it draws. @public called by its name, in a thread. */
export async function drawChart(spec: ChartSpec, onText: OnText = () => {}): Promise<Uint8Array> {
  const drawOption = await optionDrawer(onText);
  return png((measure) => {
    const layout = framed(spec, chartKindOf(spec).panels(spec, measure), measure, drawOption);
    return { ...layout, draw: (brush) => layout.draw(telling(brush, measure, onText)) };
  });
}

/** A brush that tells what it writes. */
const telling = (brush: Brush, measure: TextMeasure, onText: OnText): Brush => ({
  ...brush,
  write(text, x, y, look) {
    const width = measure(text, look);
    const left = x - { left: 0, center: width / 2, right: width }[look?.align ?? "left"];
    onText({ text, size: look?.size ?? LEAST_TEXT, left, right: left + width });
    brush.write(text, x, y, look);
  },
});
