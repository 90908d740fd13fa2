import http from "node:http";
import https from "node:https";
import { webApi } from "@slack/bolt";

/**
 * One call of Slack's Web API: a form is posted, JSON comes back. The SDK's client would queue and repeat it, which must not be,
 * copy what is sent and what comes back for lines of a log that nobody reads, and ask Node's `fetch`, which makes web streams
 * of each call: all that was a third of the CPU of a notice. Connections are kept, and a proxy is gone through, as by `fetch`.
 * A redirect is no answer of Slack's, and followed nowhere.
 * @throws the errors of the SDK's client.
 */
export async function callSlack(
  url: string,
  args: Readonly<Record<string, unknown>>,
  { token, timeoutMs }: { token: string; timeoutMs: number },
): Promise<webApi.WebAPICallResult> {
  const { status, statusText, retryAfter, text } = await posted(url, formOf(args), token, timeoutMs);
  if (status === 429)
    throw Number.isNaN(retryAfter)
      ? new webApi.WebAPIPlatformError({ ok: false, error: "ratelimited" })
      : new webApi.WebAPIRateLimitedError(retryAfter);
  if (status !== 200) throw new webApi.WebAPIHTTPError(status, statusText, {}, text);
  const result = resultIn(text);
  if (!result.ok) throw new webApi.WebAPIPlatformError(result);
  return result;
}

/** Lists and objects go as their JSON. */
const formOf = (args: Readonly<Record<string, unknown>>): string =>
  Object.entries(args)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(
      ([name, value]) =>
        `${name}=${encodeURIComponent(typeof value === "object" ? JSON.stringify(value) : String(value))}`,
    )
    .join("&");

/** What is no JSON says nothing about what was accepted: it is handed on as if it were an error's name. */
function resultIn(text: string): webApi.WebAPICallResult & { error: string } {
  try {
    return JSON.parse(text);
  } catch {
    return { ok: false, error: text };
  }
}

type Posted = { status: number; statusText: string; retryAfter: number; text: string };

function posted(url: string, body: string, token: string, timeoutMs: number): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) => {
      clearTimeout(tooLate);
      reject(new webApi.WebAPIRequestError(new Error("Slack was not asked, or gave no answer", { cause })));
    };
    const headers = {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
    };
    const { request } = url.startsWith("http:") ? http : https;
    const asked = request(url, { method: "POST", headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part) => parts.push(part));
      response.on("error", fail);
      response.on("end", () => {
        clearTimeout(tooLate);
        const { statusCode: status = 0, statusMessage: statusText = "", headers } = response;
        const retryAfter = Number.parseInt(headers["retry-after"] ?? "", 10);
        resolve({ status, statusText, retryAfter, text: Buffer.concat(parts).toString() });
      });
    });
    const tooLate = setTimeout(
      () => asked.destroy(Object.assign(new Error("no answer in time"), { code: "TimeoutError" })),
      timeoutMs,
    );
    asked.on("error", fail).end(body);
  });
}
