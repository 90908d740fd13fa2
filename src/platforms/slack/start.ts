import type { Lantian } from "../../bot/lantian.ts";
import { deliveryTimerOf } from "../../delivery/delivery-timer.ts";
import type { Door } from "../../delivery/door.ts";
import { lostAnswersOn } from "../../delivery/lost-answers.ts";
import { outagesOf } from "../../delivery/outages.ts";
import type { RunningPlatform } from "../kit/chat-platform.ts";
import type { Timing } from "../kit/pace.ts";
import { pause } from "../kit/pause.ts";
import { called, machineTime } from "./calls.ts";
import { slackDoor } from "./door.ts";
import { slackIntake } from "./intake.ts";
import { listenersOf } from "./listeners.ts";
import { askedIn } from "./payload.ts";
import { EVENTS_PATH, httpListener } from "./receivers.ts";
import type { SlackSettings } from "./settings.ts";
import { type Sockets, startSockets } from "./sockets.ts";
import { NotLetIn, NotReached, openWorkspace, type Workspace } from "./workspace.ts";

export type SlackOptions = {
  onFault: (error: unknown) => void;
  /** Something was handled; deliveries may be waiting. */
  afterwards?: () => void;
  /** Socket Mode has had no connection for a minute although Slack can be reached. */
  onSilence?: () => void;
  timing?: Timing;
  /** Time by which people are too fast; in tests they take as long as the story says. */
  machineNow?: () => number;
  timeoutMs?: number;
  /** Waits between attempts to reach Slack, and how long no socket may be open; tests shorten both. */
  renewMs?: number;
  silentMs?: number;
  /** Without a call that succeeds for so long (ms) Slack is out of reach; tests shorten it. */
  awayMs?: number;
  /** How often (ms) Slack is asked whether the token is still good, also while nobody says anything. */
  lookMs?: number;
  /** The clock (ms, never set back) by which a trouble that comes again soon never went; tests turn it by hand. */
  ticks?: () => number;
  /** After this long without an answer a person is told that it is being prepared. */
  patienceMs?: number;
  /** After this long a submitted form is asked for once more; tests shorten it. */
  formMs?: number;
};

/** A request that nobody answers is given up after this long. */
const TIMEOUT_MS = 10_000;
const AGAIN_MS = 5000;
/** More often than once in the minute after which a platform that says nothing is out of reach. */
const LOOK_MS = 20_000;
const PATIENCE_MS = 1500;

/**
 * Opens the bot's place in Slack: what was accepted before the last stop is worked off, then new messages come in, over
 * HTTP (`mount`) or over Socket Mode. A network that is down doesn't stop the start: it is tried again until it is up, and
 * what is to be delivered waits.
 * @throws Error in one line for a token that Slack refuses.
 */
