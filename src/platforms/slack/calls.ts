import { webApi } from "@slack/bolt";
import type { Outages } from "../../delivery/outages.ts";
import { masked } from "../../domain/personal-data.ts";
import type { Timing } from "../kit/pace.ts";
import { neverLeft } from "../kit/unsent.ts";
import { plainFetch } from "./plain-fetch.ts";

export const machineTime: Timing = {
  now: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** What came of one call to Slack. */
export type Called<T> =
  | { kind: "done"; value: T }
  /** Too many calls, or not now: certainly not accepted, welcome again after the wait. */
  | { kind: "limited"; afterMs: number }
  /** Slack has refused it, under its own name for the reason. */
  | { kind: "refused"; error: string }
  /** Certainly not accepted: the request never left. */
  | { kind: "unreachable"; why: string }
  /** The request left and no usable answer came. */
  | { kind: "unknown"; why: string };

/** Slack's errors that mean the token, whatever was asked. */
export const tokenErrors: ReadonlySet<string> = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
]);

/**
 * Slack's web client as the outbox needs it: it never repeats a call by itself and never waits in our place. `outages`
 * hears of every call whether it was the token that failed.
 */
export function slackClient(
  token: string,
  options: { apiUrl: string | null; timeoutMs: number },
  outages?: Pick<Outages, "begins" | "ends">,
): webApi.WebClient {
  return new HeardClient(token, clientOptions(options), outages);
}

/** All methods of the SDK's client end in this one: whatever it is told leaves the machine, so nothing of a person goes with it. */
class HeardClient extends webApi.WebClient {
  readonly #outages: Pick<Outages, "begins" | "ends"> | undefined;

  constructor(token: string, options: webApi.WebClientOptions, outages?: Pick<Outages, "begins" | "ends">) {
    super(token, options);
    this.#outages = outages;
  }

  override async apiCall(method: string, args?: Record<string, unknown>): Promise<webApi.WebAPICallResult> {
    try {
      const result = await super.apiCall(method, args && inJson(masked(args)));
      this.#outages?.ends("silence");
      this.#outages?.ends("token");
      return result;
    } catch (error) {
      const name = error instanceof webApi.WebAPIPlatformError ? String(error.data.error) : "";
      if (tokenErrors.has(name)) this.#outages?.begins("token", name);
      throw error;
    }
  }
}

/**
 * What is sent, as the SDK's client would write it: a list or an object as its JSON. Of the objects that it is given it makes a
 * copy first, for a line of a log that nobody reads.
 */
const inJson = (args: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null && !Buffer.isBuffer(value) ? JSON.stringify(value) : value,
    ]),
  );

export function clientOptions({ apiUrl, timeoutMs }: { apiUrl: string | null; timeoutMs: number }) {
  return {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    allowAbsoluteUrls: false,
    logger: silent,
    fetch: plainFetch,
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
  };
}

/** Where Slack asks for patience without saying how long. */
const PATIENCE_MS = 30_000;
/** While the workspace is moved into an organisation (Enterprise Grid) Slack takes calls now and then only; nothing is wrong with them. */
const moving = new Set(["team_added_to_org", "org_login_required"]);
const MOVES_MS = 60_000;
/** “It's possible some aspect of the operation succeeded”, say Slack's own words about these. */
const undecided = new Set(["fatal_error", "internal_error", "request_timeout", "service_unavailable"]);

/** Sorts the outcome of a call; never throws. */
export async function called<T>(call: Promise<T>): Promise<Called<T>> {
  try {
    return { kind: "done", value: await call };
  } catch (error) {
    if (error instanceof webApi.WebAPIRateLimitedError)
      return { kind: "limited", afterMs: error.retryAfter * 1000 };
    if (error instanceof webApi.WebAPIPlatformError) {
      const name = String(error.data.error);
      if (name === "ratelimited" || name === "rate_limited") return { kind: "limited", afterMs: PATIENCE_MS };
      if (moving.has(name)) return { kind: "limited", afterMs: MOVES_MS };
      // An answer that is no JSON is handed on as if it were an error's name: it says nothing about what was accepted.
      if (!/^[a-z0-9_]{2,80}$/.test(name))
        return { kind: "unknown", why: "Slack's answer could not be read" };
      return undecided.has(name) ? { kind: "unknown", why: name } : { kind: "refused", error: name };
    }
    if (error instanceof webApi.WebAPIHTTPError) return { kind: "unknown", why: `HTTP ${error.statusCode}` };
    if (error instanceof webApi.WebAPIRequestError) {
      const code = String((error.original.cause as { code?: unknown } | undefined)?.code ?? "");
      if (neverLeft(code)) return { kind: "unreachable", why: `Slack can't be reached (${code})` };
      return { kind: "unknown", why: `no answer from Slack (${code || error.original.name})` };
    }
    const message = error instanceof Error ? error.message : "";
    // The client has no error of its own for a 429 that doesn't say how long to wait.
    if (message.startsWith("Retry header did not contain")) return { kind: "limited", afterMs: PATIENCE_MS };
    return { kind: "unknown", why: "Slack's answer could not be read" };
  }
}

const nothing = () => undefined;
/** The SDK's own log lines may quote requests; what matters is reported where it is decided. */
export const silent: webApi.Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => webApi.LogLevel.ERROR,
  setName: nothing,
};
