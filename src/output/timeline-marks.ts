/** What a phase or a mark of a course means; colour is never its only carrier. */
export type PhaseTone = "wait" | "work" | "review" | "end" | "bad" | "rest";
/** What was done, or fell due; `at` in ms UTC. */
export type Mark = { at: number; label: string; tone: PhaseTone };

type Marks = readonly Mark[];

/** Steps that a picture lists; more than these nobody reads on a phone. */
export const MOST_MARKS = 16;
/** Steps at the beginning that stay in any case: how it was assigned and taken on. */
const FIRST = 3;

/**
 * The marks that are drawn, in order of time, and how many are left out. Of what repeats itself from day to day (labels that
 * differ in figures only) the first and the last stay; then what is merely noted goes; then the middle.
 */
export function chosenMarks(marks: Marks): { shown: Marks; left: number } {
  let shown = marks.toSorted((a, b) => a.at - b.at);
  if (shown.length > MOST_MARKS) shown = shown.filter((mark, i) => !repeats(mark.label, i, shown));
  if (shown.length > MOST_MARKS) {
    const spare = new Set(shown.filter((mark) => mark.tone === "rest").slice(0, shown.length - MOST_MARKS));
    shown = shown.filter((mark) => !spare.has(mark));
  }
  if (shown.length > MOST_MARKS) shown = [...shown.slice(0, FIRST), ...shown.slice(FIRST - MOST_MARKS)];
  return { shown, left: marks.length - shown.length };
}

/** Whether a mark has its like both before and after it. */
function repeats(label: string, at: number, marks: Marks): boolean {
  const alike = (mark: Marks[number]) => bare(mark.label) === bare(label);
  return marks.slice(0, at).some(alike) && marks.slice(at + 1).some(alike);
}

const bare = (label: string) => label.replace(/\d+/g, "#");
