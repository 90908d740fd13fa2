import type { IsoDate } from "../../domain/air/day.ts";
import { LEVELS, type LevelName } from "../../domain/air/levels.ts";
import { type Brush, INK } from "../canvas.ts";
import { daysOf, WEEKDAYS, weeksOf } from "./month-grid.ts";
import { CHART, type ChartFrame, type ChartKind, inkOn, LEAST_TEXT, type Panel } from "./panel.ts";

/** 日历: days in the colours of HJ 633, each with its class in words or as a number, so that nothing rests on colour. */
export type AqiCalendarSpec = ChartFrame & {
  kind: "aqi-calendar";
  /** Whole months, `YYYY-MM`, in order; one is drawn large. */
  months: readonly string[];
  /** Days that are over, in order. Without a class there was no valid figure; what isn't here has not come yet. */
  days: readonly AqiCalendarDay[];
};
export type AqiCalendarDay = {
  date: IsoDate;
  /** Null where only the class is known, or nothing. */
  aqi: number | null;
  level: LevelName | null;
  /** An item is missing: the day is at least so bad. */
  atLeast?: true;
};

const MINI_COLUMNS = 3;

export const aqiCalendar: ChartKind<AqiCalendarSpec> = {
  panels: (spec) => [
    key(spec),
    ...(spec.months.length === 1 ? [large(spec, spec.months[0] ?? "")] : [minis(spec)]),
  ],
  figures: (spec) => [
    ...counts(spec).map(({ name, days }) => ({ of: spec.title, figure: name, value: `${days}天` })),
    ...spec.days.map((day) => ({
      of: day.date,
      figure: spec.months.length === 1 ? "AQI" : "级别",
      value: spec.months.length === 1 ? aqiText(day) : markOf(day),
    })),
  ],
};

const levelCalled = (name: LevelName | null) => LEVELS.find((level) => level.name === name);
const gradeOf = (name: LevelName | null) => LEVELS.findIndex((level) => level.name === name) + 1;
/** 缺: no valid figure. >300: ozone beyond its table. */
function aqiText({ aqi, level, atLeast }: AqiCalendarDay): string {
  if (level === null) return "缺";
  if (aqi === null) return ">300";
  return `${atLeast === true ? "≥" : ""}${aqi}`;
}
const markOf = ({ level }: AqiCalendarDay) => (level === null ? "缺" : String(gradeOf(level)));

function counts({ days }: AqiCalendarSpec) {
  const of = (name: LevelName | null) => days.filter(({ level }) => level === name).length;
  return [
    ...LEVELS.map(({ name, class: words, hex }) => ({
      grade: gradeOf(name),
      name: words,
      hex,
      days: of(name),
    })),
    { grade: null, name: "缺", hex: INK.paper, days: of(null) },
  ].filter(({ grade, days: some }, at) => some > 0 || (grade !== null && at < 3));
}

/** The classes that there are, with their days. */
function key(spec: AqiCalendarSpec): Panel {
  const items = counts(spec);
  const width = CHART.room / 3;
  return {
    height: Math.ceil(items.length / 3) * 30 + 8,
    draw(brush, top) {
      for (const [at, { grade, name, hex, days }] of items.entries()) {
        const [x, y] = [CHART.pad + (at % 3) * width, top + Math.floor(at / 3) * 30];
        cell(brush, { x, y, width: 24, height: 24 }, hex);
        brush.write(grade === null ? "缺" : String(grade), x + 12, y + 12, {
          size: LEAST_TEXT,
          align: "center",
          color: inkOn(hex),
        });
        brush.write(`${grade === null ? "无有效数据" : name} ${days}天`, x + 31, y + 12, {
          size: LEAST_TEXT,
        });
      }
    },
  };
}

function large(spec: AqiCalendarSpec, month: string): Panel {
  const [width, height] = [CHART.room / 7, 66];
  const days = daysOf(spec.days, month);
  return {
    height: 30 + weeksOf(month) * height,
    draw(brush, top) {
      for (const [at, name] of WEEKDAYS.entries())
        brush.write(name, CHART.pad + (at + 0.5) * width, top + 14, {
          size: LEAST_TEXT,
          color: INK.soft,
          align: "center",
        });
      for (const { no, day, column, row } of days) {
        const box = {
          x: CHART.pad + column * width,
          y: top + 30 + row * height,
          width: width - 3,
          height: height - 3,
        };
        const level = levelCalled(day?.level ?? null);
        cell(brush, box, level?.hex ?? (day === undefined ? INK.band : INK.paper));
        const color = level === undefined ? INK.soft : inkOn(level.hex);
        brush.write(String(no), box.x + 5, box.y + 13, { size: LEAST_TEXT, color });
        if (day === undefined) continue;
        if (level !== undefined)
          brush.write(level.name, box.x + box.width - 5, box.y + 13, {
            size: LEAST_TEXT,
            color,
            align: "right",
          });
        brush.write(aqiText(day), box.x + box.width / 2, box.y + 42, {
          size: level === undefined ? 16 : 22,
          bold: level !== undefined,
          color,
          align: "center",
        });
      }
    },
  };
}

/** Months side by side, a number in each day: which class it is. */
function minis(spec: AqiCalendarSpec): Panel {
  const side = 22;
  const width = CHART.room / MINI_COLUMNS;
  const height = 6 * (side + 1) + 40;
  return {
    height: Math.ceil(spec.months.length / MINI_COLUMNS) * height,
    draw(brush, top) {
      for (const [at, month] of spec.months.entries()) {
        const x = CHART.pad + (at % MINI_COLUMNS) * width;
        const y = top + Math.floor(at / MINI_COLUMNS) * height;
        brush.write(monthText(month, spec), x, y + 12, { size: 16, bold: true });
        for (const { day, column, row } of daysOf(spec.days, month)) {
          const box = { x: x + column * (side + 1), y: y + 28 + row * (side + 1), width: side, height: side };
          const hex = levelCalled(day?.level ?? null)?.hex ?? (day === undefined ? INK.band : INK.paper);
          cell(brush, box, hex);
          if (day !== undefined)
            brush.write(markOf(day), box.x + side / 2, box.y + side / 2, {
              size: LEAST_TEXT,
              color: day.level === null ? INK.soft : inkOn(hex),
              align: "center",
            });
        }
      }
    },
  };
}

function cell(
  { fill }: Brush,
  { x, y, width, height }: Record<"x" | "y" | "width" | "height", number>,
  hex: string,
) {
  fill(x, y, width, height, hex === INK.band ? INK.band : "#9aa5b1");
  if (hex !== INK.band) fill(x + 0.5, y + 0.5, width - 1, height - 1, hex);
}

const monthText = (month: string, { months }: AqiCalendarSpec) => {
  const isOneYear = months.every((other) => other.slice(0, 4) === month.slice(0, 4));
  return `${isOneYear ? "" : `${month.slice(0, 4)}年`}${Number(month.slice(5))}月`;
};
