import type { InlineKeyboardButton } from "grammy/types";
import type { Reply } from "../../bot/lantian.ts";
import type { Block, DrawnButton, DrawnCard } from "../../chat/card.ts";
import { isRefusal } from "../../chat/refusal.ts";
import { linesOf, type TextTable, tableWidth, widthOf } from "../kit/columns.ts";
import { withNumbers } from "../kit/numbers.ts";
import { oneLine, visible } from "../kit/plain-text.ts";
import { escapeHtml, inert, piecesOf } from "./text.ts";

/** One Telegram message: as HTML, the same as plain text, and its buttons. */
export type Part = { html: string; plain: string; keyboard: InlineKeyboardButton[][] };

/** A message holds 4,096 UTF-16 units after its markup is read; the rest of them is for “续” and “未完”. */
const LIMIT = 3_900;
const LONGEST_LINE = 3_000;
/** Columns that a phone shows in its fixed-width font without wrapping. */
const PHONE = 36;
/** Messages that one card may become; nobody reads more, and a group takes 20 a minute. */
const MOST_PARTS = 10;
const MOST_BUTTONS = 60;
const CALLBACK_BYTES = 64;

/**
 * Draws a card as one message, or as several in order where one doesn't hold it, buttons under the last. What even
 * `most` messages don't hold is left out with a word on how to see it. A group is shown no personal buttons.
 */
export function drawParts(drawn: DrawnCard, where: "private" | "group", most = MOST_PARTS): Part[] {
  const card = withNumbers(drawn);
  const { rows, hints } = keyboardOf(card.buttons, where);
  const mark = card.tone ? marks[card.tone] : "";
  const lines = [
    ...linesFrom(`${mark}${inert(card.title).trim()}`, bold),
    ...card.blocks.flatMap((block) => [GAP, ...blockLines(block)]),
    ...(hints.length > 0 ? [GAP, ...hints.flatMap((hint) => linesFrom(hint, italic))] : []),
  ];
  const all = packed(lines);
  const kept = all.slice(0, most);
  const left = all.slice(most).flat().length;
  const last = kept.at(-1);
  if (left > 0 && last !== undefined) last.push(...linesFrom(leftOut(left), italic));
  return kept.map((content, i) => {
    const head = i === 0 ? [] : linesFrom(`${shortTitle(card)}（续${i + 1}/${kept.length}）`, bold);
    const foot = i === kept.length - 1 ? [] : linesFrom("（未完，见下一条）", italic);
    return { ...joined([...head, ...content, ...foot]), keyboard: i === kept.length - 1 ? rows : [] };
  });
}

/** An answer, refused or not, as a card. */
export function cardOf({ answer }: Reply): DrawnCard {
  if (!isRefusal(answer)) return answer.card;
  return {
    title: "未能办理",
    tone: "notice",
    blocks: [{ kind: "text", text: answer.message }],
    buttons: (answer.instead ?? []).map((say) => ({ kind: "say", label: say, say })),
  };
}

/** A plain sentence as a message. */
export function noticePart(message: string): Part {
  const plain = inert(message);
  return { html: escapeHtml(plain), plain, keyboard: [] };
}

const marks = { good: "🟢 ", notice: "🟡 ", bad: "🔴 ", muted: "" } as const;
const leftOut = (n: number) =>
  `…内容较长，还有约${n}行没有列出。请缩小范围再查（例如写明县区、部门或时段），或在网页上看全部。`;

/** One line, or one table row, that stays together; `pre` lines are set in a fixed-width font under their `head`. */
type Line = { html: string; plain: string; pre?: { head: string } };
const GAP: Line = { html: "", plain: "" };

const bold = (html: string) => `<b>${html}</b>`;
const italic = (html: string) => `<i>${html}</i>`;
const asIs = (html: string) => html;

/** Text as lines, each short enough for a message. Tags never span a line. */
function linesFrom(text: string, wrap: (html: string) => string): Line[] {
  return text
    .split("\n")
    .flatMap((line) => piecesOf(line, LONGEST_LINE))
    .map((plain) => ({ html: plain.trim() === "" ? "" : wrap(escapeHtml(plain)), plain }));
}

function blockLines(block: Block): Line[] {
  switch (block.kind) {
    case "text":
      return linesFrom(inert(block.text), asIs);
    case "note":
      return linesFrom(inert(block.text), italic);
    case "facts":
      return block.items.flatMap(({ label, value }) => linesFrom(`${flat(label)}：${inert(value)}`, asIs));
    case "table":
      return tableLines(block);
    default:
      return block satisfies never;
  }
}

const flat = (text: string) => inert(oneLine(text));

function tableLines(block: TextTable): Line[] {
  const table = {
    columns: block.columns.map((column) => ({ ...column, title: oneLine(column.title) })),
    rows: block.rows.map((row) => row.map((cell) => oneLine(cell))),
  };
  const gap = [2, 1].find((spaces) => tableWidth(table, spaces) <= PHONE);
  if (gap === undefined) return table.rows.flatMap((row) => rowLines(table.columns, row));
  const [head = "", ...rows] = linesOf(table, gap);
  if (rows.length === 0) return linesFrom(`${inert(head)}：无`, asIs);
  return rows.map((row) => ({ html: escapeHtml(row), plain: row, pre: { head } }));
}

