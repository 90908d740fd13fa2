const EVERY_MS = 60_000;
const PATIENCE_MS = 10_000;

/**
 * Calls an address of the administrator's choice once a minute, only while `audit` finds nothing: whatever waits there for the
 * call raises the alarm, also when this machine is gone. What is found is said once, and again when it changes.
 */
export function startHeartbeat(
  url: string,
  audit: () => Promise<readonly string[]>,
  onFault: (error: unknown) => void,
  { everyMs = EVERY_MS } = {},
): { stop(): Promise<void>; beat(): Promise<void> } {
  let said = "";
  let running: Promise<void> = Promise.resolve();
  const note = (what: string) => {
    if (what !== said && what !== "") onFault(new Error(what));
    said = what;
  };
  const once = async () => {
    const faults = await audit();
    if (faults.length > 0) return note(`no heartbeat: ${faults.join("; ")}`);
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
      await answer.body?.cancel();
      note(answer.ok ? "" : `the heartbeat's address answers ${answer.status}`);
    } catch (error) {
      const { message, cause } = error as Error;
      note(`the heartbeat's address can't be reached: ${(cause as Error | undefined)?.message ?? message}`);
    }
  };
  const beat = () => {
    running = running.then(once).catch(onFault);
    return running;
  };
  const timer = setInterval(beat, everyMs).unref();
  return {
    beat,
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
