import { type Brush, INK, type Look, png, type TextMeasure } from "./canvas.ts";
import { inThread } from "./in-thread.ts";
import { wrapped } from "./text-lines.ts";
import { chosenMarks, type Mark, type PhaseTone } from "./timeline-marks.ts";
import { dayLabel, momentOf, type Scale, ticksOf, xOf } from "./timeline-scale.ts";

/** One issue's course. Instants are ms UTC; `zone` is the office's. */
export type Timeline = {
  no: string;
  title: string;
  county: string;
  state: string;
  zone: string;
  /** Where it stood from when to when, in order. */
  phases: readonly { name: string; from: number; to: number; tone: PhaseTone }[];
  /** What was done, and what fell due. */
  marks: readonly Mark[];
  /** The instant at which the deadline's day is over. */
  due: number;
};

const TONES: Readonly<Record<PhaseTone, string>> = {
  wait: "#b07400",
  work: "#2f7dc4",
  review: "#7a5bb5",
  end: "#2e8b57",
  bad: "#c8372d",
  rest: "#75828e",
};
// 600 points: a phone is about 390 wide, on which text of 16 is still as large as that of its messages.
const WIDTH = 600;
const PAD = 24;
const BAR = 38;
const DOT = 11;
const DAY_MS = 86_400_000;
const TITLE = { size: 22, bold: true } as const;
const SUB = { size: 15, color: INK.soft } as const;
const SMALL = { size: 13, color: INK.soft } as const;
const TIME = { size: 15, color: INK.soft } as const;
const STEP = { size: 16 } as const;
const NAME = { size: 15, bold: true, color: INK.paper, align: "center" } as const;

/**
 * An issue's course as a picture 1200 pixels wide: its phases as a bar over the dates, the deadline as a red line, and each
 * step as a numbered dot with its words in the list below.
 */
export const timelinePicture = inThread<[timeline: Timeline, marks: readonly string[]]>(
  import.meta.filename,
  "drawTimeline",
);

/** @public called by its name, in a thread. */
export function drawTimeline(timeline: Timeline, marks: readonly string[]): Promise<Uint8Array> {
  return png((measure) => {
    const scale = scaleOf(timeline);
    // Each part begins where the one above it ends.
    const parts = [head, bar, dots, narrow, list].map((part) => part(timeline, scale, measure));
    if (marks.length > 0) parts.push(foot(marks));
    return {
      width: WIDTH,
      height: parts.reduce((sum, { height }) => sum + height, PAD + 12),
      draw(brush) {
        let y = PAD - 4;
        for (const { height, draw } of parts) {
          draw(brush, y);
          y += height;
        }
      },
    };
  });
}

/** A part of the picture: how high it is, and how it is drawn from `y` downwards. */
type Part = { height: number; draw(brush: Brush, y: number): void };

function scaleOf({ phases, marks, due, zone }: Timeline): Scale {
  const instants = [...phases.flatMap((p) => [p.from, p.to]), ...marks.map((m) => m.at), due];
  const from = Math.min(...instants);
  return { from, to: Math.max(...instants, from + DAY_MS), left: PAD, right: WIDTH - PAD, zone };
}

function head({ title, no, county, state }: Timeline, _: Scale, measure: TextMeasure): Part {
  const room = { width: WIDTH - 2 * PAD, lines: 2 };
  const lines = wrapped(measure, title, { ...room, look: TITLE });
  const below = wrapped(measure, `${no}　${county}　现为“${state}”`, { ...room, lines: 1, look: SUB });
  return {
    height: lines.length * 30 + 36,
    draw({ write }, y) {
      for (const [i, line] of lines.entries()) write(line, PAD, y + 15 + i * 30, TITLE);
      for (const line of below) write(line, PAD, y + lines.length * 30 + 15, SUB);
    },
  };
}

/** The deadline's date, the dates, and the phases; what the unit holds after the deadline is underlined in red. */
function bar({ phases, due }: Timeline, scale: Scale, measure: TextMeasure): Part {
  const dueX = xOf(scale, due);
  const ticks = ticksOf(scale, measure, dueX);
  const overdue = phases.filter((p) => p.to > due && (p.tone === "wait" || p.tone === "work"));
  const text = `期限 ${dayLabel(due - 1, scale)}${overdue.length > 0 ? "，已超期" : ""}`;
  const look: Look = { size: 15, bold: true, color: TONES.bad };
  const half = measure(text, look) / 2;
  const textX = Math.min(Math.max(dueX, PAD + half), WIDTH - PAD - half) - half;
  return {
    height: 52 + BAR + 5,
    draw({ fill, write }, y) {
      const top = y + 52;
      write(text, textX, y + 14, look);
      for (const tick of ticks) {
        write(tick.text, tick.textX, y + 37, SMALL);
        fill(tick.x - 0.5, y + 46, 1, 6, INK.soft);
      }
      fill(PAD, top, WIDTH - 2 * PAD, BAR, INK.band);
      for (const phase of phases) {
        const { x, width } = spanOf(phase, scale);
        fill(x, top, width, BAR, TONES[phase.tone]);
        const nameX = nameXOf(phase, { scale, measure, dueX });
        if (nameX !== null) write(phase.name, nameX, top + BAR / 2, NAME);
      }
      for (const { from, to } of overdue) {
        const { x, width } = spanOf({ from: Math.max(from, due), to }, scale);
        fill(x, top + BAR, width, 5, TONES.bad);
      }
      fill(dueX - 1.5, y + 25, 3, 27 + BAR + 5, TONES.bad);
    },
  };
}

