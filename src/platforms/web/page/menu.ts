import { html } from "lit-html";
import { draw, type Option, state } from "./state.ts";

/** The list over the input: commands while a slash and the beginning of a name stand in it, else how it may go on. */
export const menu = (pick: (option: Option) => void) => html`
  <div class="menu" id="menu" role="listbox" aria-label="可选内容" ?hidden=${state.menu.found.length === 0}>
    ${state.menu.found.map(
      (option, index) => html`
        <div role="option" id=${idOf(index)} class=${option.name === "" ? "menu-option menu-completion" : "menu-option"} aria-selected=${index === state.menu.active}
          @pointerdown=${keepFocus} @click=${() => pick(option)}>
          <span class="menu-title">${option.title}</span>
          <span class="menu-name">${option.name}</span>
          <span class="menu-does">${option.does}</span>
          <span class="menu-example">${option.example}</span>
        </div>
      `,
    )}
  </div>
`;

/** The option that stands marked, for the input to name. */
export function activeOption(): string | undefined {
  const { found, active } = state.menu;
  return found[active] && idOf(active);
}

/** Finds the commands for what stands in the input; false when it isn't the beginning of one. */
export function findCommands(input: string): boolean {
  const typed = /^[/／](\S*)$/.exec(input)?.[1]?.toLowerCase();
  if (typed === undefined) return false;
  const found = (state.session?.commands ?? []).filter(
    ({ name, title }) => name.startsWith(typed) || title.includes(typed),
  );
  showMenu(
    found.map(({ name, title, does, example }) => ({
      title,
      name: `/${name}`,
      does,
      example,
      phrase: `${title} `,
    })),
    0,
  );
  return true;
}

/** Shows options; `active` is the one that Enter takes, or -1. */
export function showMenu(found: readonly Option[], active: number): void {
  if (found.length + state.menu.found.length === 0) return;
  state.menu = { found, active };
  mark(active);
}

export function closeMenu(): void {
  state.menu = { found: [], active: -1 };
  draw();
}

/** Takes the keys that belong to the open menu; false leaves them to the input. */
export function menuKey(key: string, pick: (option: Option) => void): boolean {
  const { found, active } = state.menu;
  const [first] = found;
  if (first === undefined) return false;
  const current = found[active];
  if (key === "ArrowDown") mark((active + 1) % found.length);
  else if (key === "ArrowUp") mark((Math.max(active, 0) - 1 + found.length) % found.length);
  else if (key === "Tab") pick(current ?? first);
  else if (key === "Enter" && current) pick(current);
  else if (key === "Escape") closeMenu();
  else return false;
  return true;
}

function mark(index: number) {
  state.menu.active = index;
  draw();
  document.getElementById(activeOption() ?? "")?.scrollIntoView({ block: "nearest" });
}

const idOf = (index: number) => `option-${index}`;

/** Before the input loses it to the press. */
const keepFocus = (event: Event) => event.preventDefault();
