import type { RequestListener } from "node:http";
import type { z } from "zod";
import type { Lantian } from "../../bot/lantian.ts";
import type { Platform } from "../../chat/platform.ts";
import type { Door } from "../../delivery/door.ts";
import type { Finding } from "../../store/inspection.ts";
import type { Identity } from "../../store/people.ts";

/** A chat platform as it runs. */
export type RunningPlatform = {
  door: Door;
  /** Where its requests are to be received, on the console's port; null where it is asked for what came in. */
  mount: { path: string; listener: RequestListener } | null;
  /** Whether the bot still hears an account there: who is a guest by now doesn't sign in to the console either. */
  hears?(account: Identity): Promise<boolean>;
  /** How the connection is, for /health. */
  health(): { ok: boolean; detail: string };
  /** Takes nothing more in, finishes what is being answered, and leaves the rest to the next start. */
  stop(): Promise<void>;
};

/** What a platform is handed to run with. */
export type PlatformTools = {
  onFault: (error: unknown) => void;
  /** Something was handled; deliveries may be waiting. */
  afterwards: () => void;
  /** Nothing comes in although the platform can be reached: only a new start helps. */
  onSilence: () => void;
};

/** Variables of the environment, each with what it is for (`describe`), read into what `open` needs; null: not configured. */
export type PlatformSettings<S> = z.ZodType<S | null> & { in: z.ZodObject };

/** All that a chat platform is: everything else finds it by its folder. */
export type Provider<S> = Platform & {
  settings: PlatformSettings<S>;
  /** Opens the bot's place there. Its packages are imported here and nowhere earlier. @throws Error in one line. */
  open(bot: Lantian, settings: S, tools: PlatformTools): Promise<RunningPlatform>;
  /** Looks at the bot's place there without changing or sending anything, for `npm run doctor`. */
  probe(settings: S): Promise<Finding[]>;
  /** The guide that brings an office there, from the project's root. */
  guide: string;
};

// biome-ignore lint/suspicious/noExplicitAny: each provider is handed what its own settings have read
export type AnyProvider = Provider<any>;

/** A provider and what the environment says of it. */
export type Configured = { provider: AnyProvider; settings: unknown };

/**
 * Declares a chat platform: the default export of `src/platforms/<name>/provider.ts`. That file is read at every start, so
 * it imports what it needs to be opened only when it is.
 */
export function provider<S>(spec: Omit<Provider<S>, "kind" | "pushes">): Provider<S> {
  return { kind: "platform", pushes: "linked", ...spec };
}

export function isProvider(platform: Platform): platform is AnyProvider {
  return "open" in platform;
}
