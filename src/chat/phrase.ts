import type { z } from "zod";
import { type ArgMeta, argsOf } from "./args.ts";
import type { AnyCommand } from "./command.ts";
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
  said: string,
  fill: Readonly<Record<string, string>>,
  commands: readonly AnyCommand[],
  reading: Reading,
): Invocation | Refusal {
  // Full-width letters become plain, invisible and control characters vanish; the punctuation of a title stays.
  const text = clean(said);
  if (text === "") return refuse("usage", "请输入要查询的内容，例如“海安”，或发送“帮助”。", ["帮助"]);
  if (text.length > MAX_LENGTH)
    return refuse("usage", `内容过长（${text.length}字），请控制在${MAX_LENGTH}字以内。`);
  const { candidates, words } = addressed(text, commands, reading);
  if (candidates.length === 0) return unknown(words[0] ?? text, commands, reading);
  const refusals: Refusal[] = [];
  // Commands may share a word (任务 16, 任务 住建局): the one that demands more is tried first.
  for (const command of candidates.toSorted((a, b) => demands(b) - demands(a))) {
    const read = readArgs(command, words, fill, reading);
    if (isRefusal(read)) refusals.push(read);
    else if (read.missing.length === 0 || command.form !== undefined || command === candidates.at(-1))
      return read;
    else refusals.push(usage(command, read.missing));
  }
  return (refusals.find((r) => r.code !== "usage") ?? refusals.at(-1)) as Refusal;
}

/** Arguments for a form by name, each checked by its kind. */
export function readFields(schema: z.ZodObject, fill: Readonly<Record<string, string>>, reading: Reading) {
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
    const word = clean(Object.hasOwn(fill, name) ? (fill[name] ?? "") : "");
    if (word === "") continue;
    const value = recognise(meta, word, reading);
    if (isRefusal(value)) return value;
    if (value === undefined) return explain(meta, word, reading);
    args[name] = value;
  }
  return {
    args,
    missing: metas.filter(([name, meta]) => args[name] === undefined && !meta.optional).map(([name]) => name),
  };
}

/** What is missing, and an example that works. */
export function usage(command: AnyCommand, missing: readonly string[]): Refusal {
  const labels = argsOf(command.args)
    .filter(([name]) => missing.includes(name))
    .map(([, meta]) => meta.label);
  return refuse("usage", `请写明${labels.join("、")}，例如“${command.help.example}”。`, [
    command.help.example,
  ]);
}

function addressed(text: string, commands: readonly AnyCommand[], reading: Reading) {
  const slash = text.match(/^\/([a-z]+)(?:@\w+)?(?:\s+|$)/i);
  const plain = slash ? text.slice(slash[0].length) : text.replace(/^\//, "");
  const byName = slash ? commands.filter((c) => c.name === slash[1]?.toLowerCase()) : [];
  if (slash)
    return { candidates: byName, words: byName.length > 0 ? split(plain, reading) : [slash[0].trim()] };
  const heads = commands.flatMap((c) => [c.name, ...c.words]).filter((w) => startsWithWord(plain, w));
  const head = heads.sort((a, b) => b.length - a.length)[0];
  if (head !== undefined) {
    const candidates = commands.filter((c) => c.name === head || c.words.includes(head));
    return { candidates, words: split(plain.slice(head.length), reading) };
  }
  const words = split(plain, reading);
  const name = impliedBy(words[0] ?? "", reading);
  return { candidates: commands.filter((c) => c.name === name), words };
}

/** The command that a phrase without a command's name asks for. */
function impliedBy(first: string, reading: Reading): string | null {
  const place = reading.names.place(first);
  if (place) return place.regions.some((r) => r.kind !== "city") ? "county" : "city";
  if (/^[A-Z]{1,6}-\d{4}-\d{1,6}$/i.test(first)) return "issue";
  if (/^第.+条$/.test(first) && reading.names.measure(first)) return "task";
  if (reading.names.department(first)) return "tasks";
  return null;
}

function startsWithWord(text: string, word: string): boolean {
  if (!text.toLowerCase().startsWith(word)) return false;
  // Latin names need a border (“city” isn't “citywide”); Chinese has none (“排名5月”).
  return !/^[a-z]/.test(word) || !/[a-z]/i.test(text[word.length] ?? "");
}

/** Words by spaces and punctuation, quoted text together, a county's name cut off what is glued to it. */
function split(text: string, reading: Reading): string[] {
  const words: string[] = [];
  for (const found of text.matchAll(/["“”]([^"“”]*)["“”]|[^\s,，。；;！!？?、"“”]+/g)) {
    if (found[1] !== undefined) words.push(found[1]);
    else words.push(...unglue(found[0], reading));
  }
  return words.filter((word) => word !== "" && !fillers.has(word));
}

