const PER_GROUP_MINUTE = 20;
const PER_SECOND = 30;

/** Telegram's limits: a message a second in a chat, 20 a minute in a group, 30 a second in all, and the patience it asks for. */
export function limitsOf(second: number) {
  const violations: string[] = [];
  const inChat = new Map<number, number[]>();
  const notBefore = new Map<number, number>();
  let inAll: number[] = [];
  const now = () => performance.now();
  return {
    /** What a bot that keeps to the limits would not have done. */
    violations,
    /** Asks for patience in a chat, ms. */
    holdBack: (chat: number, ms: number) => notBefore.set(chat, now() + ms),
    /** Lets a message to a chat pass (null), or says how long (ms) it has to wait. */
    waitFor(chat: number): number | null {
      const held = (notBefore.get(chat) ?? 0) - now();
      if (held > 0) {
        violations.push(`chat ${chat}: called ${Math.round(held)} ms before its retry_after was over`);
        return held;
      }
      const times = inChat.get(chat) ?? [];
      const lastSecond = times.filter((at) => at > now() - second);
      const lastMinute = times.filter((at) => at > now() - 60 * second);
      inAll = inAll.filter((at) => at > now() - second);
      if (lastSecond.length > 0) violations.push(`chat ${chat}: two messages within a second`);
      else if (chat < 0 && lastMinute.length >= PER_GROUP_MINUTE)
        violations.push(`group ${chat}: 21 in a minute`);
      else if (inAll.length >= PER_SECOND) violations.push("31 messages within a second");
      else {
        inChat.set(chat, [...lastMinute, now()]);
        inAll.push(now());
        return null;
      }
      return second;
    },
  };
}
