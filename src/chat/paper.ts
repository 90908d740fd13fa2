import type { z } from "zod";
import type { Person } from "../store/people.ts";
import type { Reader, Store } from "../store/store.ts";
import type { Vault } from "../store/vault.ts";
import type { CardFile } from "./card.ts";
import type { Context } from "./command.ts";
import type { Refusal } from "./refusal.ts";

/** A file as it stands before its reader. `type` is its media type. */
export type Made = { name: string; type: string; bytes: Uint8Array };

/**
 * A paper is a button that answers with a file: a Word letter, a workbook, a picture, a piece of evidence. Declared in the
 * file of the command whose card carries it, as a named export. What a card or a queued delivery holds is only its name
 * and parameters; it is made when somebody opens it or a platform sends it.
 */
export type Paper<P extends z.ZodObject = z.ZodObject, D = unknown> = {
  kind: "paper";
  /** Stable name such as `issue.closing-slip`. */
  name: string;
  params: P;
  /** What the paper says, from one snapshot of the store. Authorises by itself: a right may have gone since the card was drawn. */
  data(request: { params: z.output<P>; person: Person }, context: Context<Reader>): Promise<D | Refusal>;
  /**
   * Makes the file, outside any transaction: it may take its time, read kept evidence, and keep what is made once. `marks` have to stand on every
   * page, sheet and picture that it makes: that its figures are a demonstration's.
   */
  render(data: D, tools: { vault: Vault; store: Store; marks: readonly string[] }): Promise<Made>;
  /** The paper as it goes with a card. A `picture` is shown, anything else is offered for download. */
  file(params: z.input<P>, look: { name: string; picture?: boolean }): CardFile;
};

// biome-ignore lint/suspicious/noExplicitAny: the registry holds papers of all shapes; the router checks each against its own schema
export type AnyPaper = Paper<any, any>;

const named = new Set<string>();

/** Papers that are declared. The registry refuses to start when one is not among its own: a card would name what nobody makes. */
export const papersNamed: ReadonlySet<string> = named;

/** Declares a paper; its `file` puts it on a card. */
export function paper<P extends z.ZodObject, D>(spec: Omit<Paper<P, D>, "kind" | "file">): Paper<P, D> {
  named.add(spec.name);
  return {
    kind: "paper",
    ...spec,
    file: (params, { name, picture = false }) => ({
      paper: spec.name,
      params: params as CardFile["params"],
      name,
      picture,
    }),
  };
}
