import { INK, type Layout, type Look, type TextMeasure } from "../canvas.ts";
import { wrapped } from "../text-lines.ts";
import type { OptionDrawer } from "./echarts-canvas.ts";
import { CHART, type ChartFrame, LEAST_TEXT, type Panel } from "./panel.ts";

const TITLE: Look = { size: 24, bold: true };
const SUBTITLE: Look = { size: 16, color: INK.soft };
const NOTE: Look = { size: LEAST_TEXT, color: INK.soft };
const MARK: Look = { size: LEAST_TEXT, bold: true, color: "#b3261e" };
const TOP = 18;

/** A picture: its title, its panels, and below them where the figures come from, what they are worth and of which day. */
export function framed(
  frame: ChartFrame,
  panels: readonly Panel[],
  measure: TextMeasure,
  drawOption: OptionDrawer,
): Layout {
  const texts = (text: string, look: Look, leading: number, lines = 4) =>
    wrapped(measure, text, { width: CHART.room, lines, look }).map((line) => ({ line, look, leading }));
  const head = [...texts(frame.title, TITLE, 32, 3), ...texts(frame.subtitle, SUBTITLE, 24, 2)];
  const said = [`数据来源：${frame.source}`, frame.dataStatus].filter(Boolean).join("；");
  const foot = [
    ...frame.notes.flatMap((note) => texts(note, NOTE, 21)),
    ...texts(said, NOTE, 21),
    ...texts(`${frame.date}制图`, NOTE, 21),
    ...frame.marks.flatMap((mark) => texts(mark, MARK, 21)),
  ];
  const heightOf = (lines: typeof head) => lines.reduce((sum, { leading }) => sum + leading, 0);
  const bodyTop = TOP + heightOf(head) + 12;
  const footTop = bodyTop + panels.reduce((sum, { height }) => sum + height, 0) + 10;
  return {
    width: CHART.width,
    height: footTop + heightOf(foot) + 16,
    draw(brush) {
      const lines = (written: typeof head, from: number) => {
        let y = from;
        for (const { line, look, leading } of written) {
          brush.write(line, CHART.pad, y + leading / 2, look);
          y += leading;
        }
      };
      lines(head, TOP);
      let top = bodyTop;
      for (const { height, option, draw } of panels) {
        if (option !== undefined) drawOption(brush.context, { option, top, height });
        draw?.(brush, top);
        top += height;
      }
      brush.fill(CHART.pad, footTop - 4, CHART.room, 1, INK.line);
      lines(foot, footTop);
    },
  };
}