/** The steps on the axis: a dot that would touch another goes to the next row down. */
function dots({ marks }: Timeline, scale: Scale): Part {
  const ends: number[] = [];
  const placed = chosenMarks(marks).shown.map((mark, i) => {
    const x = Math.min(Math.max(xOf(scale, mark.at), PAD + DOT), WIDTH - PAD - DOT);
    const free = ends.findIndex((end) => end < x - DOT);
    const row = free < 0 ? ends.length : free;
    ends[row] = x + DOT + 2;
    return { mark, no: i + 1, x, y: row * (2 * DOT + 3) + DOT + 12 };
  });
  return {
    height: ends.length * (2 * DOT + 3) + 20,
    draw(brush, y) {
      for (const { mark, x, y: down } of placed)
        stem(brush, { from: xOf(scale, mark.at), x, top: y - 5, bottom: y + down, color: TONES[mark.tone] });
      for (const { mark, no, x, y: down } of placed) dot(brush, no, x, y + down, TONES[mark.tone]);
    },
  };
}

/** The phases that were too short for their names to stand in the bar. */
function narrow({ phases, due }: Timeline, scale: Scale, measure: TextMeasure): Part {
  const room = { scale, measure, dueX: xOf(scale, due) };
  const short = phases.filter((phase) => nameXOf(phase, room) === null);
  let x = PAD;
  let row = 0;
  const placed = short.map(({ name, tone, from, to }) => {
    const [first, last] = [dayLabel(from, scale), dayLabel(Math.max(from, to - 1), scale)];
    const text = `${name} ${first === last ? first : `${first}至${last}`}`;
    const width = 18 + measure(text, SMALL) + 18;
    if (x > PAD && x + width > WIDTH) {
      x = PAD;
      row++;
    }
    x += width;
    return { text, tone, x: x - width, row };
  });
  return {
    height: placed.length === 0 ? 0 : (row + 1) * 22 + 10,
    draw({ fill, write }, y) {
      for (const { text, tone, x, row } of placed) {
        fill(x, y + row * 22 + 4, 12, 12, TONES[tone]);
        write(text, x + 18, y + row * 22 + 10, SMALL);
      }
    },
  };
}

/** What each dot means, in order of time. */
function list({ marks }: Timeline, scale: Scale, measure: TextMeasure): Part {
  const { shown, left } = chosenMarks(marks);
  const times = shown.map((mark) => momentOf(mark.at, scale));
  const timeX = PAD + 2 * DOT + 10;
  const textX = timeX + Math.max(0, ...times.map((time) => measure(time, TIME))) + 14;
  let height = 0;
  const rows = shown.map((mark, i) => {
    const lines = wrapped(measure, mark.label, { width: WIDTH - PAD - textX, lines: 2, look: STEP });
    const row = { mark, no: i + 1, time: times[i] ?? "", lines, top: height };
    height += lines.length * 24 + 10;
    return row;
  });
  return {
    height: height + (left > 0 ? 26 : 0) + 6,
    draw(brush, y) {
      brush.fill(PAD, y - 4, WIDTH - 2 * PAD, 1, INK.line);
      for (const { mark, no, time, lines, top } of rows) {
        const middle = y + top + 18;
        dot(brush, no, PAD + DOT, middle, TONES[mark.tone]);
        brush.write(time, timeX, middle, TIME);
        const color = mark.tone === "bad" ? TONES.bad : INK.text;
        for (const [i, line] of lines.entries())
          brush.write(line, textX, middle + i * 24, { ...STEP, color });
      }
      if (left > 0) brush.write(`另有${left}项未列出，见办理经过。`, PAD, y + height + 18, SUB);
    },
  };
}

/** That it shows a demonstration. */
const foot = (marks: readonly string[]): Part => ({
  height: 30,
  draw: ({ write }, y) => write(marks.join("　"), PAD, y + 15, { ...SUB, color: TONES.bad }),
});

/** From a step's instant on the bar to its dot, which stands a little aside at the edges. */
function stem(
  { context }: Brush,
  { from, x, top, bottom, color }: { from: number; x: number; top: number; bottom: number; color: string },
): void {
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(from, top);
  context.lineTo(x, top + 13);
  context.lineTo(x, bottom);
  context.stroke();
}

function dot({ context, write }: Brush, no: number, x: number, y: number, color: string): void {
  for (const [radius, ink] of [
    [DOT + 1.5, INK.paper],
    [DOT, color],
  ] as const) {
    context.fillStyle = ink;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }
  write(String(no), x, y, { size: 13, bold: true, color: INK.paper, align: "center" });
}

/** A phase on the axis, with a hair of paper to the next; never so short that it can't be seen. */
function spanOf({ from, to }: { from: number; to: number }, scale: Scale): { x: number; width: number } {
  const x = xOf(scale, from);
  return { x, width: Math.max(xOf(scale, to) - x - 1, 2) };
}

/** The middle of a phase's name in the bar, on one side of the deadline's line; null where it has no room. */
function nameXOf(
  phase: Timeline["phases"][number],
  { scale, measure, dueX }: { scale: Scale; measure: TextMeasure; dueX: number },
): number | null {
  const { x, width } = spanOf(phase, scale);
  const needed = measure(phase.name, NAME) + 10;
  const middle = x + width / 2;
  if (needed < width && Math.abs(dueX - middle) > needed / 2) return middle;
  const sides = [
    [x, Math.min(dueX, x + width)],
    [Math.max(dueX, x), x + width],
  ] as const;
  const wider = sides.toSorted((a, b) => b[1] - b[0] - (a[1] - a[0]))[0] ?? [0, 0];
  return needed < wider[1] - wider[0] ? (wider[0] + wider[1]) / 2 : null;
}
