import type { ArgMeta, NamedUnit } from "../args.ts";
import { type Meaning, meaning, type Piece } from "./piece.ts";
import type { AttemptState } from "./state.ts";

/** Units that are named together: 城管局、交通局. */
type Group = { units: readonly Piece[]; joints: readonly Piece[] };

/**
 * Gives units to the arguments that a word beside them speaks of: 城管局主办, 配合城管局、交通局, 协办：如皋. A word takes the
 * units that it is written together with, those before it first; where blanks stand on both sides, the phrase's own habit
 * decides. What is no unit of ours, and a second one where there can be but one, is asked about.
 */
export function giveParts(
  read: readonly Piece[],
  metas: readonly [string, ArgMeta][],
  whole: string,
  state: AttemptState,
): void {
  if (!metas.some(([, { beside }]) => beside !== undefined)) return;
  const pieces = withStrangers(read, state);
  const argOf = ({ quoted, text }: Piece) =>
    quoted ? undefined : metas.find(([, { beside }]) => beside?.includes(text));
  const words = pieces.filter((piece) => argOf(piece) !== undefined);
  if (words.length === 0) return;
  const groups = groupsOf(pieces, whole);
  const habit = pieces.filter((piece) => words.includes(piece) || meaning(piece, "department"));
  const unitsFirst = !words.includes(habit[0] as Piece) && words.includes(habit.at(-1) as Piece);
  const taken = new Set<Group>();

  for (const word of words) {
    const [name, meta] = argOf(word) as [string, ArgMeta];
    const at = pieces.indexOf(word);
    // 海安城管局主办: a county's own bureau is the county itself, whom the order goes to.
    if (meta.kind !== "units" && word.glued && meaning(pieces[at - 1] as Piece, "bureau")) {
      state.roles.set(word, "silent");
      continue;
    }
    const isFree = (group: Group) =>
      !taken.has(group) && (meta.kind === "units" || group.units.every(isDepartment));
    const left = groups.find((group) => group.units.at(-1) === pieces[at - 1] && isFree(group));
    // 主办单位为住建局
    const link = /^[为是]$/.test(pieces[at + 1]?.text ?? "") ? pieces[at + 1] : undefined;
    const head = pieces[link ? at + 2 : at + 1];
    const right = groups.find((group) => group.units[0] === head && isFree(group));
    const isBound = /^\s*[:：]\s*$|^$/.test(whole.slice(link?.end ?? word.end, head?.start));
    // 海安 协办 城管局: behind a blank a county is whom the order goes to.
    const near = left?.units.every(isDepartment) ? left : undefined;
    const group =
      left && word.glued
        ? left
        : right && isBound
          ? right
          : near && right && unitsFirst
            ? near
            : (right ?? near);
    if (group === undefined) {
      askStranger(word, pieces[at - 1], pieces[at + 1], state);
      continue;
    }
    taken.add(group);
    for (const piece of [word, ...group.joints, ...(group === right && link ? [link] : [])])
      state.roles.set(piece, "silent");
    const instead = metas.find(([, { kind, beside }]) => kind === "units" && beside)?.[1].beside?.[0];
    if (give(group, [name, meta, instead], pieces, state) === "asked") continue;
    // 住建局配合不力 says what is wrong: words without a blank between them may be one sentence.
    const all = [word, ...group.units].toSorted((a, b) => a.start - b.start);
    const [first, last] = [all[0] as Piece, all.at(-1) as Piece];
    const [ahead, after] = [pieces[pieces.indexOf(first) - 1], pieces[pieces.indexOf(last) + 1]];
    if ((first.glued && isRun(ahead) && ahead?.text !== "由") || (after?.glued && isRun(after)))
      state.inferred.push(`${whole.slice(first.start, last.end)}（${meta.label}）`);
  }
}

/** Something that nothing explains: part of a description, more likely than not. */
const isRun = (piece: Piece | undefined) => piece?.meanings.length === 0 && !piece.quoted;

