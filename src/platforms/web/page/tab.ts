/**
 * Whom this tab of a demonstration speaks as: each tab is its own person, over reloads and restarts of the bot, and says so
 * with every request. "0" is a stranger; null is not chosen yet.
 */
export const tab = {
  persona: (): string | null => sessionStorage.getItem("persona"),
  choose: (id: number | null): void => sessionStorage.setItem("persona", String(id ?? 0)),
  forget: (): void => sessionStorage.removeItem("persona"),
};

/** The address with this tab's person in it, where a browser sends no headers of ours. */
export function asTab(address: string): string {
  const persona = tab.persona();
  return persona === null ? address : `${address}?persona=${persona}`;
}
