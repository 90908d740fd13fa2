import type { TemplateResult } from "lit-html";
import type { ConsoleMessage, Session } from "../console.ts";

/** What the person said, until it is answered. */
export type Unanswered = {
  text: string;
  /** True when the event stream has brought it as a message before the answer came. */
  echoed: boolean;
  /** Why there is no answer; its place is then among the messages' ids, and before that at the end. */
  failed?: { why: string; again(): void; place: number };
};

/** What the input may be filled with: a command, or what was begun gone on with. */
export type Option = { title: string; name: string; does: string; example: string; phrase: string };

export type PageSheet = {
  title: string;
  at: "middle" | "corner";
  content(): TemplateResult;
  closed: (() => void) | undefined;
};

/** All that the page shows. Whoever changes it calls `draw`. */
export const state = {
  session: undefined as Session | undefined,
  messages: new Map<number, ConsoleMessage>(),
  /** Messages that are shown elsewhere, such as a refusal at its form. */
  withdrawn: new Set<number>(),
  /** Cards that have just been redrawn. */
  changed: new Set<number>(),
  sayings: [] as Unanswered[],
  hasOlder: false,
  hasNewer: false,
  /** What was pressed and isn't answered yet. */
  busy: new Set<string>(),
  /** Pictures that couldn't be loaded, by token. */
  broken: new Set<string>(),
  /** The files that go with the next message. */
  files: [] as File[],
  /** `active` is -1 while none is marked: Enter then belongs to the input. */
  menu: { found: [] as readonly Option[], active: -1 },
  /** How what stands in the input reads so far. */
  reading: null as string | null,
  sheets: [] as readonly PageSheet[],
  /** Pushes that came while the page was out of sight. */
  unseen: 0,
  notice: "",
  announced: "",
};

let render = () => {};

/** Says how the page is drawn. */
export function drawBy(page: () => void): void {
  render = page;
}

/** Brings the page in line with the state, at once: what follows may measure and scroll it. */
export const draw = (): void => render();
