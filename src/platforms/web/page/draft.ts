import { tab } from "./tab.ts";

const keyOf = (name: string) => `draft/${tab.persona()}/${name}`;

/** What this tab's person typed and hasn't sent yet: it outlives Escape, leaving the page and a reload. */
export function draftOf(name: string): Record<string, string> {
  return JSON.parse(sessionStorage.getItem(keyOf(name)) ?? "{}");
}

/** An empty one is forgotten. */
export function keepDraft(name: string, fill: Record<string, string>): void {
  if (Object.keys(fill).length === 0) sessionStorage.removeItem(keyOf(name));
  else sessionStorage.setItem(keyOf(name), JSON.stringify(fill));
}
