import { INK, type TextMeasure } from "../canvas.ts";
import { fitted, wrapped } from "../text-lines.ts";
import { CHART, LEAST_TEXT, type Panel } from "./panel.ts";

/** A figure that stands for itself: what it is called, what is printed, and a line or two below it. */
export type Tile = { label: string; value: string; unit: string; below?: readonly string[] };

const GAP = 10;

/** Figures side by side, three in a row. */
export function tilesPanel(tiles: readonly Tile[], measure: TextMeasure): Panel {
  const across = Math.min(3, Math.max(1, tiles.length));
  const width = (CHART.room - (across - 1) * GAP) / across;
  const below = tiles.map((tile) =>
    (tile.below ?? []).flatMap((text) =>
      wrapped(measure, text, { width: width - 20, lines: 2, look: { size: LEAST_TEXT } }),
    ),
  );
  const height = 74 + Math.max(0, ...below.map((lines) => lines.length)) * 20;
  const rows = Math.ceil(tiles.length / across);
  return {
    height: rows * (height + GAP) + 4,
    draw({ fill, write }, top) {
      for (const [at, { label, value, unit }] of tiles.entries()) {
        const x = CHART.pad + (at % across) * (width + GAP);
        const y = top + Math.floor(at / across) * (height + GAP);
        const big = { size: value.length > 7 ? 20 : 28, bold: true };
        fill(x, y, width, height, INK.band);
        write(fitted(measure, label, width - 20, { size: LEAST_TEXT }), x + 10, y + 18, {
          size: LEAST_TEXT,
          color: INK.soft,
        });
        write(value, x + 10, y + 50, big);
        write(unit, x + 14 + measure(value, big), y + 54, { size: LEAST_TEXT, color: INK.soft });
        for (const [i, line] of (below[at] ?? []).entries())
          write(line, x + 10, y + 78 + i * 20, { size: LEAST_TEXT, color: INK.text });
      }
    },
  };
}