/** A row of a table too wide for a phone: its first cell as a small heading, the others with their column's name. */
function rowLines(columns: TextTable["columns"], row: readonly string[]): Line[] {
  const named = columns.map(({ title }, i) => ({ title: inert(title), value: inert(row[i] || "—") }));
  const [first, second, ...others] = named;
  if (first === undefined) return [];
  // A mere number says little: 位次1 海安.
  const numbered = second !== undefined && /^(\w{1,3}|—)(（|$)/.test(first.value);
  const heading = numbered ? `${first.title}${first.value} ${second.value}` : first.value;
  const rest = numbered || second === undefined ? others : [second, ...others];
  const under: string[] = [];
  for (const { title, value } of rest) {
    const pair = `${title} ${value}`;
    const line = under.at(-1);
    if (line !== undefined && widthOf(line) + widthOf(pair) + 2 <= PHONE)
      under[under.length - 1] = `${line}；${pair}`;
    else under.push(pair);
  }
  const lines = [...linesFrom(heading, bold), ...under.flatMap((line) => linesFrom(line, asIs))];
  const together = { html: lines.map((l) => l.html).join("\n"), plain: lines.map((l) => l.plain).join("\n") };
  return together.plain.length <= LONGEST_LINE ? [together] : lines;
}

/** Fills messages in order. A table that goes on in the next message repeats its head there. */
function packed(lines: readonly Line[]): Line[][] {
  const messages: Line[][] = [[]];
  let size = 0;
  for (const line of lines) {
    const before = messages.at(-1)?.at(-1);
    const head = line.pre && before?.pre?.head !== line.pre.head ? line.pre.head.length + 1 : 0;
    const more = line.plain.length + 1 + head;
    if (size + more > LIMIT) {
      messages.push([]);
      size = line.pre ? line.pre.head.length + 1 : 0;
    }
    messages.at(-1)?.push(line);
    size += more;
  }
  return messages;
}

function joined(lines: readonly Line[]): Pick<Part, "html" | "plain"> {
  const html: string[] = [];
  const plain: string[] = [];
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] as Line;
    if (line.pre === undefined) {
      html.push(line.html);
      plain.push(line.plain);
      i += 1;
      continue;
    }
    const { head } = line.pre;
    let end = i;
    while (lines[end]?.pre?.head === head) end += 1;
    const rows = lines.slice(i, end);
    html.push(`<pre>${[escapeHtml(head), ...rows.map((row) => row.html)].join("\n")}</pre>`);
    plain.push(head, ...rows.map((row) => row.plain));
    i = end;
  }
  const text = plain.join("\n").trim();
  // Telegram refuses a message without text.
  return text === ""
    ? { html: "（无内容）", plain: "（无内容）" }
    : { html: html.join("\n").trim(), plain: text };
}

function shortTitle(card: DrawnCard): string {
  const title = flat(card.title);
  return title.length > 40 ? `${[...title].slice(0, 30).join("")}…` : title;
}

function keyboardOf(buttons: readonly DrawnButton[], where: "private" | "group") {
  const hints: string[] = [];
  const drawn: InlineKeyboardButton[] = [];
  let personal = 0;
  for (const button of buttons) {
    if (button.kind === "press" && where === "group") personal += 1;
    else if (drawn.length >= MOST_BUTTONS)
      hints.push(button.kind === "say" ? `发送：${button.say}` : `“${button.label}”请缩小范围后再办`);
    else if (button.kind === "press")
      drawn.push({ text: labelOf(button.label), callback_data: `p:${button.token}` });
    else if (Buffer.byteLength(`s:${button.say}`) <= CALLBACK_BYTES && button.say.trim() !== "")
      drawn.push({ text: labelOf(button.label), callback_data: `s:${button.say}` });
    else hints.push(`发送：${button.say}`);
  }
  if (personal > 0) hints.push("办理按钮只在私聊里显示，请私聊我发送同样的内容。");
  return { rows: inRows(drawn), hints: hints.map((hint) => inert(visible(hint))) };
}

/** A button's text on one line; Telegram shows no more of it than a phone is wide. */
export function labelOf(label: string): string {
  const text = oneLine(label);
  if (text === "") return "确定";
  return text.length > 60 ? `${[...text].slice(0, 40).join("")}…` : text;
}

/** Buttons side by side as long as a phone shows their texts whole: eight numbers at most, three of all others. */
export function inRows(buttons: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] {
  const rows: InlineKeyboardButton[][] = [];
  for (const button of buttons) {
    const row = rows.at(-1);
    const width = (row ?? []).reduce((sum, b) => sum + widthOf(b.text) + 2, widthOf(button.text));
    const isSmall = SMALL.test(button.text);
    const isAlike = row?.every(({ text }) => SMALL.test(text) === isSmall) ?? false;
    if (row !== undefined && isAlike && row.length < (isSmall ? 8 : 3) && width <= PHONE) row.push(button);
    else rows.push([button]);
  }
  return rows;
}

/** The number of a row. */
const SMALL = /^\d{1,2}$/;
