import type { Called } from "./calls.ts";
import { isSlacks } from "./respond.ts";

/**
 * Posts a file's bytes to the address that Slack has named for it: on Slack's own host only, or that of a local Slack where
 * one is configured. The address is a secret of its own and is neither kept nor logged; the token doesn't go there.
 */
export async function bringTo(
  url: string,
  bytes: Uint8Array,
  { apiUrl, timeoutMs }: { apiUrl: string | null; timeoutMs: number },
): Promise<Called<null>> {
  if (!isSlacks(url, apiUrl)) return { kind: "refused", error: "not Slack's place for a file" };
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: new Uint8Array(bytes),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs * 3),
    });
    await response.body?.cancel();
    if (response.ok) return { kind: "done", value: null };
    if (response.status === 429) {
      const seconds = Number(response.headers.get("retry-after") ?? 30);
      return { kind: "limited", afterMs: (Number.isFinite(seconds) ? seconds : 30) * 1000 };
    }
    if (response.status >= 500) return { kind: "unknown", why: `HTTP ${response.status}` };
    return { kind: "refused", error: `upload_http_${response.status}` };
  } catch (error) {
    const code = String(((error as Error).cause as { code?: unknown } | undefined)?.code ?? "");
    return { kind: "unknown", why: `a file can't be brought to Slack (${code || (error as Error).name})` };
  }
}
