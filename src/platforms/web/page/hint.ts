import { api } from "./api.ts";
import { showMenu } from "./menu.ts";
import { draw, state } from "./state.ts";

/** A pause in typing after which the reading is asked for, ms. */
const PAUSE = 150;
let timer = 0;

/** Shows how a text reads and how it may go on, once its writer pauses; a text that has changed meanwhile is asked about anew. */
export function readWhileTyping(text: string, isStill: () => boolean): void {
  forgetReading();
  if (text.trim() === "") {
    showMenu([], -1);
    return;
  }
  timer = window.setTimeout(async () => {
    // Nobody waits for it: where it can't be had, the page does without.
    const hint = await api.hint(text).catch(() => null);
    if (hint === null || !isStill()) return;
    state.reading = hint.reading;
    draw();
    showMenu(
      hint.completions.map(({ phrase, shows, note }) => ({
        title: shows,
        name: "",
        does: note,
        example: "",
        phrase,
      })),
      -1,
    );
  }, PAUSE);
}

export function forgetReading(): void {
  clearTimeout(timer);
  if (state.reading === null) return;
  state.reading = null;
  draw();
}
