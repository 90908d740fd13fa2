/** Where somebody is known, reads and writes: a chat platform, the console, the terminal. */
export type Platform = {
  kind: "platform";
  /** Small Latin letters; stored with every account, message and delivery, so it is for good. */
  name: string;
  words: {
    /** What people call it. */
    name: string;
  };
  /** Who can be sent notices there: everybody in one conversation of their own, whoever has an account, or nobody. */
  pushes: "everybody" | "linked" | "nobody";
  /** A message whose answer was lost can be looked for there. */
  readsBack?: true;
};

/** The platforms there are, by name. */
export type Platforms = ReadonlyMap<string, Platform>;

/**
 * Declares a place where people are known; see `src/platforms/terminal/provider.ts`. A chat platform is declared with
 * `provider` of `src/platforms/kit/chat-platform.ts`, which says as well how it is opened.
 */
export function platform(spec: Omit<Platform, "kind">): Platform {
  return { kind: "platform", ...spec };
}

/** What people call a platform. One that has been taken away since is called as it is stored. */
export function platformName(platforms: Platforms, name: string): string {
  return platforms.get(name)?.words.name ?? name;
}

/** The platforms on which notices can reach whoever has accounts on `bound`: first those that everybody has. */
export function reachableOn(platforms: Platforms, bound: readonly string[]): string[] {
  const everybody = [...platforms.values()].filter(({ pushes }) => pushes === "everybody");
  const linked = bound.filter((name) => (platforms.get(name)?.pushes ?? "linked") === "linked");
  return [...new Set([...everybody.map(({ name }) => name), ...linked])];
}
