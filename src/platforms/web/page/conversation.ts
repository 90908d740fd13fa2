import type { ConsoleMessage } from "../console.ts";
import { api } from "./api.ts";
import { announce, once } from "./notice.ts";
import { draw, state } from "./state.ts";

/** A page of history; a full one means that there may be more. */
const pageSize = 50;

/** Forgets everything and shows this history, or the welcome where there is none. */
export function reset(history: readonly ConsoleMessage[]): void {
  state.messages.clear();
  state.withdrawn.clear();
  state.sayings = [];
  state.hasOlder = history.length >= pageSize;
  state.hasNewer = false;
  put(history);
  log().scrollTop = history.length === 0 ? 0 : log().scrollHeight;
}

/** What came by itself: it is announced, and the page follows only when it was at its end. */
export function showArrived(messages: readonly ConsoleMessage[]): void {
  const follow = atEnd();
  const added = put(messages);
  const [first, last] = [added[0], added.at(-1)];
  if (!first || !last) return;
  if (follow) showFrom(elementOf(first));
  else state.hasNewer = true;
  if (last.from === "bot") announce(`${last.push ? "推送：" : ""}${headlineOf(last)}`);
  draw();
}

/** The answer to what the person just did: the page goes to its beginning, the question above it where both fit. */
export function showAnswer(messages: readonly ConsoleMessage[]): void {
  // The event stream may have brought the same messages a moment before.
  put(messages);
  const last = messages.at(-1);
  if (!last) return;
  const said = messages.find(({ from }) => from === "me");
  const [begins, ends] = [said && elementOf(said), elementOf(last)];
  const fits = begins && ends && ends.offsetTop + ends.offsetHeight - begins.offsetTop < log().clientHeight;
  showFrom(fits ? begins : ends);
  if (last.from === "bot") announce(headlineOf(last));
}

/** Takes messages off the page that are shown elsewhere. */
export function withdraw(messages: readonly ConsoleMessage[]): void {
  for (const { id } of messages) {
    state.withdrawn.add(id);
    state.messages.delete(id);
  }
  draw();
}

export function showEarlier(): Promise<void> {
  return once("older", async () => {
    const earlier = await api.history(Math.min(...state.messages.keys()));
    const fromEnd = log().scrollHeight - log().scrollTop;
    state.hasOlder = earlier.length >= pageSize;
    put(earlier);
    log().scrollTop = log().scrollHeight - fromEnd;
  });
}

export function goToEnd(): void {
  log().scrollTop = log().scrollHeight;
}

/** At the end nothing is newer. */
export function scrolled(): void {
  if (!state.hasNewer || !atEnd()) return;
  state.hasNewer = false;
  draw();
}

/** What is known is redrawn in its place, what is new joins; returns what wasn't on the page before. */
function put(messages: readonly ConsoleMessage[]): ConsoleMessage[] {
  const added: ConsoleMessage[] = [];
  for (const message of messages) {
    const before = state.messages.get(message.id);
    if (state.withdrawn.has(message.id) || JSON.stringify(before) === JSON.stringify(message)) continue;
    state.messages.set(message.id, message);
    if (before) state.changed.add(message.id);
    else added.push(message);
  }
  for (const { text } of added.filter(({ from }) => from === "me")) hideEcho(text);
  draw();
  return added;
}

/** Hides the bubble of what was just said, when the event stream brings it before the answer does. */
function hideEcho(text: string | undefined) {
  const said = state.sayings.find((saying) => !saying.failed && !saying.echoed && saying.text === text);
  if (said) said.echoed = true;
}

const log = () => document.getElementById("log") as HTMLElement;
const elementOf = ({ id }: ConsoleMessage) => document.getElementById(`message-${id}`);
const atEnd = () => log().scrollHeight - log().scrollTop - log().clientHeight < 80;
const headlineOf = ({ card, text }: ConsoleMessage) => card?.title ?? text ?? "";

function showFrom(element: HTMLElement | null) {
  // A card taller than the page shows its beginning; the browser stops at the end for anything shorter.
  if (element) log().scrollTop = element.offsetTop - 10;
  state.hasNewer = false;
  draw();
}
