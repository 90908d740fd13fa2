/**
 * An office's paper as data: both the Word file and the pictures of its pages are drawn from it, so that whoever reads it on
 * a phone before it is signed sees what is signed. Layout after GB/T 9704-2012 (党政机关公文格式): A4, title 二号, text 三号,
 * headings 三号 黑体, page numbers below. From memory of the standard, to be confirmed against the original.
 */
export type PaperModel = {
  /** What the file is called in its properties. */
  name: string;
  creator: string;
  /** Stand in red at the head of every page: that it is a draft, that its figures are a demonstration's. */
  marks: readonly string[];
  /** A letter has the margins of the standard, a form to be filled in has narrow ones. */
  margins: "letter" | "form";
  blocks: readonly PaperBlock[];
};

export type PaperBlock =
  /** The title, each of its lines a line, and what stands below it: a number, a date. */
  | { kind: "title"; lines: readonly string[]; below?: string }
  /** 主送, at the margin. */
  | { kind: "addressee"; text: string }
  /** 一、… */
  | { kind: "heading"; text: string }
  | { kind: "text"; text: string }
  /** Small print. */
  | { kind: "note"; text: string }
  | PaperTable
  /** 附件说明: numbered when there are several. */
  | { kind: "attachments"; names: readonly string[] }
  /** 落款: who signs, and when. */
  | { kind: "signature"; body: string; date: string };

/** A bordered table. `widths` are shares of the text's width; `small` is its print beside 五号, at most 1. */
export type PaperTable = {
  kind: "table";
  rows: readonly (readonly PaperCell[])[];
  widths: readonly number[];
  /** The first row stands on every page. */
  head?: boolean;
  /** Millimetres that a row has at least. */
  height?: number;
  small?: number;
};

/** What a cell holds: text of several lines (`code`: in narrow print, for hashes), a label, or a picture. */
export type PaperCell =
  | string
  | { text: string; look?: "label" | "code"; span?: number }
  | { picture: PaperPicture; span?: number };

/** A picture in a cell. `width` and `height` are its own, in pixels; `most` is how high it may be drawn, millimetres. */
export type PaperPicture = {
  bytes: Uint8Array;
  type: "jpg" | "png";
  width: number;
  height: number;
  caption: string;
  most: number;
};

/** Millimetres of an A4 page and of its margins: above, below, left, right. */
export const PAGE = { width: 210, height: 297 } as const;
export const MARGINS = {
  letter: { top: 37, bottom: 35, left: 28, right: 26 },
  form: { top: 24, bottom: 20, left: 20, right: 20 },
} as const;

/** Points of print: 二号, 三号, 四号, 五号, 小五. */
export const POINTS = { title: 22, text: 16, page: 14, cell: 10.5, small: 9 } as const;

/** How far a picture is drawn into a cell: both sides, in millimetres. */
export function pictureSize(
  { width, height, most }: Pick<PaperPicture, "width" | "height" | "most">,
  room: number,
): { width: number; height: number } {
  // A small picture isn't blown up: 96 pixels are an inch.
  const scale = Math.min(room / width, most / height, 25.4 / 96);
  return { width: width * scale, height: height * scale };
}

export const labelCell = (text: string, span?: number) => ({
  text,
  look: "label" as const,
  ...(span === undefined ? {} : { span }),
});

/** XML and pictures have no place for control characters, and a reader none for marks that turn a text's direction. */
export function withoutControls(text: string): string {
  return text
    .replaceAll("\t", " ")
    .replace(/(?!\n)[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu, "");
}