export async function startSlack(
  bot: Lantian,
  settings: SlackSettings,
  options: SlackOptions,
): Promise<RunningPlatform> {
  const { timing = machineTime, timeoutMs = TIMEOUT_MS, patienceMs = PATIENCE_MS, onFault } = options;
  const stopping = new AbortController();
  const onMended = () => timer.goOn();
  const lost = lostAnswersOn(bot, "slack", {
    askerOf(row) {
      if (here === null) return null;
      const { user, brought } = askedIn(row, here.botUser);
      return { identity: { platform: "slack", workspace: here.team, userKey: user }, ...brought };
    },
    onFault,
    afterwards: onMended,
  });
  const calls = { ...settings, timing, timeoutMs, patienceMs, lost: lost.note };
  const ticks = options.ticks ? { ticks: options.ticks } : {};
  const outages = outagesOf(bot, "slack", {
    onFault,
    onMended,
    onWorks: lost.reached,
    awayMs: options.awayMs,
    ...ticks,
  });
  const intake = slackIntake(bot, {
    afterwards: options.afterwards ?? (() => undefined),
    machineNow: options.machineNow ?? Date.now,
    onLost: lost.note,
    formMs: options.formMs,
  });
  let sockets: Sockets | null = null;
  let inner: Door | null = null;
  let here: Workspace | null = null;
  let looking: NodeJS.Timeout | undefined;

  const comeAlive = async (ws: Workspace) => {
    outages.ends("silence");
    outages.ends("token");
    here = ws;
    await intake.takeUp(listenersOf(ws, calls), ws);
    inner = slackDoor(ws);
    // A bot that nobody writes to would not notice that it has been shut out, nor that it has been let in again.
    looking = setInterval(() => void called(ws.client.auth.test()), options.lookMs ?? LOOK_MS);
    looking.unref();
    if (settings.appToken === null) return;
    sockets = startSockets(intake, {
      ...calls,
      appToken: settings.appToken,
      onFault,
      outages,
      onSilence: options.onSilence ?? (() => onFault(new Error("Slack's connections are silent"))),
      reachable: async () => (await called(ws.client.auth.test())).kind === "done",
      ...(options.renewMs ? { renewMs: options.renewMs } : {}),
      ...(options.silentMs ? { silentMs: options.silentMs } : {}),
    });
    await sockets.tried;
  };
  const againMs = options.renewMs ?? AGAIN_MS;
  /** Tries until Slack lets the bot in, also with a token that it refuses by now: somebody may mend it there. */
  const retrying = async () => {
    let told = "";
    while (!stopping.signal.aborted) {
      await pause(againMs, stopping.signal).catch(() => undefined);
      const ws = await openWorkspace(bot, calls, outages).catch((error: Error) => {
        if (error instanceof NotLetIn) outages.begins("token", error.why);
        else if (!(error instanceof NotReached) && error.message !== told) onFault(error);
        told = error.message;
        return null;
      });
      if (ws !== null && !stopping.signal.aborted) return comeAlive(ws);
    }
  };

  const first = await openWorkspace(bot, calls, outages).catch((error: unknown) => {
    if (!(error instanceof NotReached)) throw error;
    onFault(error);
    return null;
  });
  const background = first === null ? retrying().catch(onFault) : Promise.resolve();
  if (first !== null)
    await comeAlive(first).catch(async (error: unknown) => {
      await sockets?.stop();
      throw error;
    });

  const door: Door = {
    platform: "slack",
    remote: true,
    wait: async (row, to) => (inner === null ? againMs : ((await inner.wait?.(row, to)) ?? 0)),
    deliver: async (row, to) =>
      inner === null
        ? { kind: "later", afterMs: againMs, why: "Slack isn't reached yet" }
        : inner.deliver(row, to),
    goOn: () => inner?.goOn?.(),
    find: async (row, to) => (await inner?.find?.(row, to)) ?? Promise.reject(new Error("not reached yet")),
  };
  const timer = deliveryTimerOf(bot, door, { machineNow: timing.now, onFault });
  const signingSecret = settings.signingSecret ?? "";
  return {
    door: timer.door,
    mount:
      settings.appToken === null
        ? { path: EVENTS_PATH, listener: httpListener(intake, { signingSecret, onFault }) }
        : null,
    hears: async ({ workspace, userKey }) =>
      here === null || (workspace === here.team && (await here.isMember(userKey))),
    health() {
      const outage = outages.standing();
      if (outage !== null) return { ok: false, detail: outage };
      if (inner === null) return { ok: false, detail: "not reached yet" };
      if (settings.appToken === null) return { ok: true, detail: `receiving at ${EVENTS_PATH}` };
      const open = sockets?.open() ?? 0;
      return { ok: open > 0, detail: `${open} connections open` };
    },
    async stop() {
      stopping.abort();
      await background;
      clearInterval(looking);
      await sockets?.stop();
      await intake.stop();
      await timer.stop();
      await Promise.all([outages.stop(), lost.written()]);
    },
  };
}
