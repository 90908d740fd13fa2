import type { Deadline } from "../../domain/deadline-words.ts";
import type { Period } from "../../domain/period.ts";
import type { Department, Measure } from "../../domain/plan/pack.ts";
import type { Place } from "../../office/office.ts";

/** What a piece of a phrase may mean. A piece may mean several things; the command that takes it decides. */
export type Meaning =
  | { kind: "county"; place: Place }
  /** The whole city, or all its counties: 全市, 各县区. */
  | { kind: "everywhere"; all: boolean }
  | { kind: "department"; department: Department }
  /** A county's own bureau, 海安住建局: the county itself. */
  | { kind: "bureau"; place: Place; name: string }
  /** A town or a county's bureau, for a command that takes one: 城东镇, 海安住建局. */
  | { kind: "subunit"; name: string }
  /** Whoever speaks: 我县, 我们局, 我的. */
  | { kind: "own"; of: "county" | "department" | "any" }
  | { kind: "period"; period: Period }
  | ({ kind: "deadline" } & Deadline)
  /** Meant as a date or a period, and can't be one. */
  | {
      kind: "impossible";
      why: string;
      code?: "unknown-issue" | "unknown-measure" | "bad-date" | "usage";
      /** It may as well be a word of a text: 秋冬季 where the plan doesn't say how long it lasts. */
      isWord?: true;
    }
  | { kind: "measure"; measure: Measure }
  | { kind: "issue"; no: string }
  /** A bare number: of an issue or of a measure, as the command takes it. */
  | { kind: "number"; value: number }
  | { kind: "page"; value: number }
  /** 第3期 of a paper that is numbered. */
  | { kind: "edition"; value: number }
  /** 前三名, 倒数第一: so many from one end. */
  | { kind: "end"; end: "top" | "bottom"; count: number }
  | { kind: "amount" }
  | { kind: "category"; name: string }
  /** A value that some command's argument may take. */
  | { kind: "choice" }
  /** Names commands, by their name or by a word that only hints at them. */
  | { kind: "command"; named: ReadonlySet<string>; hinted: ReadonlySet<string> }
  /** Says which part the unit beside it has: 主办, 协办, 抄送. */
  | { kind: "part" }
  /** 急, 尽快: an order's reader has to be asked what is meant. */
  | { kind: "urgency" }
  /** A person or a post: 张三负责, 市办. */
  | { kind: "who" }
  /** 整改到位, 要求: says nothing that an order doesn't say by itself. */
  | { kind: "orderly" }
  /** Says nothing in a question: 怎么样, 的, 发我一下. */
  | { kind: "filler" }
  /** Says nothing anywhere: 请, 谢谢. */
  | { kind: "courtesy" };

export type MeaningKind = Meaning["kind"];

/** A part of a phrase. `glued`: no blank or sign stands between it and the piece before. */
export type Piece = {
  text: string;
  start: number;
  end: number;
  glued: boolean;
  quoted: boolean;
  /** Empty for a run of characters that nothing explains, and for quoted text. */
  meanings: readonly Meaning[];
};

export const meaning = <K extends MeaningKind>(
  piece: Piece,
  kind: K,
): Extract<Meaning, { kind: K }> | undefined =>
  piece.meanings.find((m) => m.kind === kind) as Extract<Meaning, { kind: K }> | undefined;

/** Where or whom something is about: a question that can't heed it would be answered about somebody else. */
export const isScope = (piece: Piece): boolean =>
  piece.meanings.some((m) =>
    ["county", "bureau", "department", "measure", "issue", "number", "who", "own"].includes(m.kind),
  );
