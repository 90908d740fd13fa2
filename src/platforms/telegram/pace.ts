/** What Telegram allows: about one message a second in a chat, 20 a minute in a group, 30 a second in all. */
const PER_MINUTE_IN_GROUP = 20;
const PER_SECOND_IN_ALL = 30;

export type Pace = {
  /** How long (ms) a message to this chat has to wait; 0: it may go at once. */
  waitFor(chat: string): number;
  /** Runs `send` when the chat's turn and the whole bot's allowance come, one at a time in a chat. */
  inTurn<T>(chat: string, send: () => Promise<T>): Promise<T>;
  /** Telegram has asked for patience in this chat. */
  holdBack(chat: string, ms: number): void;
  /** Ends all waiting: whoever still waits fails. */
  stop(): void;
};

/**
 * Keeps the bot within Telegram's limits. Gaps count from the answer to a message, not from its request: whatever the
 * network does, the server sees them at least as long as they are meant to be.
 */
export function paceOf({ second = 1000 }: { second?: number } = {}): Pace {
  const chats = new Map<string, ChatPace>();
  const stopping = new AbortController();
  let underWay = 0;
  let recent: number[] = [];
  const now = () => performance.now();
  const started = now();

  const paceIn = (chat: string): ChatPace => {
    const known = chats.get(chat);
    if (known !== undefined) return known;
    if (chats.size > 5_000) forgetIdle();
    // What was sent in the last second before a restart, nobody remembers.
    const fresh = { answered: [], heldUntil: started + second, waiting: 0, tail: Promise.resolve() };
    chats.set(chat, fresh);
    return fresh;
  };
  const forgetIdle = () => {
    for (const [chat, { answered, heldUntil, waiting }] of chats)
      if (waiting === 0 && Math.max(heldUntil, answered.at(-1) ?? 0) < now() - 60 * second)
        chats.delete(chat);
  };
  const waitFor = (chat: string): number => {
    const { answered, heldUntil } = paceIn(chat);
    const gap = (answered.at(-1) ?? Number.NEGATIVE_INFINITY) + second;
    const twentieth = isGroup(chat) ? answered.at(-PER_MINUTE_IN_GROUP) : undefined;
    const minute = (twentieth ?? Number.NEGATIVE_INFINITY) + 60 * second;
    return Math.max(0, Math.ceil(Math.max(gap, minute, heldUntil) - now()));
  };
  const inAll = (): number => {
    recent = recent.filter((at) => at > now() - second);
    if (underWay + recent.length < PER_SECOND_IN_ALL) return 0;
    return Math.max(1, Math.ceil((recent[0] ?? now()) + second - now()));
  };

  return {
    waitFor: (chat) => waitFor(chat) + paceIn(chat).waiting * second,
    inTurn(chat, send) {
      const pace = paceIn(chat);
      pace.waiting += 1;
      const turn = pace.tail.then(async () => {
        for (let wait = waitFor(chat); wait > 0; wait = waitFor(chat)) await pause(wait, stopping.signal);
        for (let wait = inAll(); wait > 0; wait = inAll())
          await pause(Math.min(wait, second), stopping.signal);
        underWay += 1;
        try {
          return await send();
        } finally {
          underWay -= 1;
          recent.push(now());
          pace.answered = [...pace.answered, now()].slice(-PER_MINUTE_IN_GROUP);
        }
      });
      pace.tail = turn.then(
        () => undefined,
        () => undefined,
      );
      return turn.finally(() => {
        pace.waiting -= 1;
      });
    },
    holdBack(chat, ms) {
      const pace = paceIn(chat);
      pace.heldUntil = Math.max(pace.heldUntil, now() + ms);
    },
    stop: () => stopping.abort(),
  };
}

/** Group ids are negative. */
export function isGroup(chat: string): boolean {
  return chat.startsWith("-");
}

type ChatPace = { answered: number[]; heldUntil: number; waiting: number; tail: Promise<void> };

/** Waits; @throws Error when the signal aborts first. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new Error("the bot is stopping"));
    };
    if (signal.aborted) return reject(new Error("the bot is stopping"));
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}
