import { type ArgMeta, argsOf } from "../args.ts";
import type { AnyCommand } from "../command.ts";
import { type Reading, topicOf } from "../recognise.ts";
import { shortDate } from "../wording.ts";
import { withSubunits } from "./bureaus.ts";
import { calledIn } from "./called.ts";
import { givesArg, isAnothers, isCourtesy, placeOfHead } from "./leading.ts";
import { giveParts } from "./parts.ts";
import { meaning, type Piece } from "./piece.ts";
import { FUNCTION_CHARACTERS } from "./small-words.ts";
import type { AttemptState, PieceRole } from "./state.ts";
import { isText, textsOf } from "./texts.ts";
import { valueFrom } from "./values.ts";

/** How well one command explains a phrase. */
export type Attempt = {
  command: AnyCommand;
  args: Record<string, unknown>;
  /** Pieces that it can't explain. */
  left: readonly Piece[];
  /** What it took without its being said so, in Chinese: read back before anything is changed. */
  inferred: readonly string[];
  /** What it has to say of what it took, plain as that was: a term that moved to a working day. */
  remarks: readonly string[];
  /** 3: its name was said, 2: a word that hints at it, 1: an argument that asks for it. 0: nothing speaks for it. */
  strength: number;
  /** Whether its name is the first thing said. */
  leads: boolean;
};

/** A phrase cut into pieces. `typed` is what `text` reads in simplified characters, sign by sign: names and texts are kept so. */
export type Cut = { text: string; typed: string; pieces: readonly Piece[]; opaque: readonly Piece[] };

