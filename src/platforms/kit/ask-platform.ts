/** What came of asking a platform one question. Neither the address nor a header of ours is in it: both may be secret. */
export type Asked =
  | { kind: "answer"; status: number; body: unknown; headers: Headers; clockOff: number | null }
  | { kind: "silence"; why: string };

const PATIENCE_MS = 10_000;

/** Asks once, as `npm run doctor` does. `clockOff`: by how many seconds this machine's clock is ahead of the platform's. */
export async function askPlatform(
  url: string,
  init: RequestInit = {},
  timeoutMs: number = PATIENCE_MS,
): Promise<Asked> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const began = Date.now();
    const response = await fetch(url, { ...init, redirect: "error", signal });
    const between = (began + Date.now()) / 2;
    const date = Date.parse(response.headers.get("date") ?? "");
    const body: unknown = await response.json().catch(() => null);
    return {
      kind: "answer",
      status: response.status,
      body,
      headers: response.headers,
      clockOff: Number.isNaN(date) ? null : Math.round((between - date) / 1000),
    };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: unknown } };
    const code = cause?.code ?? name;
    return {
      kind: "silence",
      why: code === "TimeoutError" ? `no answer in ${timeoutMs / 1000} s` : String(code),
    };
  }
}

/** Requests that claim to be older than five minutes are refused; a minute off is a clock that nobody keeps. */
const MOST_OFF_S = 60;

export function clockFinding(platform: string, off: number | null) {
  if (off === null) return [];
  const ok = Math.abs(off) <= MOST_OFF_S;
  const detail = `this machine's is ${Math.abs(off)} s ${off >= 0 ? "ahead of" : "behind"} ${platform}'s`;
  return [
    {
      name: `clock (${platform})`,
      ok,
      detail: ok ? `within ${MOST_OFF_S} s of ${platform}'s` : detail,
      ...(ok ? {} : { mend: "turn on time synchronisation (timedatectl set-ntp true)" }),
    },
  ];
}
