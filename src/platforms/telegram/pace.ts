import { type Pace, paceOf } from "../kit/pace.ts";
import { pause } from "../kit/pause.ts";

/** What Telegram allows: about one message a second in a chat, 20 a minute in a group, 30 a second in all. */
const PER_MINUTE_IN_GROUP = 20;
/** However much is asked in a group, a few notices a minute find room. */
const KEPT_FOR_NOTICES = 4;
const PER_SECOND_IN_ALL = 30;

/** The pace of sending to Telegram. `stopping` ends all waiting: whoever still waits fails. `second`: its length in ms. */
export function telegramPace({ second, stopping }: { second: number; stopping: AbortSignal }): Pace {
  const inGroup = { count: PER_MINUTE_IN_GROUP, within: 60 * second, kept: KEPT_FOR_NOTICES };
  return paceOf(
    {
      gap: () => second,
      most: (chat) => (isGroup(chat) ? inGroup : null),
      all: { count: PER_SECOND_IN_ALL, within: second },
      atFirst: second,
      patience: 30 * second,
    },
    { now: () => performance.now(), sleep: (ms) => pause(ms, stopping) },
  );
}

/** Group ids are negative. */
export function isGroup(chat: string): boolean {
  return chat.startsWith("-");
}
