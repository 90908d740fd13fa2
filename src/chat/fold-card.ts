import type { Block, Card } from "./card.ts";
import { says } from "./says.ts";

const toDigest = says("简报");

/** One message that goes out as a part of another: its delivery's number, and its card. */
export type FoldPart = { id: number; job: string | null; card: Card };

/** What a message of several parts is told beside them, kept in its card so that it can be drawn anew. */
export type FoldHead = {
  /** Its own title; without one it is called by its parts. */
  title?: string;
  note?: string;
  /** Lines of tables and facts that it shows of its parts; what is longer is opened. */
  lines: number;
};

/** Parts that are named; a phone shows no more. The rest is counted. */
export const PARTS_NAMED = 15;

/**
 * One message for several: each part with its title, what there is room for of its content, and a button that opens it. The
 * first is what people look for most, and is called first.
 */
export function foldCard(parts: readonly FoldPart[], head: FoldHead): Card {
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return alone(only, head);
  const named = parts.slice(0, PARTS_NAMED);
  const blocks: Block[] = [];
  let room = head.lines;
  for (const [i, { card }] of named.entries()) {
    const lines = card.blocks.reduce((sum, block) => sum + linesOf(block), 0);
    const isWhole = lines <= room;
    if (isWhole) room -= lines;
    const tone = card.tone === "bad" || card.tone === "notice" ? card.tone : undefined;
    const [first] = card.blocks.filter((block) => block.kind === "text");
    const [about, state] = [first ? `：${short(first.text)}` : "", stateIn(card)];
    const line = `${i + 1}. ${card.title}${isWhole ? "" : `${about}${state ? `（${state}）` : ""}`}`;
    blocks.push({ kind: "text", text: line, ...(tone ? { tone } : {}) });
    if (isWhole) blocks.push(...card.blocks);
  }
  const rest = parts.length - named.length;
  if (rest > 0) blocks.push({ kind: "note", text: `另有${rest}项，发送“简报”看全部` });
  if (head.note) blocks.push({ kind: "note", text: head.note });
  return {
    title: head.title ?? titleOf(parts),
    tone: parts.some(({ card }) => card.tone === "bad") ? "bad" : "notice",
    blocks,
    buttons: named.map(({ id, card }, i) => toDigest(`${i + 1}. ${short(card.title, 16)}`, id)),
    facts: {
      ...(head.title === undefined ? parts[0]?.card.facts : {}),
      fold: head,
      pieces: parts.map(({ id, job, card }) => ({
        delivery: id,
        job,
        title: card.title,
        facts: card.facts ?? {},
      })),
    },
  };
}

/** A digest of one thing is that thing, with its own title and buttons; it is drawn anew as a part, so it has no subject. */
function alone({ id, job, card }: FoldPart, head: FoldHead): Card {
  const { subject: _, ...shown } = card;
  return {
    ...shown,
    blocks: [...card.blocks, ...(head.note ? [{ kind: "note" as const, text: head.note }] : [])],
    facts: {
      ...card.facts,
      fold: head,
      pieces: [{ delivery: id, job, title: card.title, facts: card.facts ?? {} }],
    },
  };
}

/** A row of the outbox as a part. */
export const foldPartOf = ({
  id,
  job,
  card,
}: {
  id: number;
  job: string | null;
  card: string;
}): FoldPart => ({
  id,
  job,
  card: JSON.parse(card) as Card,
});

/** The message of several parts as they are by now. */
export function refold(whole: Card, parts: readonly Parameters<typeof foldPartOf>[0][]): Card {
  const head = whole.facts?.fold as FoldHead | undefined;
  return foldCard(parts.map(foldPartOf), head ?? { lines: 0 });
}

function titleOf(parts: readonly FoldPart[]): string {
  const titles = parts.map(({ card }) => card.title);
  const [first = ""] = titles;
  return titles.length === 2 ? titles.join("；") : `${first}，另${titles.length - 1}项`;
}

/** How what a card is about stands, where it says so. */
const stateIn = ({ blocks }: Card): string | undefined =>
  blocks.flatMap((block) => (block.kind === "facts" ? block.items : [])).find(({ label }) => label === "状态")
    ?.value;

function linesOf(block: Block): number {
  if (block.kind === "table") return block.rows.length + 1;
  return block.kind === "facts" ? block.items.length : 1;
}

const short = (text: string, most = 60) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
