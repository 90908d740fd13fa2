/**
 * An office's paper as data: both the Word file and the pictures of its pages are drawn from it, so that whoever reads it on
 * a phone before it is signed sees what is signed. Layout after GB/T 9704-2012 (党政机关公文格式): A4, title 二号, text 三号 on
 * lines of 28 points, page numbers below. From memory of the standard, to be confirmed against the original.
 */
export type PaperModel = {
  /** What the file is called in its properties. */
  name: string;
  creator: string;
  /** Stand in red at the head of every page: that it is a draft, that its figures are a demonstration's. */
  marks: readonly string[];
  /** A letter has the margins of the standard, a form to be filled in has narrow ones. */
  margins: "letter" | "form";
  /** 发文机关标志, in red above a red rule on the first page: 南通市大气污染防治联席会议办公室文件. Absent: the number stands below the title. */
  redHead?: string;
  /** 份号, 密级和保密期限, 紧急程度: one below the other in the upper left corner of the first page. */
  corner?: readonly string[];
  /** 发文字号, and who signed it where the paper names them. */
  no?: string;
  signer?: string;
  blocks: readonly PaperBlock[];
  /** 版记, at the foot of the last page. */
  imprint?: PaperImprint;
};

/** What a paper's stamp says of its head: 红头 and number, as far as it has them. */
export const stampedHead = ({
  redHead,
  number,
}: {
  redHead: string | null;
  number: string | null;
}): Pick<PaperModel, "redHead" | "no"> => ({
  ...(redHead === null ? {} : { redHead }),
  ...(number === null ? {} : { no: number }),
});

export type PaperBlock =
  /**
   * The title in one line where it fits, else broken where its sense allows (`lines`; one that is too long still, between
   * words); and what stands below it: a week, a date.
   */
  | { kind: "title"; lines: readonly string[]; below?: string }
  /** 主送, at the margin. */
  | { kind: "addressee"; text: string }
  /** On four levels 一、（一）1.（1）, of which the first is meant where none is said. The paper numbers them; `text` has no number. */
  | { kind: "heading"; level?: HeadingLevel; text: string }
  | { kind: "text"; text: string }
  /** Small print. */
  | { kind: "note"; text: string }
  | PaperTable
  /** A picture or chart in the text, its caption below it. */
  | { kind: "picture"; picture: PaperPicture }
  /** 附件说明: numbered when there are several. */
  | { kind: "attachments"; names: readonly string[] }
  /** 落款: who signs, and when. */
  | { kind: "signature"; body: string; date: string }
  /** 附注, in brackets below the date: 此件公开发布. */
  | { kind: "remark"; text: string }
  /** An attachment that is bound with the paper: it begins a page, and its headings are numbered anew. */
  | { kind: "appendix"; title: string };

export type HeadingLevel = 1 | 2 | 3 | 4;

/** 抄送机关, 印发机关 and 印发日期 (2020年6月5日). */
export type PaperImprint = { copies: readonly string[]; issuer: string; date: string };

/** A bordered table. `widths` are shares of the text's width; `small` is its print beside 五号, at most 1. */
export type PaperTable = {
  kind: "table";
  /** Stands above it: 表1　各县（市、区）空气质量. */
  title?: string;
  rows: readonly (readonly PaperCell[])[];
  widths: readonly number[];
  /** The first row stands on every page; how many rows, where the head has several. */
  head?: boolean | number;
  /** How the cells of each column stand; from the left where nothing is said. */
  align?: readonly CellAlign[];
  /** Millimetres that a row has at least. */
  height?: number;
  small?: number;
};
export type CellAlign = "left" | "center" | "right";

/** What a cell holds: text of several lines (`code`: in narrow print, for hashes), a label, or a picture. */
export type PaperCell =
  | string
  | { text: string; look?: "label" | "code"; span?: number }
  | { picture: PaperPicture; span?: number };

/** A picture with its caption. `width` and `height` are its own, in pixels; `most` is how high it may be drawn, millimetres. */
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

/** How many rows of a table are its head. */
export const headOfTable = ({ head = 0 }: Pick<PaperTable, "head">): number => Number(head);

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
