import type { RequestListener } from "node:http";
import type { Lantian } from "../../chat/router.ts";
import { courierOf } from "../../delivery/courier.ts";
import type { Door } from "../../delivery/worker.ts";
import { machineTime, type Timing } from "./calls.ts";
import { slackDoor } from "./door.ts";
import { intakeOf } from "./intake.ts";
import { listenersOf } from "./listeners.ts";
import { EVENTS_PATH, httpListener, startSockets } from "./receivers.ts";
import { openWorkspace } from "./workspace.ts";

export type SlackSettings = {
  botToken: string;
  /** Requests over HTTP are verified by it; not needed in Socket Mode. */
  signingSecret: string | null;
  /** Set: Socket Mode, and nothing listens. */
  appToken: string | null;
  /** Another Slack than slack.com: a local one. */
  apiUrl: string | null;
};

export type SlackOptions = {
  onFault: (error: unknown) => void;
  /** Something was handled; deliveries may be waiting. */
  afterwards?: () => void;
  /** Socket Mode has had no connection for a minute. */
  onSilence?: () => void;
  timing?: Timing;
  timeoutMs?: number;
  /** How long the sockets wait before they are opened anew, and how long none may be open; tests shorten both. */
  renewMs?: number;
  silentMs?: number;
};

export type RunningSlack = {
  door: Door;
  /** Where Slack's requests are to be received; null in Socket Mode. */
  mount: { path: string; listener: RequestListener } | null;
  /** How the connection is, for /health. */
  health(): { ok: boolean; detail: string };
  /** Takes nothing more in, finishes what is being answered, and leaves the rest to the next start. */
  stop(): Promise<void>;
};

/** A request that nobody answers is given up after this long. */
const TIMEOUT_MS = 10_000;

/**
 * Opens the bot's place in Slack: what was accepted before the last stop is worked off, then new messages come in, over
 * HTTP (`mount`) or over Socket Mode.
 * @throws Error in one line for a token that Slack refuses or a Slack that can't be reached.
 */
export async function startSlack(
  bot: Lantian,
  settings: SlackSettings,
  options: SlackOptions,
): Promise<RunningSlack> {
  const { timing = machineTime, timeoutMs = TIMEOUT_MS, onFault } = options;
  const calls = { ...settings, timing, timeoutMs };
  const ws = await openWorkspace(bot, calls);
  const listeners = listenersOf(ws, calls);
  const intake = intakeOf(bot, listeners, options.afterwards ?? (() => undefined));
  await intake.takeUp();
  const sockets =
    settings.appToken === null
      ? null
      : await startSockets(intake, {
          ...calls,
          appToken: settings.appToken,
          onFault,
          onSilence: options.onSilence ?? (() => onFault(new Error("Slack's connections are silent"))),
          ...(options.renewMs ? { renewMs: options.renewMs } : {}),
          ...(options.silentMs ? { silentMs: options.silentMs } : {}),
        });
  const signingSecret = settings.signingSecret ?? "";
  const mount = sockets
    ? null
    : { path: EVENTS_PATH, listener: httpListener(intake, { signingSecret, onFault }) };
  const courier = courierOf(bot, slackDoor(ws), { machineNow: timing.now, onFault });
  return {
    door: courier.door,
    mount,
    health() {
      if (sockets === null) return { ok: true, detail: `receiving at ${EVENTS_PATH}` };
      return { ok: sockets.open() > 0, detail: `${sockets.open()} connections open` };
    },
    async stop() {
      await sockets?.stop();
      await intake.stop();
      await courier.stop();
    },
  };
}
