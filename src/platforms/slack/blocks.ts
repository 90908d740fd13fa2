import type { types } from "@slack/bolt";
import type { Block, DrawnButton, DrawnCard, Tone } from "../../chat/card.ts";
import { withNumbers } from "../kit/numbers.ts";
import { visible } from "../kit/plain-text.ts";
import { alignedLines } from "./table.ts";
import { escaped, inPieces, shortened } from "./text.ts";

export type SlackMessage = { blocks: types.KnownBlock[]; text: string };

/** Slack's limits, each with some room left: it does not say whether it counts code points or UTF-16 units. */
const LIMITS = {
  /** Blocks of a message; a Home tab takes 100. */
  blocks: 50,
  headerText: 150,
  blockText: 2900,
  buttonText: 75,
  buttonValue: 2000,
  buttonsOfBlock: 25,
  /** Text of all blocks together: Slack refuses a message above some 13,000. */
  messageText: 11_000,
  notification: 3000,
} as const;

const marks: Readonly<Record<Tone, string>> = { good: "🟢", notice: "🟡", bad: "🔴", muted: "⚪" };

/** One block that can't be divided, with what it holds. */
type Piece = { block: types.KnownBlock; size: number; rows: number };

/**
 * A card in Block Kit, as one message or, where it is long, several in order; the buttons stand under the last.
 * Everything is `plain_text` or `rich_text`, which Slack takes literally: no markup, mention or link can arise.
 * @param most how many messages there may be; what doesn't fit is counted in the last one, never dropped in silence.
 */
export function drawMessages(drawn: DrawnCard, most: number, blocks: number = LIMITS.blocks): SlackMessage[] {
  const card = withNumbers(drawn);
  const foot = buttonBlocks(card.buttons);
  const pages = pagesOf(piecesOf(card), blocks - foot.length - 1);
  const shown = pages.slice(0, most);
  const left = pages.slice(most).flat();
  const last = shown.at(-1) ?? [];
  if (left.length > 0) last.push(...noteOf(leftOut(shown.flat(), left)));
  const messages = shown.map((page) => page.map((piece) => piece.block));
  if (messages.length === 0) messages.push([]);
  messages.at(-1)?.push(...foot);
  const text = notification(card);
  return messages.map((page) => ({ blocks: page.length > 0 ? page : [paragraph("（无内容）")], text }));
}

function pagesOf(pieces: readonly Piece[], most: number): Piece[][] {
  const pages: Piece[][] = [];
  let room = { blocks: 0, text: 0 };
  for (const piece of pieces) {
    if (room.blocks < 1 || room.text < piece.size) {
      pages.push([]);
      room = { blocks: most, text: LIMITS.messageText };
    }
    pages.at(-1)?.push(piece);
    room = { blocks: room.blocks - 1, text: room.text - piece.size };
  }
  return pages;
}

function leftOut(shown: readonly Piece[], left: readonly Piece[]): string {
  const rows = (pieces: readonly Piece[]) => pieces.reduce((sum, p) => sum + p.rows, 0);
  return rows(left) > 0
    ? `…共${rows(shown) + rows(left)}行，这里显示前${rows(shown)}行。请加上县（市、区）、部门或时段缩小范围，看其余各行。`
    : "…内容过长，后面的没有显示。请加上县（市、区）、部门或时段缩小范围后再查。";
}

function piecesOf(card: DrawnCard): Piece[] {
  const title = visible(card.title).replaceAll("\n", " ").trim();
  const head = `${card.tone ? `${marks[card.tone]} ` : ""}${title}`;
  const pieces: Piece[] = [];
  if (title !== "") {
    const text = shortened(head, LIMITS.headerText);
    pieces.push({
      block: { type: "header", text: { type: "plain_text", text, emoji: false } },
      size: text.length,
      rows: 0,
    });
    // A header that had to be shortened is followed by the whole of it.
    if (text !== head) pieces.push(...paragraphs(title));
  }
  return [...pieces, ...card.blocks.flatMap(piecesOfBlock), ...unpressable(card.buttons)];
}

/** What blocks were drawn as: one that many get, as `cardToSend` reads it, is drawn once. */
const drawnAs = new WeakMap<Block, readonly Piece[]>();

function piecesOfBlock(block: Block): readonly Piece[] {
  const known = drawnAs.get(block);
  if (known !== undefined) return known;
  const pieces = drawBlock(block);
  drawnAs.set(block, pieces);
  return pieces;
}

function drawBlock(block: Block): Piece[] {
  switch (block.kind) {
    case "text":
      return paragraphs(`${block.tone ? `${marks[block.tone]} ` : ""}${visible(block.text).trim()}`);
    case "note":
      return noteOf(visible(block.text).trim());
    case "facts":
      return factLines(
        block.items.map(({ label, value, tone }) => [
          visible(label),
          `${tone && tone !== "muted" ? `${marks[tone]} ` : ""}${visible(value)}`,
        ]),
        0,
      );
    case "table":
      return tablePieces(block);
    default:
      return block satisfies never;
  }
}

function paragraphs(text: string): Piece[] {
  return inPieces(text, LIMITS.blockText).map((piece) => ({
    block: paragraph(piece),
    size: piece.length,
    rows: 0,
  }));
}

