import type { z } from "zod";
import { own } from "../domain/own.ts";
import { type ArgMeta, argsOf } from "./args.ts";
import type { AnyCommand } from "./command.ts";
import { examplesFor, filled } from "./examples.ts";
import { explain, type Reading, recognise } from "./recognise.ts";
import { isRefusal, type Refusal, refuse } from "./refusal.ts";

/** A phrase understood: which command, with which arguments. `missing`: declared arguments that nobody gave. */
export type Invocation = { command: AnyCommand; args: Record<string, unknown>; missing: readonly string[] };

const MAX_LENGTH = 2000;
/** Words that people add and that mean nothing to a command. */
const fillers = new Set(["怎么样", "如何", "情况", "的", "看看", "查询", "查", "请问", "一下", "了", "吗"]);

/**
 * Understands what a person typed. Deterministic: a command's Latin or Chinese name first, then its arguments in any
 * order; without a command, a county's name asks for the county, a number of an issue for the issue, and so on.
 * `fill` gives arguments by name, as forms do.
 */
export function understand(
  typed: string,
  fill: Readonly<Record<string, string>>,
  commands: readonly AnyCommand[],
  reading: Reading,
): Invocation | Refusal {
  // Full-width letters become plain, invisible and control characters vanish; the punctuation of a title stays.
  const text = clean(typed);
  if (text === "")
    return refuse("usage", "请输入要查询的内容，例如地名、任务编号或问题编号，或发送“帮助”。", ["帮助"]);
  if (text.length > MAX_LENGTH)
    return refuse("usage", `内容过长（${text.length}字），请控制在${MAX_LENGTH}字以内。`);
  const { candidates, ...said } = addressed(text, commands, reading);
  if (candidates.length === 0) return unknown(said.words[0]?.text ?? text, commands, reading);
  const refusals: Refusal[] = [];
  // Commands may share a word (任务 16, 任务 住建局): the one that demands more is tried first.
  for (const command of candidates.toSorted((a, b) => demands(b) - demands(a))) {
    const read = readArgs(command, said, fill, reading, candidates.length === 1);
    if (isRefusal(read)) refusals.push(read);
    else if (read.missing.length === 0 || command.form !== undefined || command === candidates.at(-1))
      return read;
    else refusals.push(usage(command, read.missing, reading));
  }
  return (refusals.find((r) => r.code !== "usage") ?? refusals.at(-1)) as Refusal;
}

