import type { EChartsOption } from "echarts";
import { LEVELS, type LevelName } from "../../domain/air/levels.ts";
import { INK, type TextMeasure } from "../canvas.ts";
import { CHART, type ChartFrame, type ChartKind, inkOn, LEAST_TEXT, type Panel } from "./panel.ts";

/** 实况图: places where they lie, each with its value of an hour and the colour of its class. */
export type StationMapSpec = ChartFrame & { kind: "station-map"; item: string; places: readonly MapPlace[] };
/** `value`: as it is printed; — where there is none, and then no class. */
export type MapPlace = {
  name: string;
  longitude: number;
  latitude: number;
  value: string;
  level: LevelName | null;
};

const DOT = 40;
/** Room around the outermost places for their names. */
const EDGE = 56;
const MOST_HEIGHT = 400;

export const stationMap: ChartKind<StationMapSpec> = {
  panels: ({ places }, measure) => [legend(places), map(places, measure)],
  figures: ({ item, places }) => places.map(({ name, value }) => ({ of: name, figure: item, value })),
};

const hexOf = (name: LevelName | null) => LEVELS.find((level) => level.name === name)?.hex ?? INK.band;

/** The classes that there are, by name: none is told by its colour alone. */
function legend(places: readonly MapPlace[]): Panel {
  const shown = LEVELS.filter(({ name }) => places.some(({ level }) => level === name));
  return {
    height: 32,
    draw({ fill, write }, top) {
      for (const [at, { class: words, hex }] of shown.entries()) {
        const x = CHART.pad + at * (CHART.room / Math.max(4, shown.length));
        fill(x, top + 4, 20, 18, hex);
        write(words, x + 26, top + 13, { size: LEAST_TEXT });
      }
    },
  };
}

/** Places as their coordinates have it, moved apart where one would cover another; nothing else is drawn. */
function map(places: readonly MapPlace[], measure: TextMeasure): Panel {
  const { points, height } = laidOut(places, measure);
  const at = (i: number) => [points[i]?.x ?? 0, height - (points[i]?.y ?? 0)];
  return {
    height,
    option: {
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      xAxis: { type: "value", show: false, min: 0, max: CHART.room },
      yAxis: { type: "value", show: false, min: 0, max: height },
      series: [
        {
          type: "scatter",
          symbolSize: DOT,
          label: { show: true, fontSize: LEAST_TEXT, fontWeight: "bold" },
          data: places.map((place, i) => ({
            value: at(i),
            itemStyle: { color: hexOf(place.level), borderColor: INK.soft, borderWidth: 1, opacity: 1 },
            label: { formatter: place.value, color: inkOn(hexOf(place.level)) },
          })),
        },
        {
          // Names that would lie upon one another are left out: the words below the picture have them all.
          type: "scatter",
          symbolSize: DOT,
          itemStyle: { color: "transparent" },
          label: { show: true, position: "bottom", distance: 2, fontSize: LEAST_TEXT, color: INK.text },
          labelLayout: { hideOverlap: true },
          data: places.map((place, i) => ({ value: at(i), label: { formatter: place.name } })),
        },
      ],
    } as EChartsOption,
  };
}

/** `width`: of its name. */
type Point = { x: number; y: number; width: number };
type Way = "x" | "y";

/** On the picture, from its upper left corner; a degree of longitude is as long as it is at their latitude. */
function laidOut(
  places: readonly MapPlace[],
  measure: TextMeasure,
): { points: readonly Point[]; height: number } {
  const middle = places.reduce((sum, { latitude }) => sum + latitude, 0) / Math.max(1, places.length);
  const shrink = Math.cos((middle * Math.PI) / 180);
  const plane = places.map(({ longitude, latitude }) => ({ x: longitude * shrink, y: -latitude }));
  const [across, up] = [extent(plane, "x"), extent(plane, "y")];
  const inner = CHART.room - 2 * EDGE;
  // A hundredth of a degree is a kilometre: what lies nearer together isn't drawn larger than that.
  const perDegree = Math.min(inner / Math.max(across.size, 0.02), MOST_HEIGHT / Math.max(up.size, 0.02));
  const points = plane.map(({ x, y }, i) => ({
    width: measure(places[i]?.name ?? "", { size: LEAST_TEXT }),
    x: CHART.room / 2 + (x - across.middle) * perDegree,
    y: (y - up.from) * perDegree,
  }));
  moveApart(points);
  const { from, size } = extent(points, "y");
  for (const point of points) point.y += EDGE / 2 + DOT / 2 - from;
  return { points, height: size + EDGE + DOT };
}

function extent(points: readonly Pick<Point, Way>[], of: Way) {
  const values = points.map((point) => point[of]);
  const [from, to] = [Math.min(...values), Math.max(...values)];
  return { from, size: to - from, middle: (from + to) / 2 };
}

/** Neither dot may lie on the other, or on its name below it. */
const roomOf = (one: Point, other: Point): Record<Way, number> => ({
  x: Math.max(DOT + 18, (Math.max(one.width, other.width) + DOT) / 2 + 4),
  y: DOT + 22,
});
const ROUNDS = 80;

/** Pushes apart, by as little as it takes, those of which one would cover the other or its name. */
function moveApart(points: Point[]): void {
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, one] of points.entries())
      for (const other of points.slice(i + 1)) {
        const room = roomOf(one, other);
        const lacks = (of: Way) => room[of] - Math.abs(one[of] - other[of]);
        if (lacks("x") <= 0 || lacks("y") <= 0) continue;
        const way = lacks("x") < lacks("y") ? "x" : "y";
        const push = ((one[way] <= other[way] ? -1 : 1) * lacks(way)) / 2;
        one[way] += push;
        other[way] -= push;
        for (const each of [one, other]) each.x = Math.min(CHART.room - EDGE, Math.max(EDGE, each.x));
      }
}
