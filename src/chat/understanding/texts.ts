import type { ArgMeta } from "../args.ts";
import type { AnyCommand } from "../command.ts";
import type { Reading } from "../recognise.ts";
import { meaning, type Piece } from "./piece.ts";
import type { AttemptState, PieceRole } from "./state.ts";

export const isText = ({ kind }: ArgMeta) => kind === "text" || kind === "longtext";

type Metas = readonly [string, ArgMeta][];

/**
 * Finds the text of an order among its pieces and gives it to the command's text argument: what stands in quotation marks,
 * or the first run that nothing explains, with what is glued to it. Whatever else is unexplained is left.
 */
export function textsOf(
  {
    command,
    metas,
    pieces,
    whole,
  }: { command: AnyCommand; metas: Metas; pieces: readonly Piece[]; whole: string },
  state: AttemptState,
  reading: Reading,
): Piece[] {
  const { roles } = state;
  const isOrder = command.kind === "change";
  const quoted = pieces.filter((piece) => piece.quoted);
  if (quoted.length === 0) glue(command, pieces, roles, metas, state);
  const slips = isOrder ? slipsAmong(pieces, roles, metas, state, reading) : [];
  const found = runsOf(
    pieces.filter((piece) => !slips.includes(piece)),
    roles,
    whole,
  );
  // Where the kind is named as such (更正 7 类别 工地扬尘) it is no description.
  const namesKind = metas.some(([, { kind, called }]) => kind === "category" && called !== undefined);
  const isBare = isOrder && quoted.length === 0 && !namesKind;
  const runs = isBare ? withKind(found, pieces, roles, whole) : found;
  const free = metas.filter(([name, meta]) => isText(meta) && state.args[name] === undefined);
  const left = pieces.filter((piece) => roles.get(piece) === "left");
  const open = free.filter(([, meta]) => !meta.prefix && meta.behind === undefined);
  // A list is searched for free words only where it was named; nobody else's words are its search.
  const [main] = open.length > 0 ? open : state.named ? free.filter(([, meta]) => meta.prefix) : [];
  const text = quoted[0] ?? runs[0];
  const others = runs.filter((run) => run !== text);
  const why = free.find(([, { behind }]) => behind !== undefined && behind === main?.[0]);
  const isSlip = !isOrder && text !== undefined && looksLikeName(text, metas, state, reading);
  if (text !== undefined && main !== undefined && !isSlip) {
    const { prefix } = main[1];
    const behind = free.find(
      ([, meta]) => meta.prefix && text.text.startsWith(meta.prefix) && text.text.length > meta.prefix.length,
    );
    const [name, meta] = behind ?? main;
    state.args[name] =
      meta.prefix && text.text.startsWith(meta.prefix) ? text.text.slice(meta.prefix.length) : text.text;
    if (prefix && !behind && !text.quoted) state.inferred.push(`按${meta.label}“${text.text}”理解`);
    if (why !== undefined && others.length > 0)
      state.args[why[0]] = others
        .splice(0)
        .map((run) => run.text)
        .join(" ");
  } else if (text !== undefined) left.push(text);
  return [...left, ...others].sort((a, b) => a.start - b.start);
}

/** What is glued to an unexplained run belongs to it, unless the order takes it: a place within a text is doubtful. */
function glue(
  command: AnyCommand,
  pieces: readonly Piece[],
  roles: Map<Piece, PieceRole>,
  metas: Metas,
  state: AttemptState,
): void {
  const isOwnName = (piece: Piece) => {
    const word = meaning(piece, "command");
    return word?.named.has(command.name) || word?.hinted.has(command.name);
  };
  const soft = (piece: Piece) => {
    const role = roles.get(piece);
    if (meaning(piece, "urgency") || meaning(piece, "who")) return false;
    if (role === "left")
      return !meaning(piece, "county") && !meaning(piece, "deadline") && !meaning(piece, "department");
    if (role === "silent") return !meaning(piece, "courtesy") && !isOwnName(piece);
    // 重大污染源 and 工地扬尘严重 are what the problem is, no level and no kind by themselves.
    return (
      role === "given" &&
      (meaning(piece, "choice") !== undefined || meaning(piece, "category") !== undefined) &&
      !meaning(piece, "command")
    );
  };
  const orderly = (piece: Piece) => meaning(piece, "orderly") !== undefined;
  const join = (piece: Piece, beside: Piece | undefined, glued: boolean) => {
    if (!glued || beside === undefined || roles.get(beside) !== "text" || beside.quoted || !soft(piece))
      return;
    if (roles.get(piece) === "given") forget(piece, metas, state);
    roles.set(piece, "text");
  };
  pieces.forEach((piece, i) => {
    join(piece, pieces[i - 1], piece.glued);
  });
  for (let i = pieces.length - 2; i >= 0; i--) {
    const piece = pieces[i] as Piece;
    // 3天内整改城南路积尘: the order's own verb behind its deadline is no part of the text.
    const before = pieces[i - 1];
    const isVerb = orderly(piece) && piece.glued && before !== undefined && roles.get(before) === "given";
    if (!isVerb) join(piece, pieces[i + 1], pieces[i + 1]?.glued ?? false);
  }
  for (const [i, piece] of pieces.entries())
    if (
      piece.glued &&
      roles.get(piece) === "given" &&
      roles.get(pieces[i - 1] as Piece) === "text" &&
      (meaning(piece, "county") || meaning(piece, "department") || meaning(piece, "bureau"))
    )
      state.inferred.push(piece.text);
}

