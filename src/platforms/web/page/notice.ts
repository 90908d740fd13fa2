import { messageOf } from "./api.ts";
import { draw, state } from "./state.ts";

let hiding: ReturnType<typeof setTimeout> | undefined;

/** One calm line above the input; an empty one takes it away, `brief` lets it go by itself. */
export function notice(text: string, { brief = false } = {}): void {
  clearTimeout(hiding);
  if (brief) hiding = setTimeout(() => notice(""), 8000);
  state.notice = text;
  draw();
}

/** Says something to screen readers without moving anything on the page. */
export function announce(text: string): void {
  // The same text twice is no change to a live region; a blank at its end makes it one.
  state.announced = text === state.announced ? `${text}\u00a0` : text;
  draw();
}

/** Does what was pressed, once at a time under this name; `fail` is told in words what went wrong. */
export async function once(
  name: string,
  work: () => Promise<void>,
  fail = (why: string) => notice(why, { brief: true }),
): Promise<void> {
  if (state.busy.has(name)) return;
  state.busy.add(name);
  draw();
  await work().catch((error) => fail(messageOf(error)));
  state.busy.delete(name);
  draw();
}
