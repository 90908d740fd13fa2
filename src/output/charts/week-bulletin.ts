import { INK, type TextMeasure } from "../canvas.ts";
import { wrapped } from "../text-lines.ts";
import { CHART, type ChartFrame, type ChartKind, type Panel } from "./panel.ts";
import { type PrimaryRow, primaryFigures, totals } from "./primary-bars.ts";
import { barsFigures, barsPanels, type RankedBar, type UnrankedBar } from "./ranking-bars.ts";
import { type Tile, tilesPanel } from "./tiles.ts";

/** 战报: a week on one screen of a phone: the city in large figures, the counties, what the air suffered from, what is open. */
export type WeekBulletinSpec = ChartFrame & {
  kind: "week-bulletin";
  /** The city's figures: three of the week, three of the year. */
  tiles: readonly Tile[];
  ranking: {
    metric: string;
    unit: string;
    decimals: 0 | 1 | 2;
    rows: readonly RankedBar[];
    unranked: readonly UnrankedBar[];
  };
  primary: PrimaryRow;
  /** Two lines: issues, lagging tasks. */
  lines: readonly { label: string; text: string }[];
};

export const weekBulletin: ChartKind<WeekBulletinSpec> = {
  panels: (spec, measure) => [
    // A row of three each: one with more below its figures makes the others no higher.
    ...[0, 3].map((at) => tilesPanel(spec.tiles.slice(at, at + 3), measure)),
    heading(`各县（市、区）${spec.ranking.metric}排名`),
    ...barsPanels({ ...spec.ranking, values: "level" }, measure, 32),
    heading(`首要污染物（${spec.primary.name}，有效${spec.primary.validDays}天）`),
    totals([spec.primary]),
    ...lines(spec.lines, measure),
  ],
  figures: (spec) => [
    ...spec.tiles.flatMap(({ label, value, unit, below = [] }) => [
      { of: spec.title, figure: label, value: `${value}${unit}` },
      ...below.map((text) => ({ of: spec.title, figure: `${label}比较`, value: text })),
    ]),
    ...barsFigures({ ...spec.ranking, values: "level" }),
    ...primaryFigures(spec.primary),
    ...spec.lines.map(({ label, text }) => ({ of: spec.title, figure: label, value: text })),
  ],
};

function heading(text: string): Panel {
  return {
    height: 40,
    draw({ fill, write }, top) {
      fill(CHART.pad, top + 12, 5, 20, "#2f7dc4");
      write(text, CHART.pad + 13, top + 22, { size: 18, bold: true });
    },
  };
}

function lines(said: WeekBulletinSpec["lines"], measure: TextMeasure): Panel[] {
  return said.map(({ label, text }) => {
    const broken = wrapped(measure, text, { width: CHART.room - 60, lines: 3, look: { size: 16 } });
    return {
      height: broken.length * 23 + 8,
      draw({ write }, top) {
        write(label, CHART.pad, top + 14, { size: 16, bold: true, color: INK.text });
        for (const [i, line] of broken.entries())
          write(line, CHART.pad + 60, top + 14 + i * 23, { size: 16 });
      },
    };
  });
}
