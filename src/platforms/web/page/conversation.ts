import type { DrawnButton } from "../../../chat/card.ts";
import type { ConsoleMessage } from "../console.ts";
import { drawCard } from "./card.ts";
import { dayOf, dayTitle, timeOf } from "./day.ts";
import { announce, byId, el } from "./dom.ts";

/** A page of history; a full one means that there may be more. */
const pageSize = 50;

/** The messages on the page, by id: what is known is redrawn in its place, what is new joins at its end. */
export function conversation(doors: {
  now(): string;
  earlier(before: number): Promise<ConsoleMessage[]>;
  button(button: DrawnButton, element: HTMLButtonElement, message: ConsoleMessage): void;
  empty(): HTMLElement;
}) {
  const log = byId("log", HTMLElement);
  const list = byId("messages", HTMLElement);
  const newer = byId("newer", HTMLButtonElement);
  const older = el("button", { type: "button", class: "older", hidden: true }, "更早的消息");
  const known = new Map<number, { message: ConsoleMessage; element: HTMLElement }>();
  const withdrawn = new Set<number>();
  let welcome: HTMLElement | null = null;

  const atBottom = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const toBottom = () => {
    log.scrollTop = log.scrollHeight;
  };
  newer.addEventListener("click", toBottom);
  log.addEventListener("scroll", () => {
    if (atBottom()) newer.hidden = true;
  });

  older.addEventListener("click", async () => {
    const first = Math.min(...known.keys());
    older.disabled = true;
    try {
      const page = await doors.earlier(first);
      const fromEnd = log.scrollHeight - log.scrollTop;
      put(page);
      older.hidden = page.length < pageSize;
      log.scrollTop = log.scrollHeight - fromEnd;
    } finally {
      older.disabled = false;
    }
  });

  /** Draws messages and returns those that weren't on the page before. */
  function put(messages: readonly ConsoleMessage[]): HTMLElement[] {
    const added: HTMLElement[] = [];
    for (const message of messages) {
      if (withdrawn.has(message.id)) continue;
      const before = known.get(message.id);
      if (before && JSON.stringify(before.message) === JSON.stringify(message)) continue;
      const element = drawMessage(message, doors.button);
      if (before) {
        element.classList.add("is-changed");
        before.element.replaceWith(element);
      } else {
        insert(message, element);
        added.push(element);
      }
      known.set(message.id, { message, element });
    }
    if (known.size > 0) {
      welcome?.remove();
      welcome = null;
    }
    drawDays();
    return added;
  }

  function insert(message: ConsoleMessage, element: HTMLElement) {
    if (message.from === "me") unsent(message.text)?.remove();
    const after = Math.min(...[...known.keys()].filter((id) => id > message.id));
    const next = known.get(after)?.element ?? list.querySelector(":scope > .is-pending");
    list.insertBefore(element, next);
  }

  /** The bubble of what was just said, when the event stream brings it before the answer does. */
  function unsent(text: string | undefined): Element | undefined {
    return [...list.querySelectorAll(".is-pending")].find((bubble) => bubble.textContent === text);
  }

  function drawDays() {
    for (const day of list.querySelectorAll(".day")) day.remove();
    let last = "";
    for (const [, { message, element }] of [...known].sort(([a], [b]) => a - b)) {
      if (dayOf(message.at) === last) continue;
      last = dayOf(message.at);
      element.before(el("p", { class: "day" }, dayTitle(message.at, doors.now())));
    }
  }

  return {
    /** Forgets everything and shows this history, or the welcome where there is none. */
    reset(messages: readonly ConsoleMessage[]) {
      known.clear();
      withdrawn.clear();
      list.replaceChildren(older);
      older.hidden = messages.length < pageSize;
      put(messages);
      welcome = known.size === 0 ? doors.empty() : null;
      if (welcome) list.append(welcome);
      log.scrollTop = known.size === 0 ? 0 : log.scrollHeight;
    },

    /** What came by itself: it is announced, and the page follows only when it was at its end. */
    receive(messages: readonly ConsoleMessage[]) {
      const follow = atBottom();
      const fresh = messages.filter(({ id }) => !known.has(id) && !withdrawn.has(id));
      const added = put(messages);
      const last = fresh.at(-1);
      if (!added[0] || !last) return;
      if (follow) showFrom(added[0]);
      else newer.hidden = false;
      if (last.from === "bot") announce(`${last.push ? "推送：" : ""}${last.card?.title ?? last.text ?? ""}`);
    },

    /** The answer to what the person just did: the page goes to its beginning, the question above it where both fit. */
    answer(messages: readonly ConsoleMessage[]) {
      // The event stream may have brought the same messages a moment before.
      put(messages);
      const last = messages.at(-1);
      const said = messages.find((message) => message.from === "me");
      const ends = last && known.get(last.id)?.element;
      const begins = said && known.get(said.id)?.element;
      const fits = begins && ends && ends.offsetTop + ends.offsetHeight - begins.offsetTop < log.clientHeight;
      if (ends) showFrom(fits ? begins : ends);
      if (last?.from === "bot") announce(last.card?.title ?? last.text ?? "");
    },

    /** Takes messages off the page that are shown elsewhere, such as a refusal at its form. */
    withdraw(messages: readonly ConsoleMessage[]) {
      for (const { id } of messages) {
        withdrawn.add(id);
        known.get(id)?.element.remove();
        known.delete(id);
      }
      drawDays();
    },

    /** Shows what was said until the server has it; `failed` offers to send it again. */
    pending(text: string) {
      welcome?.remove();
      welcome = null;
      const bubble = el("p", { class: "bubble" }, text);
      const wait = el("p", { class: "waiting", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
      const element = el(
        "div",
        { class: "message from-me is-pending" },
        el("div", { class: "message-body" }, bubble),
      );
      list.append(element);
      const late = setTimeout(() => list.append(wait), 350);
      toBottom();
      const stop = () => {
        clearTimeout(late);
        wait.remove();
      };
      return {
        done(kept: boolean) {
          stop();
          if (kept) element.remove();
          else element.classList.remove("is-pending");
        },
        failed(why: string, again: () => void) {
          stop();
          const retry = el("button", { type: "button", class: "retry" }, "重新发送");
          // On its own: the bubble is gone when the server kept the message and failed at the answer.
          const line = el("p", { class: "failed", role: "alert" }, why, retry);
          retry.addEventListener("click", () => {
            element.remove();
            line.remove();
            again();
          });
          list.append(line);
          toBottom();
        },
      };
    },

    /** What the person said, the latest last: the input recalls it. A file can't be sent again by its name. */
    said: (): string[] =>
      [...known.values()]
        .filter(({ message }) => message.from === "me" && !message.text?.startsWith("[文件] "))
        .flatMap(({ message }) => message.text ?? []),
  };

  function showFrom(element: HTMLElement) {
    // A card taller than the page shows its beginning; the browser stops at the end for anything shorter.
    log.scrollTop = element.offsetTop - 10;
    newer.hidden = true;
  }
}

function drawMessage(
  message: ConsoleMessage,
  onButton: (button: DrawnButton, element: HTMLButtonElement, message: ConsoleMessage) => void,
): HTMLElement {
  const mine = message.from === "me";
  const meta = el(
    "p",
    { class: "meta" },
    el("time", { datetime: message.at.replace(" ", "T") }, timeOf(message.at)),
  );
  if (message.push) meta.append(el("span", { class: "push" }, "推送"));
  const body = el("div", { class: "message-body" });
  if (message.text) body.append(el("p", { class: "bubble" }, message.text));
  if (message.card)
    body.append(drawCard(message.card, (button, element) => onButton(button, element, message)));
  return el(
    "div",
    { class: `message ${mine ? "from-me" : "from-bot"}` },
    el("span", { class: "unseen" }, mine ? "我说：" : "蓝天："),
    meta,
    body,
  );
}