/** Reads a phrase as one command's, with the arguments that are given already. `addressed`: it was called by its Latin name. */
export function attempt(
  command: AnyCommand,
  cut: Cut,
  given: Readonly<Record<string, unknown>>,
  reading: Reading,
  addressed: boolean,
): Attempt {
  const all = argsOf(command.args).filter(([, meta]) => !meta.formOnly);
  const takesText = all.some(([, meta]) => isText(meta));
  const pieces = takesText ? cut.opaque : cut.pieces;
  const isSaid = (name: string) => pieces.some((piece) => givesArg(name, piece, all, reading));
  const metas = all.filter(([, meta]) => meta.with === undefined || isSaid(meta.with));
  const args: Record<string, unknown> = { ...given };
  const head = addressed
    ? undefined
    : (pieces.find((piece) => meaning(piece, "command")?.named.has(command.name)) ??
      pieces.find((piece) => meaning(piece, "command")?.hinted.has(command.name)));
  const named =
    addressed || (head !== undefined && meaning(head, "command")?.named.has(command.name) === true);
  if (isAnothers(command, head, { metas, pieces, reading }))
    return { command, args, left: pieces, inferred: [], remarks: [], strength: 0, leads: false };
  const { isFirst, isBehind } = placeOfHead(head, { metas, pieces, reading });
  const leads = addressed || (named && isFirst);
  const base = { command, args, leads, strength: named ? 3 : head ? 2 : 0 };

  const rest = metas.find(([name, meta]) => meta.rest && args[name] === undefined);
  const last = pieces.findLast((piece) => piece === head || !isCourtesy(piece));
  // 文件 演练 asks another command about it.
  const isFirstNamed = pieces.find((piece) => meaning(piece, "command")?.named.size) === head;
  if (rest && named && (leads || (rest[1].wholly ? isFirstNamed : head === last))) {
    const numbers = pieces.filter((piece) => piece.end <= (head?.start ?? 0) && meaning(piece, "issue"));
    const before = leads ? numbers.map(({ text }) => text).join(" ") : cut.typed.slice(0, head?.start);
    const said = head && !rest[1].wholly ? `${before} ${cut.typed.slice(head.end)}` : cut.typed;
    const text = said.replace(/^[\s:：，,]+|[\s。，,！!]+$/g, "").replace(/^["“](.*)["”]$/, "$1");
    // 发成表格发我一下: small words alone are nothing to be asked.
    const isSaid = pieces.some((p) => p !== head && !isCourtesy(p) && !meaning(p, "filler"));
    if (text !== "" && (isSaid || !rest[1].optional || rest[1].wholly)) args[rest[0]] = text;
    return { ...base, left: [], inferred: [], remarks: [] };
  }

  // 邀请 海安领导 …: a name is whatever stands there, though it holds a county and a post.
  const nameArg = metas.find(([name, meta]) => meta.first && args[name] === undefined);
  const from = head?.end ?? 0;
  const word = nameArg && leads ? /^[\s:：]*(?:["“]([^"“”]*)["”]|(\S+))/.exec(cut.typed.slice(from)) : null;
  if (nameArg && word) args[nameArg[0]] = word[1] ?? word[2];
  const behind = word ? from + word[0].length : 0;
  const why = named ? reasonSaid(metas, { pieces, from: head?.start ?? 0, cut, reading }) : null;
  if (why) args[why.name] = why.said;
  const until = why?.at ?? cut.text.length;
  const open = metas.filter(([name]) => args[name] === undefined);
  const called = calledIn(open, pieces, cut.text, reading);
  Object.assign(args, called.values);
  const spoken = called.rest.filter(
    (piece) => piece === head || (piece.start >= behind && piece.end <= until),
  );
  const below = open.find(
    ([name, { kind }]) => kind === "subunit" && (named || command.impliedBy?.includes(name)),
  );
  const read = below ? withSubunits(spoken, cut.text, below[1], reading) : spoken;

  const state: AttemptState = {
    args,
    inferred: [...called.doubts],
    remarks: [],
    implied: false,
    named,
    roles: new Map(),
  };
  giveParts(read, metas, cut.text, state);
  for (const piece of read) {
    if (state.roles.has(piece)) continue;
    const role = roleOf(piece, {
      command,
      metas,
      reading,
      given,
      piece,
      named: named || head !== undefined,
      state,
      head,
    });
    state.roles.set(piece, role);
  }
  const left =
    takesText || command.kind === "change"
      ? textsOf({ command, metas, pieces: read, whole: cut.typed }, state, reading)
      : questionsLeft(metas, read, state, reading);
  // A name that is written with a blank is one name, for whoever takes it to judge.
  while (
    nameArg &&
    word &&
    left[0]?.meanings.length === 0 &&
    !cut.typed.slice(from, left[0].start).trim().includes(" ")
  ) {
    args[nameArg[0]] = `${args[nameArg[0]]} ${left.shift()?.text}`;
  }
  const strength = base.strength || (state.implied ? 1 : 0);
  const unexplained = [...called.faults, ...left];
  const { inferred, remarks } = state;
  // 周通报签发了吗 asks.
  const isOrder = leads && (addressed || !isBehind || unexplained.length === 0);
  return { ...base, leads: isOrder, strength, left: unexplained, inferred, remarks };
}

/** What stands behind the value of another argument to say why, where more than small words does: 暂停夜施 1 海安群众投诉. */
function reasonSaid(
  metas: readonly [string, ArgMeta][],
  { pieces, from, cut, reading }: { pieces: readonly Piece[]; from: number; cut: Cut; reading: Reading },
): { name: string; said: string; at: number } | null {
  for (const [name, { behind }] of metas) {
    if (behind === undefined) continue;
    const isName = metas.some(([other, meta]) => other === behind && isText(meta));
    const anchor = pieces.find(
      (piece) => piece.start >= from && (isName ? piece.quoted : givesArg(behind, piece, metas, reading)),
    );
    if (anchor === undefined) continue;
    // 夜施 1 怎么样 and 豁免 1 导出 say nothing of why; behind a county there may stand what is asked of it: 提醒函 海安 5月.
    const isNumber = meaning(anchor, "number") !== undefined || meaning(anchor, "issue") !== undefined;
    const saysNothing = (piece: Piece) =>
      piece.meanings.some(({ kind }) =>
        isNumber ? /^(?:courtesy|filler|command)$/.test(kind) : kind !== "category",
      );
    const tells = (piece: Piece) => piece.quoted || !saysNothing(piece);
    if (!pieces.some((piece) => piece.start >= anchor.end && tells(piece))) continue;
    const said = cut.typed.slice(anchor.end).replace(/^[\s:：，,。]+|[\s。，,！!]+$/g, "");
    return { name, said: said.replace(/^["“「『]([^"”」』]*)["”」』]$/, "$1"), at: anchor.end };
  }
  return null;
}

type Around = {
  command: AnyCommand;
  metas: readonly [string, ArgMeta][];
  reading: Reading;
  given: Readonly<Record<string, unknown>>;
  piece: Piece;
  named: boolean;
  state: AttemptState;
  head: Piece | undefined;
};

function roleOf(piece: Piece, around: Around): PieceRole {
  const { command, metas, reading, state, named, head, given } = around;
  // 把上周的周通报更正一下
  if (command.kind === "change" && !piece.quoted && /^(?:的|一下|把|将)$/.test(piece.text)) return "silent";
  if (piece.quoted || piece.meanings.length === 0) return "text";
  if (piece === head) {
    // 今日 and 待签收 name a command and are what it takes, both.
    giveTo(piece, around);
    return "given";
  }
  if (giveTo(piece, around)) return "given";
  const word = meaning(piece, "command");
  if (word?.named.has(command.name) || word?.hinted.has(command.name)) return "silent";
  if (isCourtesy(piece)) return "silent";
  if (command.kind === "change") return meaning(piece, "orderly") ? "silent" : "left";
  if (meaning(piece, "filler") || (meaning(piece, "orderly") && !word)) return "silent";
  const everywhere = meaning(piece, "everywhere");
  if (everywhere && command.impliedBy?.includes("everywhere")) {
    state.implied = true;
    return "silent";
  }
  const hasPlace = metas.some(
    ([name, meta]) => /^count/.test(meta.kind) && (state.args[name] ?? given[name]) !== undefined,
  );
  // Who has to name one county can't be answered about all of them.
  const wantsOne = metas.some(([, meta]) => meta.kind === "county" && !meta.optional);
  if (everywhere && !hasPlace && !wantsOne && (everywhere.all || named || state.implied)) return "silent";
  // Somebody of the city has no county of their own: 我市 is the city.
  const own = meaning(piece, "own");
  const cityWide = !reading.person?.regionId && !reading.person?.departmentId;
  if (own && cityWide && command.impliedBy?.includes("own")) state.implied = true;
  if (own && (cityWide || own.of === "any") && !wantsOne) return "silent";
  return "left";
}

/** Gives a piece to the first argument that takes it and is still free. */
function giveTo(piece: Piece, { command, metas, reading, state, named, given }: Around): boolean {
  for (const [name, meta] of metas) {
    const value = valueFrom(meta, piece, reading, named);
    if (value === undefined) continue;
    const before = state.args[name];
    if (meta.kind === "counties") {
      const places = value as readonly { short: string }[];
      const all = (before ?? []) as readonly { short: string }[];
      if (given[name] !== undefined) continue;
      state.args[name] = [...all, ...places.filter((p) => !all.some((a) => a.short === p.short))];
    } else if (before === undefined) state.args[name] = value;
    else if (before === value || same(before, value)) {
      // 并案 6 6 says two numbers, though they are one.
      const another = metas.some(
        ([other, { kind }]) => kind === meta.kind && state.args[other] === undefined,
      );
      if (another) continue;
      return true;
    } else if (meta.yields?.includes(before as string)) state.args[name] = value;
    else if (!meta.yields?.includes(value as string)) continue;
    const bureau = meaning(piece, "bureau");
    if (bureau) state.inferred.push(`${piece.text}（按${bureau.place.short}）`);
    const deadline = meta.kind === "deadline" ? meaning(piece, "deadline") : undefined;
    if (deadline?.doubt) state.inferred.push(deadline.doubt);
    if (deadline?.dayOff)
      state.remarks.push(
        `“${piece.text}”到${shortDate(deadline.dayOff)}，是休息日，顺延到${shortDate(deadline.date)}`,
      );
    // 周通报 is a kind of paper, and first of all a command of its own.
    const isAnothers = (meaning(piece, "command")?.named.size ?? 0) > 0;
    if (command.impliedBy?.includes(name) && !isAnothers) state.implied = true;
    return true;
  }
  return false;
}

const same = (a: unknown, b: unknown) =>
  JSON.stringify(a) === JSON.stringify(b) ||
  (a as { short?: string }).short === ((b as { short?: string }).short ?? {});

/** What a question leaves unexplained; runs that speak of measures, or may be searched for, are taken for that. */
function questionsLeft(
  metas: readonly [string, ArgMeta][],
  pieces: readonly Piece[],
  state: AttemptState,
  reading: Reading,
): Piece[] {
  return pieces.flatMap((piece) => {
    const role = state.roles.get(piece);
    if (role === "given" || role === "silent") return [];
    const bare = piece.meanings.length > 0 ? piece : trimmed(piece);
    const topic = metas.find(([name, meta]) => meta.kind === "topic" && state.args[name] === undefined);
    const isTopic = piece.meanings.every(
      (m) => m.kind === "category" || m.kind === "choice" || (m.kind === "impossible" && m.isWord),
    );
    const found = topic && isTopic ? topicOf(bare.text, reading.office) : undefined;
    if (topic && found) {
      state.args[topic[0]] = found;
      return [];
    }
    return [bare];
  });
}

/** Without the small words at its ends, which are no part of the name that somebody has typed. */
function trimmed(piece: Piece): Piece {
  let { start, end } = piece;
  let text = piece.text;
  while (text.length > 1 && FUNCTION_CHARACTERS.has(text[0] ?? "")) {
    text = text.slice(1);
    start += 1;
  }
  while (text.length > 1 && FUNCTION_CHARACTERS.has(text.at(-1) ?? "")) {
    text = text.slice(0, -1);
    end -= 1;
  }
  return { ...piece, text, start, end };
}
