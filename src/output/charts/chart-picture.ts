import { type Layout, png } from "../canvas.ts";
import { inThread } from "../in-thread.ts";
import { type OnText, optionDrawer } from "./echarts-canvas.ts";
import { framed } from "./frame.ts";
import { type ChartSpec, chartKindOf } from "./kinds.ts";

/** A chart as a PNG, 1080 pixels wide: a pure function of its spec. */
export const chartPicture = inThread<[spec: ChartSpec]>(import.meta.filename, "drawChart");

/** The same in this thread, telling every text that it draws. @public called by its name, in a thread. */
export async function drawChart(spec: ChartSpec, onText: OnText = () => {}): Promise<Uint8Array> {
  const drawOption = await optionDrawer(onText);
  const told = (layout: Layout): Layout => ({
    ...layout,
    draw: (brush) =>
      layout.draw({
        ...brush,
        write(text, x, y, look) {
          onText(text, look?.size ?? 15);
          brush.write(text, x, y, look);
        },
      }),
  });
  return png((measure) => told(framed(spec, chartKindOf(spec).panels(spec, measure), measure, drawOption)));
}
