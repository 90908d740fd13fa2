import type { Button } from "./card.ts";

/** Buttons that say a command's word with these arguments; what is undefined or empty is left out. */
export type Saying = (
  label: string,
  ...rest: readonly (string | number | undefined)[]
) => Extract<Button, { kind: "say" }>;

const said = new Set<string>();

/** Words of commands that some button says. The registry refuses to start when no command is called so. */
export const wordsSaid: ReadonlySet<string> = said;

/**
 * Declares that a file's buttons say a command's word; stands at the top of the file, so that the registry knows of it.
 * @example const toIssue = says("问题"); toIssue("看 6", "NT-2020-000006") // says “问题 NT-2020-000006”
 */
export function says(word: string): Saying {
  said.add(word);
  return (label, ...rest) => ({
    kind: "say",
    label,
    say: [word, ...rest].filter((part) => part !== undefined && part !== "").join(" "),
  });
}