function paragraph(text: string): types.RichTextBlock {
  return {
    type: "rich_text",
    elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
  };
}

function noteOf(text: string): Piece[] {
  return inPieces(text, LIMITS.blockText).map((piece) => ({
    block: { type: "context", elements: [{ type: "plain_text", text: piece, emoji: false }] },
    size: piece.length,
    rows: 0,
  }));
}

/** Lines of “label：value”, the labels in bold. `rows`: how many table rows one line stands for. */
function factLines(items: readonly (readonly [label: string, value: string])[], rows: number): Piece[] {
  const pieces: Piece[] = [];
  let elements: types.RichTextText[] = [];
  let [size, count] = [0, 0];
  const close = () => {
    if (elements.length > 0)
      pieces.push({
        block: { type: "rich_text", elements: [{ type: "rich_text_section", elements }] },
        size,
        rows: count,
      });
    [elements, size, count] = [[], 0, 0];
  };
  for (const [label, value] of items) {
    if (label + value === "") continue;
    const long = label.length + value.length > LIMITS.blockText - 10;
    if (long || size + label.length + value.length > LIMITS.blockText - 10) close();
    if (long) {
      const parts = inPieces(`${label}：${value}`, LIMITS.blockText);
      pieces.push(
        ...parts.map((part, i) => ({
          block: paragraph(part),
          size: part.length,
          rows: i === parts.length - 1 ? rows : 0,
        })),
      );
      continue;
    }
    const text = label === "" ? value : `：${value}`;
    if (elements.length > 0) elements.push({ type: "text", text: "\n" });
    if (label !== "") elements.push({ type: "text", text: label, style: { bold: true } });
    elements.push({ type: "text", text });
    size += label.length + text.length + 1;
    count += rows;
  }
  close();
  return pieces;
}

function tablePieces(table: Extract<Block, { kind: "table" }>): Piece[] {
  if (table.rows.length === 0) return [];
  const aligned = alignedLines(table);
  if (aligned === null || aligned.head.length > LIMITS.blockText / 2) {
    // Too wide for a phone: every row becomes a line of its own, its first cell in bold.
    const titles = table.columns.map((c) => visible(c.title));
    return factLines(
      table.rows.map((row) => {
        const [first = "", ...rest] = table.columns.map((_, i) =>
          visible(row[i] ?? "").replaceAll("\n", " "),
        );
        return [first, rest.map((cell, i) => `${titles[i + 1] ?? ""} ${cell}`.trim()).join("；")];
      }),
      1,
    );
  }
  const pieces: Piece[] = [];
  let lines: string[] = [];
  let size = 0;
  const close = () => {
    const whole = [aligned.head, ...lines].join("\n");
    const text = whole.trim() === "" ? "—" : whole;
    pieces.push({
      block: {
        type: "rich_text",
        elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text }] }],
      },
      size: text.length,
      rows: lines.length,
    });
    [lines, size] = [[], 0];
  };
  for (const line of aligned.lines) {
    if (lines.length > 0 && aligned.head.length + size + line.length + 2 > LIMITS.blockText) close();
    lines.push(line);
    size += line.length + 1;
  }
  close();
  return pieces;
}

const fits = (button: DrawnButton) => button.kind === "press" || button.say.length <= LIMITS.buttonValue;

function buttonBlocks(buttons: readonly DrawnButton[]): types.ActionsBlock[] {
  const elements = buttons.filter(fits).map((button, i): types.Button => {
    const label = visible(button.label).replaceAll("\n", " ").trim() || "…";
    return {
      type: "button",
      action_id: `${button.kind}:${i}`,
      text: { type: "plain_text", text: shortened(label, LIMITS.buttonText), emoji: false },
      value: button.kind === "say" ? button.say || shortened(label, LIMITS.buttonValue) : button.token,
      ...(button.kind === "press" && button.style ? { style: button.style } : {}),
    };
  });
  // Ten rows of buttons are more than anybody presses; the blocks of a message are needed for what it says.
  const rows: types.ActionsBlock[] = [];
  for (let i = 0; i < elements.length && rows.length < 10; i += LIMITS.buttonsOfBlock)
    rows.push({ type: "actions", elements: elements.slice(i, i + LIMITS.buttonsOfBlock) });
  return rows;
}

/** Buttons that Slack can't hold are counted, so that nobody waits for them. */
function unpressable(buttons: readonly DrawnButton[]): Piece[] {
  const many = Math.max(0, buttons.filter(fits).length - 10 * LIMITS.buttonsOfBlock);
  const missing = many + buttons.filter((b) => !fits(b)).length;
  return missing === 0 ? [] : noteOf(`…另有${missing}个按钮放不下，请发送“帮助”看怎么问。`);
}

/** What the notification and a screen reader say: the title and the first lines. */
function notification(card: DrawnCard): string {
  const lines = card.blocks.flatMap((b) =>
    b.kind === "text" ? [b.text] : b.kind === "facts" ? b.items.map((i) => `${i.label}：${i.value}`) : [],
  );
  const text = visible([card.title, ...lines].join("\n")).trim() || "蓝天";
  // Shortened before it is escaped, so that no sign is cut in half; escaping can make it five times as long at most.
  return shortened(escaped(shortened(text, 600)), LIMITS.notification);
}