/** Arguments given by name, each checked by its kind. */
function readFields(schema: z.ZodObject, fill: Readonly<Record<string, string>>, reading: Reading) {
  const args: Record<string, unknown> = {};
  const metas = argsOf(schema);
  const stray = Object.keys(fill).find((name) => !metas.some(([known]) => known === name));
  if (stray !== undefined) {
    return refuse(
      "usage",
      `表单没有“${clean(stray).slice(0, 20)}”这一项，可填：${metas.map(([n, m]) => `${n}（${m.label}）`).join("、") || "无"}。`,
    );
  }
  for (const [name, meta] of metas) {
    const word = clean(own(fill, name) ?? "");
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
  const example = filled(command.help.example, examplesFor(reading));
  const labels = argsOf(command.args)
    .filter(([name]) => missing.includes(name))
    .map(([, meta]) => meta.label);
  return refuse("usage", `请写明${labels.join("、")}，例如“${example}”。`, [example]);
}

/** What a phrase says to a command, after its name. */
type Addressed = { phrase: string; words: readonly Word[] };

function addressed(
  text: string,
  commands: readonly AnyCommand[],
  reading: Reading,
): Addressed & { candidates: readonly AnyCommand[] } {
  const saying = (phrase: string) => ({ phrase, words: split(phrase, reading) });
  const slash = text.match(/^\/([a-z]+)(?:@\w+)?(?:\s+|$)/i);
  if (slash) {
    const named = commands.filter((c) => c.name === slash[1]?.toLowerCase());
    return { candidates: named, ...saying(named.length > 0 ? text.slice(slash[0].length) : slash[0].trim()) };
  }
  const plain = text.replace(/^\//, "");
  const heads = commands.flatMap((c) => [c.name, ...c.words]).filter((w) => startsWithWord(plain, w));
  const head = heads.sort((a, b) => b.length - a.length)[0];
  if (head !== undefined) {
    const named = commands.filter((c) => c.name === head || c.words.includes(head));
    return { candidates: named, ...saying(plain.slice(head.length)) };
  }
  const said = saying(plain);
  // “5月 海安” asks the same as “海安 5月”.
  const subject = said.words.find((word) => recognise(asPeriod, word.text, reading) === undefined);
  const name = impliedBy(subject?.text ?? "", reading);
  // The city's name asks for the city, and has no argument to be.
  const words = name === "city" ? said.words.filter((word) => word !== subject) : said.words;
  return { candidates: commands.filter((c) => c.name === name), ...said, words };
}

/** The command that a phrase without a command's name asks for. */
function impliedBy(first: string, reading: Reading): string | null {
  const place = reading.names.place(first);
  if (place) return place.regions.some((r) => r.kind !== "city") ? "county" : "city";
  if (/^[A-Z]{1,6}-\d{4}-\d{1,6}$/i.test(first)) return "issue";
  if (/^第[Ss]?\d{1,4}[条项]$/.test(first)) return "task";
  if (reading.names.department(first)) return "tasks";
  return null;
}

function startsWithWord(text: string, word: string): boolean {
  if (!text.toLowerCase().startsWith(word)) return false;
  // Latin names need a border (“city” isn't “citywide”); Chinese has none (“排名5月”).
  return !/^[a-z]/.test(word) || !/[a-z]/i.test(text[word.length] ?? "");
}

/** A word of a phrase, with where it stands in it. */
type Word = { text: string; quoted: boolean; start: number; end: number };

/** Words by spaces and punctuation, quoted text together, a county's name cut off what is glued to it. */
function split(text: string, reading: Reading): Word[] {
  const words: Word[] = [];
  for (const found of text.matchAll(/["“”]([^"“”]*)["“”]|[^\s,，。；;！!？?、"“”]+/g)) {
    const [start, end] = [found.index, found.index + found[0].length];
    if (found[1] !== undefined) words.push({ text: found[1].trim(), quoted: true, start, end });
    else words.push(...unglue(found[0], reading).map((text) => ({ text, quoted: false, start, end })));
  }
  return words.filter(({ text }) => text !== "" && !fillers.has(text));
}

function unglue(word: string, { names, today, office }: Reading): string[] {
  if (names.place(word) || names.department(word)) return [word];
  const start = names.placeAtStart(word);
  if (start === null || start.rest === "") return [word];
  const rest = start.rest.replace(/^[的市县区]/, "");
  const known = fillers.has(rest) || recognise(asPeriod, rest, { names, today, office }) !== undefined;
  return known ? [word.slice(0, word.length - start.rest.length), rest] : [word];
}

const asPeriod = { kind: "period" as const, label: "", optional: true };

function demands(command: AnyCommand): number {
  return argsOf(command.args).filter(([, meta]) => !meta.optional && meta.otherwise === undefined).length;
}

function readArgs(
  command: AnyCommand,
  said: Addressed,
  fill: Readonly<Record<string, string>>,
  reading: Reading,
  alone: boolean,
): Invocation | Refusal {
  const filled = readFields(command.args, fill, reading);
  if (isRefusal(filled)) return filled;
  const args = filled.args;
  const metas = argsOf(command.args).filter(([, meta]) => !meta.formOnly);
  const texts: Word[] = [];
  for (const word of said.words) {
    const free = metas.filter(([name]) => args[name] === undefined);
    const given = word.quoted ? null : give(word.text, free, args, reading);
    if (given === "given") continue;
    if (given !== null) return given;
    const fits = metas.some(([, meta]) => isText(meta) && (word.quoted || meta.prefix === undefined));
    if (!fits || isSlip(word, free, reading)) {
      return stray(command, word.text, metas, args, reading, alone);
    }
    texts.push(word);
  }
  const refused = giveText(said, texts, metas, args, reading);
  if (refused !== null) return refused;
  return { command, ...completed(command.args, args, reading) };
}

const behindPrefix = ({ prefix }: ArgMeta, word: string) =>
  prefix !== undefined && word.startsWith(prefix) && word.length > prefix.length;
const isText = (meta: ArgMeta) => meta.kind === "text" || meta.kind === "longtext";

/** Gives a word to the first free argument that knows it. */
function give(
  word: string,
  free: readonly [string, ArgMeta][],
  args: Record<string, unknown>,
  reading: Reading,
): "given" | Refusal | null {
  for (const [name, meta] of free) {
    if (isText(meta) && !behindPrefix(meta, word)) continue;
    const value = recognise(meta, isText(meta) ? word.slice(meta.prefix?.length) : word, reading);
    if (value === undefined) continue;
    if (isRefusal(value)) return value;
    args[name] = value;
    return "given";
  }
  return null;
}

/** A short word that is nearly a county's name, while a county is still wanted, is a slip and no free text. */
function isSlip({ text, quoted }: Word, free: readonly [string, ArgMeta][], { names }: Reading): boolean {
  const wanted = free.some(([, meta]) => meta.kind === "county" && !meta.optional);
  return wanted && !quoted && text.length <= 3 && names.nearest(text, names.placeNames).length > 0;
}

/** Words that no other argument knows are one text, with the punctuation that stood between them. */
function giveText(
  { phrase, words }: Addressed,
  texts: readonly Word[],
  metas: readonly [string, ArgMeta][],
  args: Record<string, unknown>,
  reading: Reading,
): Refusal | null {
  const [first, last] = [texts[0], texts.at(-1)];
  const free = metas.find(([name, meta]) => isText(meta) && args[name] === undefined);
  if (first === undefined || last === undefined || free === undefined) return null;
  const between = words.filter((word) => word.start >= first.start && word.end <= last.end);
  const together = texts.length > 1 && between.length === texts.length;
  const whole = together ? phrase.slice(first.start, last.end) : texts.map((word) => word.text).join(" ");
  const value = recognise(free[1], whole, reading);
  if (isRefusal(value)) return value;
  args[free[0]] = value;
  return null;
}

/** Why a word is none of what a command takes. Unless the command is `alone` in question, a mere guess is not said. */
function stray(
  command: AnyCommand,
  word: string,
  metas: readonly [string, ArgMeta][],
  args: Record<string, unknown>,
  reading: Reading,
  alone: boolean,
): Refusal {
  const free = metas.filter(([name]) => args[name] === undefined).map(([, meta]) => meta);
  const guess =
    free.find((meta) => meta.kind === "measure" && /\d/.test(word)) ??
    free.find((meta) => meta.kind === "issue" && /\d/.test(word)) ??
    free.find((meta) => meta.kind === "period" && /[\d年月季周天]/.test(word)) ??
    free.find((meta) => meta.kind === "department" && /[局委办厅]$/.test(word)) ??
    free.find(
      (meta) => meta.kind === "county" && reading.names.nearest(word, reading.names.placeNames).length > 0,
    ) ??
    free.find(
      (meta) =>
        meta.kind === "department" && reading.names.nearest(word, reading.names.departmentNames).length > 0,
    ) ??
    free.find((meta) => meta.kind === "choice") ??
    (alone ? free.find((meta) => !isText(meta)) : undefined);
  if (guess !== undefined) return explain(guess, word, reading);
  const example = filled(command.help.example, examplesFor(reading));
  return refuse("usage", `“${word.slice(0, 20)}”没看懂。正确写法如“${example}”。`, [example]);
}

function unknown(word: string, commands: readonly AnyCommand[], reading: Reading): Refusal {
  const said = word.slice(0, 20);
  const bare = word.replace(/^\//, "");
  const places = reading.names.nearest(bare, reading.names.placeNames);
  const others = reading.names.nearest(
    bare,
    commands.flatMap((c) => [...c.words, c.name]),
  );
  if (places.length > 0 && others.length === 0) {
    return refuse(
      "unknown-county",
      `没有名为“${said}”的县（市、区）。您要找的是“${places.join("”或“")}”吗？`,
      places,
    );
  }
  const near = [...others, ...places].slice(0, 3);
  const offer = near.length > 0 ? `您要的是“${near.join("”或“")}”吗？` : "发送“帮助”看能问什么。";
  return refuse("unknown-command", `没看懂“${said}”。${offer}`, near.length > 0 ? near : ["帮助"]);
}

function clean(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[０-９Ａ-Ｚａ-ｚ／．－]/g, (c) => c.normalize("NFKC"))
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, (c) => (c === "\n" || c === "\t" ? " " : ""))
    .trim();
}
