/**
 * Makes an element; children are elements or text, never HTML.
 * @example el("p", { class: "note" }, "有效天数 31 天")
 */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | number | boolean | undefined> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== undefined && value !== false) element.setAttribute(key, String(value));
  }
  element.append(...children);
  return element;
}

/** The element that index.html promises under this id. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`index.html has no ${kind.name} #${id}`);
  return element;
}

/** Says something to screen readers without moving anything on the page. */
export function announce(text: string): void {
  const announcer = byId("announcer", HTMLElement);
  // The same text twice is no change to a live region; emptying it first makes it one.
  announcer.textContent = "";
  setTimeout(() => {
    announcer.textContent = text;
  }, 50);
}

let hiding: ReturnType<typeof setTimeout> | undefined;

/** One calm line above the input; `null` takes it away, `brief` lets it go by itself. */
export function notice(text: string | null, options: { brief?: boolean } = {}): void {
  const line = byId("notice", HTMLElement);
  clearTimeout(hiding);
  line.textContent = text;
  line.hidden = text === null;
  if (text !== null && options.brief) hiding = setTimeout(() => notice(null), 8000);
}