function groupsOf(pieces: readonly Piece[], whole: string): Group[] {
  const groups: Group[] = [];
  for (let i = 0; i < pieces.length; i++) {
    if (!isUnit(pieces[i])) continue;
    const [units, joints] = [[pieces[i] as Piece], [] as Piece[]];
    for (;;) {
      const [next, behind] = [pieces[i + 1], pieces[i + 2]];
      if (next && isUnit(next) && /^\s*、?\s*$/.test(whole.slice(units.at(-1)?.end, next.start))) {
        // A blank alone joins nothing.
        if (!next.glued && !whole.slice(units.at(-1)?.end, next.start).includes("、")) break;
        units.push(next);
        i += 1;
      } else if (next?.glued && /^(和|与|及|以及|跟)$/.test(next.text) && behind?.glued && isUnit(behind)) {
        joints.push(next);
        units.push(behind);
        i += 2;
      } else break;
    }
    groups.push({ units, joints });
  }
  return groups;
}

/** `instead`: the word for units of which there may be several. @returns whether one has to be asked about already. */
function give(
  group: Group,
  [name, meta, instead]: [name: string, meta: ArgMeta, instead: string | undefined],
  pieces: readonly Piece[],
  state: AttemptState,
): "given" | "asked" {
  let outcome: "given" | "asked" = "given";
  for (const piece of group.units) {
    const unit = unitOf(piece);
    if (unit === undefined) {
      outcome = "asked";
      continue;
    }
    state.roles.set(piece, "given");
    const before = piece.glued ? pieces[pieces.indexOf(piece) - 1] : undefined;
    if (before?.text === "由") state.roles.set(before, "silent");
    const bureau = meaning(piece, "bureau");
    if (bureau) state.inferred.push(`${piece.text}（按${bureau.place.short}）`);
    if (meta.kind === "units") state.args[name] = [...((state.args[name] ?? []) as NamedUnit[]), unit];
    else if (state.args[name] === undefined) state.args[name] = unit;
    else {
      state.inferred.push(
        `${piece.text}（${meta.beside?.[0] ?? meta.label}只能有一个单位，其余的请写“${instead ?? ""}”）`,
      );
      outcome = "asked";
    }
  }
  return outcome;
}

/** 苏州市住建局 is another city's, whatever stands beside it: one piece, that is asked about and given to nothing. */
function withStrangers(pieces: readonly Piece[], state: AttemptState): Piece[] {
  const found: Piece[] = [];
  for (const piece of pieces) {
    const before = found.at(-1);
    const said = piece.glued && isRun(before) && isDepartment(piece) ? (before?.text ?? "") : "";
    const isPlace =
      /^\p{Script=Han}{2,4}$/u.test(said) && (/[市县区省]$/.test(said) || piece.text.startsWith("市"));
    if (!isPlace || before === undefined) {
      found.push(piece);
      continue;
    }
    state.roles.set(before, "silent").set(piece, "silent");
    const stranger = { ...before, text: said + piece.text, end: piece.end, meanings: [STRANGER] };
    state.inferred.push(`${stranger.text}（不是本市的单位，请改写）`);
    found[found.length - 1] = stranger;
  }
  return found;
}
const STRANGER: Meaning = { kind: "who" };

/** 气象站协办: who is meant is none of the plan's units, and no problem's description either. */
function askStranger(
  word: Piece,
  before: Piece | undefined,
  behind: Piece | undefined,
  state: AttemptState,
): void {
  const isName = (piece: Piece | undefined) =>
    isRun(piece) && /^\p{Script=Han}{1,12}[局委办厅站队所院社]$/u.test(piece?.text ?? "");
  const stranger =
    word.glued && isName(before) ? before : behind?.glued && isName(behind) ? behind : undefined;
  if (stranger === undefined) return;
  state.roles.set(stranger, "silent").set(word, "silent");
  state.inferred.push(`${stranger.text}（不是本市的部门或县（市、区），请改写）`);
}

const isStranger = (piece: Piece) => piece.meanings.includes(STRANGER);
const isUnit = (piece: Piece | undefined) =>
  piece !== undefined && (unitOf(piece) !== undefined || isStranger(piece));
const isDepartment = (piece: Piece) => meaning(piece, "department") !== undefined || isStranger(piece);

function unitOf(piece: Piece): NamedUnit | undefined {
  if (piece.quoted) return undefined;
  return (
    meaning(piece, "department")?.department ??
    meaning(piece, "county")?.place ??
    meaning(piece, "bureau")?.place
  );
}
