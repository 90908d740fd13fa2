import type { z } from "zod";
import { own } from "../domain/own.ts";
import { argsOf } from "./args.ts";
import type { AnyCommand, Command } from "./command.ts";
import { examplesFor, withExamples } from "./examples.ts";
import { withoutHeader } from "./forwarded.ts";
import { explain, type Reading, recognise } from "./recognise.ts";
import { about, isRefusal, type Refusal, refuse } from "./refusal.ts";
import type { Attempt } from "./understanding/attempt.ts";
import { attempts, cut } from "./understanding/choice.ts";
import { faultOfPiece, notUnderstood } from "./understanding/faults.ts";
import { isScope, meaning, type Piece } from "./understanding/piece.ts";

/** A phrase understood: which command, with which arguments. `missing`: declared arguments that nobody gave. */
export type Invocation = {
  command: AnyCommand;
  args: Record<string, unknown>;
  missing: readonly string[];
  /** What is doubtful in it, piece by piece: a change is read back before it is carried out. */
  asks?: readonly string[];
  /** What a question's answer has to say on top: how it was read. */
  notes?: readonly string[];
};

const MAX_LENGTH = 2000;

/**
 * Understands what a person typed, as a whole: the text is cut into the office's words, and the command that explains most
 * of them answers. Deterministic. A question is answered by its nearest reading; a change of which anything is left over
 * or inferred comes back with `asks`. `fill` gives arguments by name, as forms do.
 */
