import { argsOf } from "../args.ts";
import type { AnyCommand } from "../command.ts";
import type { Reading } from "../recognise.ts";
import { simplified } from "../simplified.ts";
import { type Attempt, attempt, type Cut } from "./attempt.ts";
import { withBureaus } from "./bureaus.ts";
import { findings } from "./findings.ts";
import { lexiconOf } from "./lexicon.ts";
import { meaning, type Piece } from "./piece.ts";
import { segment } from "./segmentation.ts";

/** Cuts a text into the office's words: once with what is quoted read like all else, once with it left alone. */
export function cut(typed: string, commands: readonly AnyCommand[], reading: Reading): Cut {
  const text = simplified(typed);
  const lexicon = lexiconOf(commands, reading.office, reading.names);
  const find = findings(reading);
  const pieces = withBureaus(segment(text, lexicon, find, { opaque: false }));
  const hasQuotes = /["“”「」『』‘’]/.test(text);
  return {
    text,
    typed,
    pieces,
    opaque: hasQuotes ? withBureaus(segment(text, lexicon, find, { opaque: true })) : pieces,
  };
}

/** What commands make of a phrase, best first: who leaves least unexplained, then who was spoken of most clearly. */
export function attempts(
  phrase: Cut,
  commands: readonly AnyCommand[],
  givenTo: (command: AnyCommand) => Readonly<Record<string, unknown>>,
  reading: Reading,
  addressed: boolean,
): Attempt[] {
  return (addressed ? commands : spokenOf(phrase, commands))
    .map((command) => withOwn(attempt(command, phrase, givenTo(command), reading, addressed), reading))
    .filter((a) => a.strength > 0 && mayBeMeant(a) && isEnough(a))
    .sort((a, b) => order(a, b));
}

/** Of a hundred commands those few that anything may speak for: a word of theirs, or an argument that asks for them. */
function spokenOf({ pieces, opaque }: Cut, commands: readonly AnyCommand[]): readonly AnyCommand[] {
  const words = [...pieces, ...opaque].flatMap((piece) => meaning(piece, "command") ?? []);
  return commands.filter(
    ({ name, impliedBy }) =>
      impliedBy !== undefined || words.some(({ named, hinted }) => named.has(name) || hinted.has(name)),
  );
}

/** A comparison of one county is none. */
const isEnough = ({ command, args, leads }: Attempt) =>
  leads ||
  argsOf(command.args).every(
    ([name, { least = 0 }]) => ((args[name] as readonly unknown[] | undefined)?.length ?? 0) >= least,
  );

/** A change is meant where its name leads, or where all of it is there; anything else that holds its name is a question. */
function mayBeMeant({ command, leads, strength, args, left }: Attempt): boolean {
  if (command.kind === "command") return true;
  // 销号的问题有哪些 asks; 销号 6 and 签收 alone act.
  if (command.kind === "change" && command.instead !== undefined && takesIssue(command))
    return leads && (args.no !== undefined || left.length === 0);
  if (leads) return true;
  const required = argsOf(command.args).filter(([, meta]) => !meta.optional && meta.otherwise === undefined);
  const all = required.every(([name]) => args[name] !== undefined);
  return (
    command.kind === "change" && (strength >= 2 ? required.some(([name]) => args[name] !== undefined) : all)
  );
}

const takesIssue = ({ args }: AnyCommand) => argsOf(args).some(([, { kind }]) => kind === "issue");

function order(a: Attempt, b: Attempt): number {
  return (
    Number(b.leads && b.command.kind !== "command") - Number(a.leads && a.command.kind !== "command") ||
    weightOf(a) - weightOf(b) ||
    missingOf(a) - missingOf(b) ||
    Number(a.command.kind !== "command") - Number(b.command.kind !== "command") ||
    Number(tookAll(a)) - Number(tookAll(b)) ||
    b.strength - a.strength ||
    givenIn(b) - givenIn(a) ||
    a.inferred.length - b.inferred.length ||
    demandsOf(b) - demandsOf(a)
  );
}

/** 导出 takes any phrase whole: where another command understands it to the last word, it is that one's. */
const tookAll = ({ command, args }: Attempt) =>
  argsOf(command.args).some(([name, { rest }]) => rest && args[name] !== undefined);
const weightOf = ({ left }: Attempt) => left.reduce((sum, piece) => sum + pieceWeight(piece), 0);
const givenIn = ({ args }: Attempt) => Object.values(args).filter((value) => value !== undefined).length;
const demandsOf = ({ command }: Attempt) =>
  argsOf(command.args).filter(([, meta]) => !meta.optional && meta.otherwise === undefined).length;
export const missingOf = ({ command, args }: Attempt) =>
  argsOf(command.args).filter(
    ([name, meta]) => args[name] === undefined && !meta.optional && meta.otherwise === undefined,
  ).length;

function pieceWeight(piece: Piece): number {
  if (piece.meanings.length === 0) return 3 + piece.text.length;
  if (meaning(piece, "filler")) return 0.5;
  return meaning(piece, "command") && piece.meanings.length === 1 ? 2 : 3;
}

/** A question about a county that names none is about the speaker's own; a person of the city asks about the city. */
function withOwn(a: Attempt, { person, office, names, today }: Reading): Attempt {
  const { command, args } = a;
  if (command.kind !== "command" || person?.regionId == null || !command.impliedBy?.includes("county"))
    return a;
  const wanted = argsOf(command.args).some(([name, meta]) => name === "county" && !meta.optional);
  const isSpokenOf = a.strength > 0 || args.metric !== undefined;
  if (!wanted || args.county !== undefined || !isSpokenOf) return a;
  const county = names.place(office.heirOn(person.regionId, today).short);
  return { ...a, args: { ...args, county }, strength: Math.max(a.strength, 1) };
}
