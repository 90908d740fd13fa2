/**
 * How people come to the console. There are two ways and no third: from this machine, or through a tunnel to it; or from a
 * network under one public address with TLS, where everybody signs in. A demonstration that is open to a network on purpose
 * is neither: it holds nothing that is anybody's.
 */
export type ConsoleWay =
  | { kind: "loopback" }
  | { kind: "public"; origin: string }
  | { kind: "open demonstration" };

/** Told without `node:net`, which takes 2 ms and 3 MB to load. */
const LOOPBACK = /^(localhost|::1|127(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3})$/;

export const isLoopback = (name: string): boolean => LOOPBACK.test(name);

/** What the environment says of the way, and whether some chat platform is there to send codes to. */
type Asked = {
  host: string;
  publicUrl: string | null;
  demo: boolean | null;
  openDemo: boolean;
  hasChat: boolean;
};

/** The way that the settings ask for. @returns why not, in one English line, where they ask for a third. */
export function wayOf({ host, publicUrl, demo, openDemo, hasChat }: Asked): ConsoleWay | { fault: string } {
  if (openDemo && demo !== true)
    return {
      fault: "LANTIAN_OPEN_DEMO=1 is for a demonstration: set LANTIAN_DEMO=1 with it, or leave it out",
    };
  if (publicUrl !== null) {
    if (openDemo)
      return { fault: "PUBLIC_URL and LANTIAN_OPEN_DEMO=1 contradict each other: set one of them" };
    if (!hasChat)
      return {
        fault:
          "PUBLIC_URL needs a chat platform: sign-in codes are sent there; set a bot token, or leave it out",
      };
    return { kind: "public", origin: publicUrl };
  }
  if (openDemo) return { kind: "open demonstration" };
  if (isLoopback(host)) return { kind: "loopback" };
  return {
    fault:
      `HOST=${host} would open the console to a network without any sign-in: set HOST=127.0.0.1 and use a tunnel, ` +
      "or PUBLIC_URL=https://… (a demonstration: LANTIAN_DEMO=1 and LANTIAN_OPEN_DEMO=1)",
  };
}