export function understand(
  typed: string,
  fill: Readonly<Record<string, string>>,
  commands: readonly AnyCommand[],
  reading: Reading,
): Invocation | Refusal {
  const forwarded = withoutHeader(typed);
  const text = plainly(forwarded.text);
  if (text === "")
    return refuse("usage", "请输入要查询的内容，例如地名、任务编号或问题编号，或发送“帮助”。", ["帮助"]);
  if (text.length > MAX_LENGTH)
    return refuse("usage", `内容过长（${text.length}字），请控制在${MAX_LENGTH}字以内。`);
  const slash = /^\/([a-z]+)(?:@\w+)?(?:\s+|$)/i.exec(text) ?? /^([a-z]+)(?:\s+|$)/i.exec(text);
  const addressed = commands.find((c) => c.name === slash?.[1]?.toLowerCase());
  if (slash !== null && addressed === undefined && text.startsWith("/"))
    return notUnderstood(text, [], commands, reading);
  // A question mark alone asks for help, a thumb says thanks.
  if (!/[\p{L}\p{N}]/u.test(text)) {
    const name = /[?？]/.test(text) ? "?" : "您好";
    const command = commands.find((c) => c.words.includes(name));
    if (command !== undefined) return { command, ...completed(command.args, {}, reading) };
  }
  const said = joined(slash && addressed ? text.slice(slash[0].length) : text.replace(/^\//, ""));
  const phrase = cut(said, commands, reading);

  const fills = new Map<AnyCommand, Record<string, unknown> | Refusal>();
  const givenTo = (command: AnyCommand) => {
    const read = readFields(command.args, fill, reading);
    fills.set(command, isRefusal(read) ? read : read.args);
    return isRefusal(read) ? {} : read.args;
  };
  const [best] = attempts(
    phrase,
    addressed ? [addressed] : commands,
    givenTo,
    reading,
    addressed !== undefined,
  );
  if (best === undefined) return notUnderstood(said, phrase.pieces, commands, reading);
  const given = fills.get(best.command);
  if (isRefusal(given)) return given;
  return best.command.kind === "change"
    ? changing(best, phrase.text, forwarded.header, commands, reading)
    : asking(best, commands, reading);
}

/** A command that shows things by their names. */
export type Showing = Command & Required<Pick<Command, "shows">>;
export const isShowing = (command: AnyCommand): command is Showing =>
  command.kind === "command" && command.shows !== undefined;

/** The command that shows things by their names with which a phrase begins, and the word for it: 企业 启东铸造. */
export function showingAtHead(
  text: string,
  commands: readonly AnyCommand[],
): { command: Showing; word: string } | null {
  for (const command of commands) {
    const word = isShowing(command) ? command.words.find((one) => text.startsWith(`${one} `)) : undefined;
    if (isShowing(command) && word !== undefined) return { command, word };
  }
  return null;
}

/** Whether a phrase that was read so may as well be the name of something: not understood, or by a guess. */
export const mayBeName = (
  read: Invocation | Refusal,
  text: string,
  commands: readonly AnyCommand[],
): boolean =>
  isRefusal(read) || isShowing(read.command) || isGuess(read) || showingAtHead(text, commands) !== null;

/** A topic is a guess by some of the words: 海安商务区地块工地 is a site, and no task about 工地. */
const isGuess = ({ command, args }: Invocation) =>
  argsOf(command.args).some(([name, { kind }]) => kind === "topic" && args[name] !== undefined);

/** What may be a name in a phrase that nobody understood: all of it, and without the small words at its ends (看看进博会情况). */
export function namesIn(typed: string, commands: readonly AnyCommand[], reading: Reading): string[] {
  const text = plainly(typed);
  const { pieces } = cut(text, commands, reading);
  const isSmall = (piece: Piece) =>
    piece.meanings.some(({ kind }) => kind === "courtesy" || kind === "filler");
  const first = pieces.find((piece) => !isSmall(piece));
  const last = pieces.findLast((piece) => !isSmall(piece));
  const bare = first && last ? text.slice(first.start, last.end) : text;
  return [...new Set([text, bare].map((name) => name.replace(/^["“「『]|["”」』]$/g, "")))];
}

/** A question: refused for what nobody understands, answered with a word on what its command can't take. */
function asking(best: Attempt, commands: readonly AnyCommand[], reading: Reading): Invocation | Refusal {
  const { command, left, inferred } = best;
  const fault = left.find(
    (piece) => piece.meanings.length === 0 || meaning(piece, "impossible") || isScope(piece),
  );
  // Nothing but a small word spoke for this command: it is no more to blame than any other.
  const isVague = best.strength === 2 && fault?.meanings.length === 0 && Object.keys(best.args).length === 0;
  if (fault !== undefined && isVague) return notUnderstood(fault.text, [fault], commands, reading);
  if (fault !== undefined) return about(fault.text, faultOfPiece(fault, best, commands, reading));
  const read = completed(command.args, best.args, reading);
  if (read.missing.length > 0 && left.length > 0)
    return about(left[0]?.text ?? "", faultOfPiece(left[0] as Piece, best, commands, reading));
  const unused = left.map(({ text }) => `“${text}”`).join("、");
  const notes = [...(unused === "" ? [] : [`${unused}在这里用不上，未按此筛选`]), ...inferred];
  return { command, ...read, ...(notes.length > 0 ? { notes } : {}) };
}

/** A change: what can't be is refused, and whatever was not said plainly is asked. */
function changing(
  best: Attempt,
  text: string,
  header: string | null,
  commands: readonly AnyCommand[],
  reading: Reading,
): Invocation | Refusal {
  const { command, left, inferred, remarks, leads } = best;
  const impossible = left.find((piece) => {
    const found = meaning(piece, "impossible");
    return found !== undefined && !found.isWord;
  });
  if (impossible !== undefined)
    return about(impossible.text, faultOfPiece(impossible, best, commands, reading));
  for (const [name, meta] of argsOf(command.args)) {
    const value = best.args[name];
    if (typeof value !== "string" || (meta.kind !== "text" && meta.kind !== "longtext")) continue;
    const checked = recognise(meta, value, reading);
    if (isRefusal(checked)) return about(value, checked);
  }
  const contradiction = command.contradicts?.(best.args, reading) ?? null;
  if (contradiction !== null) return contradiction;
  const open = (text.match(/["“”「」『』]/g) ?? []).length % 2 === 1 ? ["引号没有成对"] : [];
  // 海安 交办 “…” 3天: with its text in quotation marks and nothing left, the order of its words is no matter.
  const isWhole = best.strength === 3 && left.length === 0 && /[“"「『]/.test(text);
  const unsaid = leads || isWhole ? [] : [`是否要${command.words[0]}`];
  const args = { ...command.usual?.(best.args, reading), ...best.args };
  // What somebody else has written is given out only by whoever forwards it and says so.
  const forwarded = header === null ? [] : [`转发的内容（${header.slice(0, 40)}）`];
  const asks = [...unsaid, ...left.map((piece) => askOf(piece, best)), ...inferred, ...open, ...forwarded];
  return {
    command,
    ...completed(command.args, args, reading),
    ...(asks.length > 0 ? { asks } : {}),
    ...(remarks.length > 0 ? { notes: remarks } : {}),
  };
}

/** What a change leaves over, and that it is a second one of what it takes once: 6月30日（又一个整改期限）. */
function askOf(piece: Piece, { command, args }: Attempt): string {
  const again = argsOf(command.args).find(
    ([name, { kind }]) => args[name] !== undefined && piece.meanings.some((m) => m.kind === kind),
  );
  return again === undefined ? piece.text : `${piece.text}（又一个${again[1].label}）`;
}

/** Arguments given by name, each checked by its kind. */
function readFields(schema: z.ZodObject, fill: Readonly<Record<string, string>>, reading: Reading) {
  const args: Record<string, unknown> = {};
  const metas = argsOf(schema);
  const stray = Object.keys(fill).find((name) => !metas.some(([known]) => known === name));
  if (stray !== undefined) {
    return refuse(
      "usage",
      `表单没有“${plainly(stray).slice(0, 20)}”这一项，可填：${metas.map(([n, m]) => `${n}（${m.label}）`).join("、") || "无"}。`,
    );
  }
  for (const [name, meta] of metas) {
    const typed = own(fill, name) ?? "";
    // A phrase is tried on every command, and has no fields.
    if (typed === "") continue;
    const word = meta.lines ? plainLines(typed) : plainly(typed);
    if (word === "") continue;
    const value = recognise(meta, word, reading);
    if (isRefusal(value)) return value;
    if (value === undefined) return explain(meta, word, reading);
    args[name] = value;
  }
  return { args };
}

/** A form as it was handed in: what was left empty and has a usual value takes it, what else is empty is missing. */
export function readForm(schema: z.ZodObject, fill: Readonly<Record<string, string>>, reading: Reading) {
  const read = readFields(schema, fill, reading);
  return isRefusal(read) ? read : completed(schema, read.args, reading);
}

function completed(schema: z.ZodObject, args: Record<string, unknown>, reading: Reading) {
  const metas = argsOf(schema);
  for (const [name, meta] of metas) {
    if (args[name] !== undefined || meta.otherwise === undefined) continue;
    args[name] = recognise(meta, meta.otherwise, reading);
  }
  const missing = metas.filter(([name, meta]) => args[name] === undefined && !meta.optional);
  return { args, missing: missing.map(([name]) => name) };
}

/** What is missing, and an example that works. */
export function usage(command: AnyCommand, missing: readonly string[], reading: Reading): Refusal {
  const example = withExamples(command.help.example, examplesFor(reading));
  const labels = argsOf(command.args)
    .filter(([name]) => missing.includes(name))
    .map(([, meta]) => meta.label);
  return refuse("usage", `请写明${labels.join("、")}，例如“${example}”。`, [example]);
}

/** A number and its unit may be written apart: 3 个工作日, 6 月 18 日. Quoted text stays as it is. */
function joined(text: string): string {
  return text
    .split(/(["“][^"“”]*["”])/)
    .map((part, i) =>
      i % 2 === 1
        ? part
        : part
            .replace(/(\d)\s+(?=[年月日号號天周週个個])/g, "$1")
            .replace(/([年月])\s+(?=\d{1,2}\s*[月日号號])/g, "$1"),
    )
    .join("");
}

const plainLines = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map(plainly)
    .filter((line) => line !== "")
    .join("\n");

/** What a text means in figures and letters: full-width ones become plain, invisible and control characters vanish. */
export function plainly(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[０-９Ａ-Ｚａ-ｚ／．－＃]/g, (c) => c.normalize("NFKC"))
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, (c) => (c === "\n" || c === "\t" ? " " : ""))
    .trim();
}
