/** What becomes of a message that has just come in, judged before anything is written or worked on. */
export type Admission =
  | "work"
  /** Too much: not worked on, and whoever sent it is told to slow down. */
  | "say so once"
  /** Too much, and they have been told: answering each would be a flood of our own. */
  | "drop silently";

/** A bucket of `burst` messages that fills up again at `perSecond`. */
type Limit = { burst: number; perSecond: number };
export type FloodLimits = { each: Limit; all: Limit };

/**
 * Ten messages within ten seconds are a hasty person's, more are no person's. All together may send what a Monday
 * morning brings: every member of the office pressing something within the same few seconds.
 */
export const FLOOD_LIMITS: FloodLimits = {
  each: { burst: 10, perSecond: 1 },
  all: { burst: 500, perSecond: 100 },
};

/** Files come in albums, and nobody's evidence may be lost: only a program sends so many. */
const FILE_LIMITS: FloodLimits = {
  each: { burst: 200, perSecond: 2 },
  all: { burst: 2_000, perSecond: 100 },
};

/** What a page asks by itself: how a text reads while somebody types, what is new, a file that is shown. */
const LOOK_LIMITS: FloodLimits = {
  each: { burst: 120, perSecond: 10 },
  all: { burst: 2_000, perSecond: 500 },
};

/** What whoever is too fast is told, on whatever platform. */
export const TOO_FAST = "您发得太快了，请稍候再发。";

/** Whoever floods on is told again after this time at the earliest. */
const SAY_AGAIN_MS = 60_000;
/** Senders that are remembered before those are forgotten of whom nothing needs to be. */
const MANY = 1_000;

export type FloodGate = {
  /**
   * `sender` is whatever names one person on the caller's platform, the same in every chat. Asked once for each message;
   * a redelivery is better left unasked, since it would count against somebody who sent nothing.
   */
  admit(sender: string): Admission;
  /** Whether somebody has nothing left; counts nothing. For whoever would have to read much before a message is known. */
  isSpent(sender: string): boolean;
};

/** What somebody does: says or presses something, sends a file, or has their page look at something. */
export type Doing = "words" | "file" | "look";

/** The one rule for every way in: words and presses are counted together, files and looks apart. */
export function floodGates(machineNow: () => number): {
  admit(sender: string, doing: Doing): Admission;
  isSpent(sender: string, doing: Doing): boolean;
} {
  const gates: Record<Doing, FloodGate> = {
    words: floodGate(machineNow),
    file: floodGate(machineNow, FILE_LIMITS),
    look: floodGate(machineNow, LOOK_LIMITS),
  };
  return {
    admit: (sender, doing) => gates[doing].admit(sender),
    isSpent: (sender, doing) => gates[doing].isSpent(sender),
  };
}

/** Keeps one sender's flood from everybody else. `machineNow` in ms; where it is set back, one new burst is granted. */
export function floodGate(machineNow: () => number, limits: FloodLimits = FLOOD_LIMITS): FloodGate {
  const all = full(limits.all, machineNow());
  const senders = new Map<string, Bucket & { toldAt: number }>();
  let sweepAt = MANY;

  const senderOf = (name: string, now: number) => {
    const known = senders.get(name);
    if (known !== undefined) return known;
    if (senders.size >= sweepAt) {
      for (const [key, sender] of senders) {
        fill(sender, limits.each, now);
        const isAsNew = sender.tokens === limits.each.burst && since(sender.toldAt, now) >= SAY_AGAIN_MS;
        if (isAsNew) senders.delete(key);
      }
      // So that a crowd that is really there isn't walked through with every newcomer.
      sweepAt = Math.max(MANY, 2 * senders.size);
    }
    const fresh = { ...full(limits.each, now), toldAt: Number.NEGATIVE_INFINITY };
    senders.set(name, fresh);
    return fresh;
  };

  const bucketOf = (name: string, now: number) => {
    const sender = senderOf(name, now);
    fill(sender, limits.each, now);
    fill(all, limits.all, now);
    return sender;
  };

  return {
    isSpent: (name) => bucketOf(name, machineNow()).tokens < 1 || all.tokens < 1,
    admit(name) {
      const now = machineNow();
      const sender = bucketOf(name, now);
      // Both are looked at before either is taken from: what one sender has too much takes nothing from the others.
      if (sender.tokens >= 1 && all.tokens >= 1) {
        sender.tokens -= 1;
        all.tokens -= 1;
        return "work";
      }
      if (since(sender.toldAt, now) < SAY_AGAIN_MS) return "drop silently";
      sender.toldAt = now;
      return "say so once";
    },
  };
}

/** What was left at a moment. */
type Bucket = { tokens: number; at: number };

const full = ({ burst }: Limit, at: number): Bucket => ({ tokens: burst, at });

function fill(bucket: Bucket, { burst, perSecond }: Limit, now: number): void {
  const earned = Math.min(burst, (since(bucket.at, now) * perSecond) / 1000);
  bucket.tokens = Math.min(burst, bucket.tokens + earned);
  bucket.at = now;
}

/** ms that have passed; a moment in the future is one before the clock was set back, so it counts as long past. */
function since(moment: number, now: number): number {
  return moment > now ? Number.POSITIVE_INFINITY : now - moment;
}
