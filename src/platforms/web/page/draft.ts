/** What was typed and not sent yet, in this tab only: it outlives Escape and a reload. */
export function draftOf(name: string): Record<string, string> {
  return JSON.parse(sessionStorage.getItem(`draft/${name}`) ?? "{}");
}

/** An empty one is forgotten. */
export function keepDraft(name: string, fill: Record<string, string>): void {
  if (Object.keys(fill).length === 0) sessionStorage.removeItem(`draft/${name}`);
  else sessionStorage.setItem(`draft/${name}`, JSON.stringify(fill));
}
