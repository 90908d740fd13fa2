import { pause } from "../kit/pause.ts";
import { type CallTrouble, TelegramFault } from "./api.ts";

/** Wait between two tries where Telegram names none, seconds. */
const BETWEEN = 5;
/** Wait while the token is refused: somebody has to set a new one. */
const BETWEEN_REFUSED = 60;

/** Troubles that pass by themselves: the network's, or Telegram's own. */
const PASSING: readonly CallTrouble["kind"][] = ["later", "unreachable", "unknown", "conflict"];

/** How long to retry, seconds. A refused token is waited out longer: somebody lets the bot in again, or sets another one. */
type Limit = { seconds: number };
export type Insist = <T>(run: () => Promise<T>, limit?: Limit) => Promise<T>;

/**
 * Tries again, whatever the network does, until it succeeds, the bot stops, or `limit` is over; without a limit for ever.
 * What will not pass by itself is thrown at once. A trouble is reported the first time; a refused token is heard of elsewhere.
 */
export function retrierOf(options: {
  second: number;
  stopping: AbortSignal;
  onFault: (error: unknown) => void;
}): Insist {
  const { second, stopping, onFault } = options;
  return async (run, limit) => {
    const end = limit ? performance.now() + limit.seconds * second : Number.POSITIVE_INFINITY;
    let isSaid = false;
    for (;;) {
      try {
        return await run();
      } catch (error) {
        const trouble = error instanceof TelegramFault ? error.trouble : null;
        const waitsForToken = trouble?.kind === "token";
        const passes = trouble !== null && PASSING.includes(trouble.kind) && performance.now() < end;
        if (!passes && !waitsForToken) throw error;
        if (!waitsForToken && !isSaid) {
          isSaid = true;
          onFault(error);
        }
        const seconds = waitsForToken ? BETWEEN_REFUSED : BETWEEN;
        await pause(trouble?.kind === "later" ? trouble.afterMs : seconds * second, stopping);
      }
    }
  };
}
