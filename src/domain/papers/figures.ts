/** A figure as it was printed: of whom, which one, and what stood there. */
export type PrintedFigure = { of: string; figure: string; value: string };

/** A figure that stands otherwise in one print than in another; — where it isn't in it. */
export type FigureChange = { of: string; figure: string; before: string; after: string };

/** What is printed otherwise now, in the order of the earlier print; what only the later one has comes last. */
export function figureChanges(
  before: readonly PrintedFigure[],
  after: readonly PrintedFigure[],
): FigureChange[] {
  const keyOf = ({ of, figure }: PrintedFigure) => JSON.stringify([of, figure]);
  const valuesOf = (figures: readonly PrintedFigure[]) =>
    new Map(figures.map((one) => [keyOf(one), one.value]));
  const [old, current] = [valuesOf(before), valuesOf(after)];
  const all = new Map([...before, ...after].map((one) => [keyOf(one), one]));
  return [...all].flatMap(([key, { of, figure }]) => {
    const [was, is] = [old.get(key) ?? "—", current.get(key) ?? "—"];
    return was === is ? [] : [{ of, figure, before: was, after: is }];
  });
}