function unglue(word: string, { names, today, office }: Reading): string[] {
  if (names.place(word) || names.department(word)) return [word];
  const start = names.placeAtStart(word);
  if (start === null || start.rest === "") return [word];
  const rest = start.rest.replace(/^[的市县区]/, "");
  const known =
    fillers.has(rest) ||
    recognise({ kind: "period", label: "", optional: true }, rest, { names, today, office }) !== undefined;
  return known ? [word.slice(0, word.length - start.rest.length), rest] : [word];
}

function demands(command: AnyCommand): number {
  return argsOf(command.args).filter(([, meta]) => !meta.optional && meta.otherwise === undefined).length;
}

function readArgs(
  command: AnyCommand,
  words: readonly string[],
  fill: Readonly<Record<string, string>>,
  reading: Reading,
): Invocation | Refusal {
  const filled = readFields(command.args, fill, reading);
  if (isRefusal(filled)) return filled;
  const args = filled.args;
  const metas = argsOf(command.args).filter(([, meta]) => !meta.formOnly);
  for (const word of words) {
    const problem = place(word, metas, args, reading);
    if (problem !== null) return problem === "stray" ? stray(command, word, metas, args, reading) : problem;
  }
  for (const [name, meta] of metas) {
    if (args[name] !== undefined || meta.otherwise === undefined) continue;
    args[name] = recognise(meta, meta.otherwise, reading);
  }
  const missing = argsOf(command.args)
    .filter(([name, meta]) => args[name] === undefined && !meta.optional)
    .map(([name]) => name);
  return { command, args, missing };
}

/** Gives a word to the first free argument that knows it; free text takes what no other kind wants. */
function place(
  word: string,
  metas: readonly [string, ArgMeta][],
  args: Record<string, unknown>,
  reading: Reading,
) {
  const free = metas.filter(([name]) => args[name] === undefined);
  const isText = (meta: ArgMeta) => meta.kind === "text" || meta.kind === "longtext";
  for (const [name, meta] of free.toSorted((a, b) => Number(isText(a[1])) - Number(isText(b[1])))) {
    const value = recognise(meta, word, reading);
    if (value === undefined) continue;
    if (isRefusal(value)) return value;
    args[name] = value;
    return null;
  }
  return "stray" as const;
}

function stray(
  command: AnyCommand,
  word: string,
  metas: readonly [string, ArgMeta][],
  args: Record<string, unknown>,
  reading: Reading,
): Refusal {
  const free = metas.filter(([name]) => args[name] === undefined).map(([, meta]) => meta);
  const guess =
    free.find((meta) => meta.kind === "measure" && /\d/.test(word)) ??
    free.find((meta) => meta.kind === "issue" && /\d/.test(word)) ??
    free.find((meta) => meta.kind === "period" && /[\d年月季周天]/.test(word)) ??
    free.find((meta) => meta.kind === "department" && /[局委办厅]$/.test(word)) ??
    free.find((meta) => meta.kind === "county" && reading.names.nearest(word, reading.names.placeNames).length > 0) ??
    free.find((meta) => meta.kind === "department" && reading.names.nearest(word, reading.names.departmentNames).length > 0) ??
    free.find((meta) => meta.kind === "choice") ??
    free.find((meta) => ["county", "department", "choice", "measure", "issue", "period"].includes(meta.kind));
  if (guess !== undefined) return explain(guess, word, reading);
  return refuse("usage", `“${word.slice(0, 20)}”没看懂。正确写法如“${command.help.example}”。`, [
    command.help.example,
  ]);
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
