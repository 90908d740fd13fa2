import type { ConsoleCommand } from "../console.ts";
import { byId, el } from "./dom.ts";

/** The list of commands over the input while a slash and the beginning of a name stand in it. */
export function commandMenu(input: HTMLTextAreaElement, choose: (command: ConsoleCommand) => void) {
  const list = byId("menu", HTMLElement);
  let commands: readonly ConsoleCommand[] = [];
  let shown: { command: ConsoleCommand; element: HTMLElement }[] = [];
  let active = 0;

  const close = () => {
    shown = [];
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index: number) => {
    active = (index + shown.length) % shown.length;
    for (const [at, { element }] of shown.entries())
      element.setAttribute("aria-selected", String(at === active));
    const element = shown[active]?.element;
    if (!element) return;
    element.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", element.id);
  };
  const pick = (command: ConsoleCommand) => {
    close();
    choose(command);
  };
  const refresh = () => {
    const typed = /^[/／](\S*)$/.exec(input.value)?.[1];
    const found =
      typed === undefined ? [] : commands.filter((command) => matches(command, typed.toLowerCase()));
    if (found.length === 0) return close();
    shown = found.map((command) => ({ command, element: drawOption(command) }));
    for (const { command, element } of shown) {
      // Before the input loses the focus to the press.
      element.addEventListener("pointerdown", (event) => event.preventDefault());
      element.addEventListener("click", () => pick(command));
    }
    list.replaceChildren(...shown.map(({ element }) => element));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(0);
  };

  input.addEventListener("input", refresh);
  input.addEventListener("blur", close);

  return {
    offer(all: readonly ConsoleCommand[]) {
      commands = all;
    },
    /** Takes the keys that belong to the open menu; false leaves them to the input. */
    key(event: KeyboardEvent): boolean {
      const current = shown[active];
      if (!current) return false;
      if (event.key === "ArrowDown") mark(active + 1);
      else if (event.key === "ArrowUp") mark(active - 1);
      else if (event.key === "Enter" || event.key === "Tab") pick(current.command);
      else if (event.key === "Escape") close();
      else return false;
      return true;
    },
  };
}

function matches({ name, title }: ConsoleCommand, typed: string): boolean {
  return name.startsWith(typed) || title.includes(typed);
}

function drawOption({ name, title, does, example }: ConsoleCommand): HTMLElement {
  return el(
    "div",
    { role: "option", id: `command-${name}`, class: "menu-option" },
    el("span", { class: "menu-title" }, title),
    el("span", { class: "menu-name" }, `/${name}`),
    el("span", { class: "menu-does" }, does),
    el("span", { class: "menu-example" }, example),
  );
}
