import type { IsoDate } from "../../domain/air/day.ts";
import { INK, type TextMeasure } from "../canvas.ts";
import { wrapped } from "../text-lines.ts";
import { daysOf, WEEKDAYS, weeksOf } from "./month-grid.ts";
import {
  CHART,
  type ChartFrame,
  type ChartKind,
  type ChartTone,
  LEAST_TEXT,
  type Panel,
  TONES,
} from "./panel.ts";

/** 日程: a month's days with what is due on them: how many in the grid, and day by day below it. */
export type MonthPlanSpec = ChartFrame & {
  kind: "month-plan";
  /** `YYYY-MM` */
  month: string;
  today: IsoDate | null;
  /** Days with something to be said of them, in order. */
  days: readonly PlannedDay[];
};
export type PlannedDay = {
  date: IsoDate;
  /** A holiday on a weekday, a working day on a weekend. */
  off?: "休" | "班";
  items: readonly {
    /** 09:00 */
    time: string | null;
    title: string;
    /** 已发出, 待运行, 暂停 */
    state: string;
    tone: ChartTone;
  }[];
};

/** Lines of the list that a picture has room for. */
const MOST_ITEMS = 60;

export const monthPlan: ChartKind<MonthPlanSpec> = {
  panels: (spec, measure) => [grid(spec), ...list(spec, measure)],
  figures: ({ days }) =>
    days.flatMap(({ date, items }) =>
      items.length === 0 ? [] : [{ of: date, figure: "事项", value: `${items.length}项` }],
    ),
};

function grid(spec: MonthPlanSpec): Panel {
  const [width, height] = [CHART.room / 7, 58];
  return {
    height: 30 + weeksOf(spec.month) * height + 10,
    draw({ context, fill, write }, top) {
      for (const [at, name] of WEEKDAYS.entries())
        write(name, CHART.pad + (at + 0.5) * width, top + 14, {
          size: LEAST_TEXT,
          color: INK.soft,
          align: "center",
        });
      for (const { no, date, day, column, row } of daysOf(spec.days, spec.month)) {
        const [x, y] = [CHART.pad + column * width, top + 30 + row * height];
        const isOff = day?.off === undefined ? column >= 5 : day.off === "休";
        fill(x, y, width - 3, height - 3, isOff ? INK.head : INK.band);
        if (date === spec.today) {
          context.strokeStyle = INK.text;
          context.lineWidth = 2;
          context.strokeRect(x + 1, y + 1, width - 5, height - 5);
        }
        write(String(no), x + 6, y + 15, { size: 16, bold: date === spec.today });
        if (day?.off !== undefined)
          write(day.off, x + width - 9, y + 15, {
            size: LEAST_TEXT,
            align: "right",
            color: day.off === "休" ? "#b3261e" : INK.text,
          });
        const items = day?.items ?? [];
        if (items.length === 0) continue;
        const { color, sign } = TONES[gravest(items)];
        write(`${sign} ${items.length}项`, x + (width - 3) / 2, y + 39, {
          size: 16,
          bold: true,
          color,
          align: "center",
        });
      }
    },
  };
}

const gravest = (items: PlannedDay["items"]): ChartTone =>
  (["bad", "notice", "good"] as const).find((tone) => items.some((item) => item.tone === tone)) ?? "muted";

function list(spec: MonthPlanSpec, measure: TextMeasure): Panel[] {
  let room = MOST_ITEMS;
  const busy = spec.days.filter(({ date, items }) => items.length > 0 && date.startsWith(spec.month));
  const shown = busy.flatMap((day) => {
    const items = day.items.slice(0, room);
    room -= items.length;
    return items.length === 0 ? [] : [{ ...day, items }];
  });
  const all = busy.reduce((sum, { items }) => sum + items.length, 0);
  const left = all - (MOST_ITEMS - room);
  const panels = shown.map((day) => ofDay(day, measure));
  if (all === 0) panels.push(remark("本月没有事项"));
  if (left > 0) panels.push(remark(`另有${left}项，请看清单`));
  return panels;
}

function ofDay({ date, items }: PlannedDay, measure: TextMeasure): Panel {
  const day = Temporal.PlainDate.from(date);
  const [from, width] = [CHART.pad + 92, CHART.room - 92];
  const lines = items.flatMap(({ time, title, state, tone }) => {
    const { color, sign } = TONES[tone];
    const said = `${sign} ${time === null ? "" : `${time} `}${title}${state === "" ? "" : `（${state}）`}`;
    return wrapped(measure, said, { width, lines: 2, look: { size: LEAST_TEXT } }).map((line) => ({
      line,
      color,
    }));
  });
  return {
    height: lines.length * 23 + 10,
    draw({ fill, write }, top) {
      fill(CHART.pad, top, CHART.room, 1, INK.line);
      write(`${day.day}日 周${WEEKDAYS[day.dayOfWeek - 1]}`, CHART.pad, top + 18, {
        size: LEAST_TEXT,
        bold: true,
      });
      for (const [i, { line, color }] of lines.entries())
        write(line, from, top + 18 + i * 23, { size: LEAST_TEXT, color });
    },
  };
}

const remark = (text: string): Panel => ({
  height: 34,
  draw: ({ write }, top) => write(text, CHART.pad, top + 18, { size: LEAST_TEXT, color: INK.soft }),
});
