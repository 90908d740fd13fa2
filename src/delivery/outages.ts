import type { Lantian } from "../bot/lantian.ts";
import { platformName } from "../chat/platform.ts";
import type { PlatformName } from "../store/inbox.ts";
import { type OutageCause, tellOffice } from "./trouble.ts";

export type Outages = {
  /** It is so now; `why` is the platform's own word. The log and the office hear of it, once until it is over. */
  begins(cause: OutageCause, why: string): void;
  /** Something succeeded that shows the contrary. What comes again within `CALM_MS` is no news. */
  ends(cause: OutageCause): void;
  /** What is so now, for /health; null where nothing is. */
  standing(): string | null;
  /** Looks no more; settles when everything is written down. */
  stop(): Promise<void>;
};

const words = {
  token: "it refuses the bot's token",
  connection: "it opens no connection",
  "second-program": "another program takes the bot's messages",
  silence: "nothing gets through",
} as const satisfies Record<OutageCause, string>;

/** Two programs that fetch cut each other off in turn: one success says nothing, only calm does. */
const outlastsSuccess: ReadonlySet<OutageCause> = new Set(["second-program"]);
/** Without one call that succeeds for so long a platform is out of reach. */
const AWAY_MS = 60_000;
/** After so long without it something is over. */
const CALM_MS = 120_000;

/**
 * Keeps the outages of one platform. That one has begun outlives a restart, so that an office whose bot is started anew
 * every minute is told once; what begins, and that it is over, is told through every other platform that its people have.
 * Without a call that succeeds (`ends("silence")`) for `awayMs` the platform is out of reach. `ticks` (ms) is a clock that
 * nobody can set back.
 */
export function outagesOf(
  bot: Lantian,
  platform: PlatformName,
  {
    onFault,
    onMended = () => undefined,
    onWorks = () => undefined,
    awayMs = AWAY_MS,
    ticks = () => performance.now(),
  }: {
    onFault: (error: unknown) => void;
    /** The platform lets the bot work again. */
    onMended?: () => void;
    /** A call has succeeded, and shows that the token is good. */
    onWorks?: () => void;
    awayMs?: number | undefined;
    ticks?: () => number;
  },
): Outages {
  const now = new Map<OutageCause, string>();
  const seenAt = new Map<OutageCause, number>();
  const started = ticks();
  /** What the database has been told by this process. */
  const told = new Map<OutageCause, "begun" | "over">();
  let writing = Promise.resolve();
  /** Not by `ticks`: what tests turn by hand says nothing about how long nothing came. */
  let heardAt = performance.now();

  const note = (cause: OutageCause, state: "begun" | "over") => {
    if (told.get(cause) === state) return;
    told.set(cause, state);
    writing = writing
      .then(() => writeDown(bot, platform, cause, state))
      .catch((error: unknown) => {
        // The next word of it tries again.
        told.delete(cause);
        onFault(error);
      });
  };
  const begins = (cause: OutageCause, why: string) => {
    seenAt.set(cause, ticks());
    now.set(cause, why);
    if (told.get(cause) !== "begun")
      onFault(
        new Error(`${platformName(bot.registry.platforms, platform)} is out: ${words[cause]} (${why})`),
      );
    note(cause, "begun");
  };
  const look = () => {
    // What is known to be wrong says more than that nothing gets through.
    if (now.size > 0 || performance.now() - heardAt < awayMs) return;
    begins("silence", `no call has succeeded for ${Math.round(awayMs / 1000)} s`);
  };
  const looking = setInterval(look, awayMs / 12);
  looking.unref();
  return {
    begins,
    ends(cause) {
      if (cause === "silence") heardAt = performance.now();
      if (cause === "token") onWorks();
      const isCalm = ticks() - (seenAt.get(cause) ?? started) >= CALM_MS;
      if ((isCalm || !outlastsSuccess.has(cause)) && now.delete(cause)) onMended();
      if (isCalm) note(cause, "over");
    },
    standing() {
      look();
      const [first] = now;
      return first === undefined ? null : `${words[first[0]]} (${first[1]})`;
    },
    stop() {
      clearInterval(looking);
      return writing;
    },
  };
}

async function writeDown(
  bot: Lantian,
  platform: PlatformName,
  cause: OutageCause,
  state: "begun" | "over",
): Promise<void> {
  const key = `outage/${platform}/${cause}` as const;
  const isWritten = (before: string | null) => (before ?? "over") === state;
  if (isWritten(await bot.store.read((r) => r.settings.get(key)))) return;
  const now = await bot.clock.now();
  await bot.store.write(async (writer) => {
    if (isWritten(await writer.settings.get(key))) return;
    await writer.settings.set(key, state);
    await writer.audit.append({
      at: now.epochMilliseconds,
      personId: null,
      actor: platformName(bot.registry.platforms, platform),
      act: `platform.${state === "begun" ? "out" : "back"}`,
      subject: `platform:${platform}`,
      outcome: "done",
      detail: { cause },
    });
    const kind = state === "begun" ? "outage" : "restored";
    await tellOffice(bot, writer, { kind, platform, cause, since: Date.now() }, now);
  });
}