function forget(piece: Piece, metas: Metas, state: AttemptState): void {
  for (const [name, meta] of metas) {
    const value = state.args[name];
    const words = { ...meta.says, ...meta.choices };
    const own = meta.kind === "category" ? meaning(piece, "category")?.name : words[piece.text];
    if (own !== undefined && value === own) delete state.args[name];
  }
}

/** While a county is wanted, a short word that is nearly one's name is a slip; it is taken for it, and asked about. */
function slipsAmong(
  pieces: readonly Piece[],
  roles: Map<Piece, PieceRole>,
  metas: Metas,
  state: AttemptState,
  { names }: Reading,
): Piece[] {
  const wanted = metas.find(
    ([name, meta]) => /^count/.test(meta.kind) && !meta.optional && state.args[name] === undefined,
  );
  if (wanted === undefined) return [];
  for (const piece of pieces) {
    if (roles.get(piece) !== "text" || piece.quoted || piece.text.length > 3) continue;
    // 昆山市: a place of elsewhere is no problem to be described.
    if (
      /[市县区]$/.test(piece.text) &&
      names.nearest(piece.text.slice(0, -1), names.placeNames).length === 0
    ) {
      roles.set(piece, "left");
      return [];
    }
    const [near] = names.nearest(piece.text.replace(/[市县区]$/, ""), names.placeNames);
    const place = near === undefined ? null : names.place(near);
    if (place === null) continue;
    state.args[wanted[0]] = wanted[1].kind === "counties" ? [place] : place;
    state.inferred.push(`${piece.text}（是否${place.short}）`);
    return [piece];
  }
  return [];
}

/** 问题 海按, 问题 住健局: a short word that is nearly a name which the list takes is no word to search for. */
function looksLikeName(
  { text, quoted }: Piece,
  metas: Metas,
  { args }: AttemptState,
  { names }: Reading,
): boolean {
  if (quoted || text.length > 4) return false;
  const bare = text.replace(/[市县区局委]$/, "");
  return metas.some(([name, meta]) => {
    if (args[name] !== undefined) return false;
    if (meta.kind === "county") return names.nearest(bare, names.placeNames).length > 0;
    if (meta.kind === "department")
      return /[局委办]$/.test(text) || names.nearest(bare, names.departmentNames).length > 0;
    return (
      meta.kind === "choice" &&
      text.length > 2 &&
      names.nearest(text, Object.keys(meta.choices ?? {})).length > 0
    );
  });
}

/**
 * 城南路 工地扬尘: the kind of problem beside the only description is part of it, and 工地扬尘问题 alone is one. It says the kind
 * all the same.
 */
function withKind(
  runs: readonly Piece[],
  pieces: readonly Piece[],
  roles: Map<Piece, PieceRole>,
  whole: string,
): Piece[] {
  const kind = pieces.find((piece) => roles.get(piece) === "given" && meaning(piece, "category"));
  const [run] = runs;
  if (kind === undefined || runs.length > 1) return [...runs];
  // 工地扬尘问题: what an order's reader takes for granted belongs to the words that it is written together with.
  const at = pieces.indexOf(kind);
  const rest = pieces.slice(at + 1).findIndex((p) => !p.glued || !meaning(p, "orderly"));
  const last = pieces[rest < 0 ? pieces.length - 1 : at + rest] as Piece;
  const stretch = { ...kind, text: whole.slice(kind.start, last.end), end: last.end, meanings: [] };
  if (run === undefined) return [stretch];
  const [first, second] = run.start < stretch.start ? [run, stretch] : [stretch, run];
  if (/\S/.test(whole.slice(first.end, second.start))) return [run];
  return [{ ...first, text: whole.slice(first.start, second.end), end: second.end }];
}

/** Unexplained stretches: pieces with nothing but signs between them are one, a blank begins another. */
function runsOf(pieces: readonly Piece[], roles: Map<Piece, PieceRole>, whole: string): Piece[] {
  const runs: Piece[] = [];
  let before: Piece | undefined;
  for (const piece of pieces) {
    if (roles.get(piece) === "text") {
      const run = runs.at(-1);
      const joined = before !== undefined && roles.get(before) === "text" && !piece.quoted && !before.quoted;
      if (run && joined && !/\s/.test(whole.slice(run.end, piece.start)))
        runs[runs.length - 1] = { ...run, text: whole.slice(run.start, piece.end), end: piece.end };
      else runs.push(piece.quoted ? piece : { ...piece, text: whole.slice(piece.start, piece.end) });
    }
    before = piece;
  }
  return runs;
}
