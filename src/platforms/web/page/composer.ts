import type { Session } from "../console.ts";
import { attachments } from "./attachments.ts";
import { byId, el } from "./dom.ts";
import { commandMenu } from "./menu.ts";

/** The input with its send button, files, common phrases, command menu and recall of what was said. */
export function composer(doors: {
  say(text: string): void;
  send(files: readonly File[], caption: string): void;
  said(): readonly string[];
}) {
  const form = byId("composer", HTMLFormElement);
  const input = byId("say", HTMLTextAreaElement);
  const chips = byId("chips", HTMLElement);
  const plainHint = input.placeholder;
  const attached = attachments(() => {
    input.placeholder = attached.count() > 0 ? "写明编号和整改前或整改后" : plainHint;
    if (attached.count() > 0) input.focus();
  });
  const menu = commandMenu(input, (command) => type(`${command.title} `));
  /** How many sayings back the recall stands; 0 is the person's own draft. */
  let back = 0;
  let draft = "";

  function put(text: string) {
    input.value = text;
    input.setSelectionRange(text.length, text.length);
    grow();
  }
  function drawChip(phrase: string) {
    const chip = el("button", { type: "button", class: "chip" }, phrase);
    chip.addEventListener("click", () => doors.say(phrase));
    return chip;
  }
  function type(text: string) {
    put(text);
    input.focus();
  }
  function grow() {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
  }
  function recall(step: 1 | -1): boolean {
    const said = doors.said();
    const to = back + step;
    if (to < 0 || to > said.length) return false;
    if (back === 0) draft = input.value;
    back = to;
    put(back === 0 ? draft : (said[said.length - back] ?? ""));
    return true;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === "" && attached.count() === 0) return;
    put("");
    back = 0;
    const files = attached.take();
    if (files.length > 0) doors.send(files, text);
    else doors.say(text);
  });
  input.addEventListener("input", () => {
    back = 0;
    grow();
  });
  input.addEventListener("keydown", (event) => {
    // While an input method composes, Enter and the arrows belong to it (229 is Safari's way to say so).
    if (event.isComposing || event.keyCode === 229) return;
    if (menu.key(event)) return event.preventDefault();
    const oneLine = !input.value.includes("\n");
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "ArrowUp" && oneLine && (input.value === "" || back > 0)) {
      if (recall(1)) event.preventDefault();
    } else if (event.key === "ArrowDown" && back > 0) {
      if (recall(-1)) event.preventDefault();
    }
  });

  return {
    type,
    /** What this person may say: the whole of it in the menu, the most common as chips. */
    offer({ commands, phrases }: Session) {
      menu.offer(commands);
      chips.replaceChildren(...phrases.map(drawChip));
      chips.hidden = phrases.length === 0;
    },
    focus: () => input.focus(),
  };
}
