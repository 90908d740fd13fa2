import { masked } from "../../domain/personal-data.ts";
import type { Timing } from "../kit/pace.ts";
import type { Called } from "./calls.ts";

/**
 * Posts to a response_url. Slack's own host only, or the host of a local Slack where one is configured: the URL came in
 * with a request, and the bot calls nobody else on a request's behalf.
 */
export async function respondAt(
  url: string,
  body: object,
  settings: { apiUrl: string | null; timeoutMs: number; timing: Timing },
): Promise<Called<null>> {
  if (!isSlacks(url, settings.apiUrl)) return { kind: "refused", error: "not Slack's response_url" };
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(masked(body)),
      redirect: "error",
      signal: AbortSignal.timeout(settings.timeoutMs),
    });
  } catch (error) {
    const code = String(((error as Error).cause as { code?: unknown } | undefined)?.code ?? "");
    return code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EAI_AGAIN"
      ? { kind: "unreachable", why: `Slack can't be reached (${code})` }
      : { kind: "unknown", why: `no answer from Slack (${code || (error as Error).name})` };
  }
  await response.body?.cancel();
  if (response.ok) return { kind: "done", value: null };
  if (response.status === 429) {
    const seconds = Number(response.headers.get("retry-after") ?? 30);
    return { kind: "limited", afterMs: (Number.isFinite(seconds) ? seconds : 30) * 1000 };
  }
  if (response.status >= 500) return { kind: "unknown", why: `HTTP ${response.status}` };
  return { kind: "refused", error: `HTTP ${response.status}` };
}

/** Whether a URL that came in with a request leads to Slack: over TLS, or to the local Slack that is configured. */
export function isSlacks(url: string, apiUrl: string | null): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (apiUrl !== null && origin === new URL(apiUrl).origin) return true;
  return protocol === "https:" && (hostname === "slack.com" || hostname.endsWith(".slack.com"));
}
