import type { AnyCommand } from "../../chat/command.ts";

/** What of a payload tells whether somebody waits for more than an answer. */
export type Pressing = {
  type?: string;
  command?: string;
  actions?: readonly { action_id?: unknown; value?: unknown }[];
};

/**
 * Whether a payload waits behind no answer: Slack itself waits for a submitted form, and a trigger opens a form for three
 * seconds only. A say-button is as good as words, which are answered in their order.
 */
export function isUrgent({ type, command, actions }: Pressing, commands: readonly AnyCommand[]): boolean {
  if (type === "view_submission") return true;
  if (type === "block_actions") return !isSayButton(actions?.[0]);
  return commands.some(({ name, form }) => form !== undefined && command && bare(command) === name);
}

/** Whether a button says words for whoever presses it. */
export const isSayButton = (action: { action_id?: unknown } | undefined): boolean =>
  String(action?.action_id).startsWith("say:");

/** A command's own name: the workspace may have given it a prefix (`/lt-county`). */
export function bare(command: string): string {
  return command.slice(command.lastIndexOf("-") + 1).replace(/^\//, "");
}
