import type { Named } from "../domain/posts.ts";

/**
 * The card: a platform-neutral message. It says what it means; each platform draws its best.
 * A card carries the facts it rests on, so that scripts and tests never parse its text.
 */
export type Card = {
  title: string;
  /** Tone of the title's mark: colour is never the only carrier, the words say it too. */
  tone?: Tone;
  blocks: readonly Block[];
  buttons?: readonly Button[];
  /** Files that go with it; each is made when it is opened or sent. */
  files?: readonly CardFile[];
  /** Machine-readable content, as in the interfaces document. */
  facts?: Readonly<Record<string, unknown>>;
  /**
   * The phrase that asks for this card, where another was said or a button pressed: 导出 alone then means this one. Never
   * shown.
   */
  again?: string;
  /** What the card shows, for redrawing in place when it changes: `issue:12`. */
  subject?: string;
  /** Worth something only where it stands: where it can't be edited there, it isn't sent anew. */
  onlyInPlace?: true;
  /** What the audit row of this change says besides its subject; never shown, never a secret. */
  audit?: Readonly<Record<string, unknown>>;
  /** For whom a stand-in has acted: the audit names both. Never shown. */
  behalf?: Named;
  /** What is kept of an answer for whoever asks again: its title, unless that holds what is stored nowhere. */
  receipt?: string;
};

export type Tone = "good" | "notice" | "bad" | "muted";

export type Block =
  /** A paragraph. */
  | { kind: "text"; text: string; tone?: Tone }
  /** Label–value pairs, the body of a status card. */
  | { kind: "facts"; items: readonly { label: string; value: string; tone?: Tone }[] }
  /** A table of plain strings. `end` columns hold numbers and align right. */
  | {
      kind: "table";
      columns: readonly { title: string; align?: "start" | "end" }[];
      rows: readonly (readonly string[])[];
      /** What a tap on each row says, where it opens something: by a click, or by a small numbered button. */
      opens?: readonly (string | null)[];
    }
  /** Small print: data status, valid days, sources. */
  | { kind: "note"; text: string };

export type Button =
  /** Says a phrase on the person's behalf; the same as typing it. */
  | { kind: "say"; label: string; say: string }
  /** Presses a registered action; its form, if any, is asked first. */
  | {
      kind: "press";
      label: string;
      action: string;
      params: Readonly<Record<string, string | number>>;
      style?: "primary" | "danger";
      fields?: readonly Field[];
    };

/** A paper that goes with a card: which one, about what, and what it is called. A `picture` is shown in place. */
export type CardFile = {
  paper: string;
  params: Readonly<Record<string, string | number>>;
  name: string;
  picture: boolean;
};

/** One input of a form. Values travel as strings; the action's or command's zod schema reads them. */
export type Field = {
  name: string;
  label: string;
  kind: "text" | "longtext" | "number" | "date" | "choice";
  required: boolean;
  hint?: string;
  value?: string;
  options?: readonly { value: string; label: string }[];
  /** Name of a picture on the same card over which boxes are drawn, as `readBoxes` reads them; where nothing can be drawn it is text. */
  over?: string;
};

/** A card as it stands before a person: every press button has become an opaque token. */
export type DrawnCard = Omit<Card, "buttons" | "files" | "audit" | "behalf" | "receipt" | "again"> & {
  buttons: readonly DrawnButton[];
  /** The files, each under the token that opens it for this person; absent where there are none. */
  files?: readonly DrawnFile[];
};
export type DrawnFile = { token: string; name: string; picture: boolean };
export type DrawnButton =
  | { kind: "say"; label: string; say: string }
  | { kind: "press"; label: string; token: string; style?: "primary" | "danger"; fields: readonly Field[] };
