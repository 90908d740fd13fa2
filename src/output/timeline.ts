import { type Brush, fitted, INK, png } from "./canvas.ts";

/** One issue's course. Instants are ms UTC; `zone` is the office's. */
export type Timeline = {
  no: string;
  title: string;
  county: string;
  state: string;
  zone: string;
  /** Where it stood from when to when, in order. */
  phases: readonly { name: string; from: number; to: number; tone: Tone }[];
  /** What was done, and what fell due. */
  marks: readonly { at: number; label: string; tone: Tone }[];
  due: number;
};
export type Tone = "wait" | "work" | "review" | "end" | "bad" | "rest";

const TONES: Readonly<Record<Tone, string>> = {
  wait: "#e0a100",
  work: "#2f7dc4",
  review: "#7a5bb5",
  end: "#2e8b57",
  bad: "#c8372d",
  rest: "#8795a1",
};
const WIDTH = 1000;
const LEFT = 40;
const RIGHT = 40;
const BAR = { top: 118, height: 40 };
const ROW = 24;
/** Marks beyond this many are counted, not drawn: the last and the grave ones stay. */
const MOST_MARKS = 24;
const DAY_MS = 86_400_000;

/** An issue's course as a picture: phases as a bar with their names, what was done below, the deadline as a red line. */
export function timelinePicture(timeline: Timeline): Promise<Uint8Array> {
  const from = Math.min(...timeline.phases.map((p) => p.from), ...timeline.marks.map((m) => m.at));
  const last = Math.max(
    ...timeline.phases.map((p) => p.to),
    ...timeline.marks.map((m) => m.at),
    timeline.due,
  );
  const to = Math.max(last, from + DAY_MS);
  const x = (at: number) => LEFT + ((at - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const { shown, left } = chosen(timeline.marks);
  // The rows depend on how wide the labels are, which only a canvas knows: they are laid out once to measure.
  const rows = (brush: Brush) => laidOut(brush, shown, x, timeline.zone);
  return measured(rows).then((depth) =>
    png({ width: WIDTH, height: BAR.top + BAR.height + 66 + depth * ROW + (left > 0 ? 30 : 10) }, (brush) => {
      head(brush, timeline);
      for (const phase of timeline.phases) drawPhase(brush, phase, x);
      axis(brush, { from, to, zone: timeline.zone }, x);
      const labels = rows(brush).map((label) => ({
        ...label,
        y: BAR.top + BAR.height + 58 + label.row * ROW,
      }));
      for (const { mark, y } of labels) line(brush, x(mark.at), BAR.top + BAR.height, y, TONES[mark.tone], 1);
      for (const { mark, y, at, text } of labels) {
        // A stem on its way to a lower row runs behind the words, not through them.
        brush.context.fillStyle = INK.paper;
        brush.context.fillRect(at - 2, y - ROW / 2 + 2, brush.widthOf(text, { size: 13 }) + 4, ROW - 4);
        dot(brush, x(mark.at), y, TONES[mark.tone]);
        brush.write(text, at, y, { size: 13, color: mark.tone === "bad" ? TONES.bad : INK.text });
      }
      drawDue(brush, timeline, x);
      if (left > 0)
        brush.write(`另有${left}项未画出，见办理经过。`, LEFT, BAR.top + BAR.height + 64 + depth * ROW, {
          size: 13,
          color: INK.soft,
        });
    }),
  );
}

async function measured(rows: (brush: Brush) => readonly { row: number }[]): Promise<number> {
  let depth = 0;
  await png({ width: 1, height: 1 }, (brush) => {
    depth = Math.max(0, ...rows(brush).map(({ row }) => row + 1));
  });
  return depth;
}

/** The marks that are drawn, in order of time: when there are too many, reminders in the middle go first. */
function chosen(marks: Timeline["marks"]): { shown: Timeline["marks"]; left: number } {
  const inOrder = marks.toSorted((a, b) => a.at - b.at);
  if (inOrder.length <= MOST_MARKS) return { shown: inOrder, left: 0 };
  const first = new Set([
    ...inOrder.filter((m) => m.tone !== "rest").slice(-MOST_MARKS + 2),
    ...inOrder.slice(0, 2),
  ]);
  const shown = inOrder.filter((m) => first.has(m));
  return { shown, left: inOrder.length - shown.length };
}

/** Each label gets the first row in which it touches no other. */
function laidOut(brush: Brush, marks: Timeline["marks"], x: (at: number) => number, zone: string) {
  const ends: number[] = [];
  return marks.map((mark) => {
    const text = `${dayOf(mark.at, zone)} ${mark.label}`;
    const width = brush.widthOf(text, { size: 13 });
    // Near the right edge a label stands to the left of its dot.
    const at = x(mark.at) + 8 + width > WIDTH - 8 ? x(mark.at) - 8 - width : x(mark.at) + 8;
    const begins = Math.min(at, x(mark.at) - 6);
    let row = ends.findIndex((end) => end < begins);
    if (row < 0) row = ends.length;
    ends[row] = Math.max(at + width, x(mark.at)) + 8;
    return { mark, row, at, text };
  });
}

function head(brush: Brush, { no, title, county, state }: Timeline): void {
  const room = WIDTH - LEFT - RIGHT;
  brush.write(fitted(brush, title, room, { size: 22, bold: true }), LEFT, 34, { size: 22, bold: true });
  brush.write(fitted(brush, `${no}　${county}　现为“${state}”`, room), LEFT, 66, { color: INK.soft });
}

function drawPhase(
  brush: Brush,
  { name, from, to, tone }: Timeline["phases"][number],
  x: (at: number) => number,
): void {
  const [left, right] = [x(from), x(to)];
  const width = Math.max(right - left, 2);
  brush.context.fillStyle = TONES[tone];
  brush.context.fillRect(left, BAR.top, width - 1, BAR.height);
  const look = { size: 14, color: "#ffffff", align: "center" as const };
  if (brush.widthOf(name, look) + 10 < width)
    brush.write(name, left + width / 2, BAR.top + BAR.height / 2, look);
}

function axis(
  brush: Brush,
  { from, to, zone }: { from: number; to: number; zone: string },
  x: (at: number) => number,
): void {
  const y = BAR.top + BAR.height + 22;
  const days = (to - from) / DAY_MS;
  const step = [1, 2, 5, 7, 14, 30, 61, 91, 183, 366].find((n) => days / n <= 9) ?? 366;
  const first = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).startOfDay();
  for (let day = first; day.epochMilliseconds <= to; day = day.add({ days: step })) {
    const at = x(Math.max(day.epochMilliseconds, from));
    line(brush, at, BAR.top + BAR.height, BAR.top + BAR.height + 8, INK.line, 1);
    brush.write(dayOf(day.epochMilliseconds, zone), at, y, {
      size: 12,
      color: INK.soft,
      align: at < LEFT + 20 ? "left" : "center",
    });
  }
}

function drawDue(brush: Brush, { due, zone }: Timeline, x: (at: number) => number): void {
  const at = x(due);
  line(brush, at, BAR.top - 8, BAR.top + BAR.height + 10, TONES.bad, 2);
  const text = `期限 ${dayOf(due - 1, zone)}`;
  const align = at > WIDTH - 90 ? "right" : at < 90 ? "left" : "center";
  brush.write(text, at, BAR.top - 20, { size: 13, bold: true, color: TONES.bad, align });
}

function line({ context }: Brush, x: number, from: number, to: number, color: string, width: number): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(x, from);
  context.lineTo(x, to);
  context.stroke();
}

function dot({ context }: Brush, x: number, y: number, color: string): void {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, 4, 0, 2 * Math.PI);
  context.fill();
}

/** 6月5日 */
function dayOf(at: number, zone: string): string {
  const { month, day } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return `${month}月${day}日`;
}
