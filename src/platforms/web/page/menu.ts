import { html } from "lit-html";
import type { ConsoleCommand } from "../console.ts";
import { draw, state } from "./state.ts";

/** The list of commands over the input while a slash and the beginning of a name stand in it. */
export const menu = (pick: (command: ConsoleCommand) => void) => html`
  <div class="menu" id="menu" role="listbox" aria-label="命令" ?hidden=${state.menu.found.length === 0}>
    ${state.menu.found.map(
      (command, index) => html`
        <div role="option" id=${idOf(command)} class="menu-option" aria-selected=${index === state.menu.active}
          @pointerdown=${keepFocus} @click=${() => pick(command)}>
          <span class="menu-title">${command.title}</span>
          <span class="menu-name">/${command.name}</span>
          <span class="menu-does">${command.does}</span>
          <span class="menu-example">${command.example}</span>
        </div>
      `,
    )}
  </div>
`;

/** The option that stands marked, for the input to name. */
export function activeOption(): string | undefined {
  const command = state.menu.found[state.menu.active];
  return command && idOf(command);
}

/** Finds the commands for what stands in the input. */
export function findCommands(input: string): void {
  const typed = /^[/／](\S*)$/.exec(input)?.[1]?.toLowerCase();
  const matches = ({ name, title }: ConsoleCommand) =>
    typed !== undefined && (name.startsWith(typed) || title.includes(typed));
  const found = state.session?.commands.filter(matches) ?? [];
  if (found.length + state.menu.found.length === 0) return;
  state.menu = { found, active: 0 };
  mark(0);
}

export function closeMenu(): void {
  state.menu = { found: [], active: 0 };
  draw();
}

/** Takes the keys that belong to the open menu; false leaves them to the input. */
export function menuKey(key: string, pick: (command: ConsoleCommand) => void): boolean {
  const { found, active } = state.menu;
  const current = found[active];
  if (!current) return false;
  if (key === "ArrowDown") mark(active + 1);
  else if (key === "ArrowUp") mark(active - 1);
  else if (key === "Enter" || key === "Tab") pick(current);
  else if (key === "Escape") closeMenu();
  else return false;
  return true;
}

function mark(index: number) {
  const { found } = state.menu;
  state.menu.active = (index + found.length) % (found.length || 1);
  draw();
  document.getElementById(activeOption() ?? "")?.scrollIntoView({ block: "nearest" });
}

const idOf = ({ name }: ConsoleCommand) => `command-${name}`;

/** Before the input loses it to the press. */
const keepFocus = (event: Event) => event.preventDefault();
