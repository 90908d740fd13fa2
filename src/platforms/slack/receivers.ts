import { createHash } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { HTTPModuleFunctions } from "@slack/bolt";
import { NotNow, type SlackIntake } from "./intake.ts";

export const EVENTS_PATH = "/slack/events";
const LARGEST = 1024 * 1024;
/** A check of the certificate bears no signature, and nothing else without one is worth reading. */
const LARGEST_UNSIGNED = 4096;
/** Bolt refuses what is older than five minutes; what claims to come from the future by more than this is refused here. */
const AHEAD_S = 60;
const SIGNATURE = /^v0=[0-9a-f]{64}$/;

/** Receives over HTTP: nothing is acknowledged that hasn't been verified and committed. */
export function httpListener(
  intake: SlackIntake,
  options: { signingSecret: string; onFault: (error: unknown) => void },
): RequestListener {
  return (request, response) => {
    receiveRequest(intake, options.signingSecret, request, response).catch((error: unknown) => {
      if (error instanceof NotNow) return HTTPModuleFunctions.buildNoBodyResponse(response, 503);
      // Not committed, so not acknowledged: Slack sends an event once more, and tells whoever pressed something.
      options.onFault(error);
      if (!response.headersSent) HTTPModuleFunctions.buildNoBodyResponse(response, 500);
    });
  };
}

async function receiveRequest(
  intake: SlackIntake,
  signingSecret: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const end = (status: number) => {
    // What is left of a refused request isn't worth reading.
    if (status !== 200) response.setHeader("connection", "close");
    HTTPModuleFunctions.buildNoBodyResponse(response, status);
  };
  if (URL.parse(request.url ?? "/", "http://localhost")?.pathname !== EVENTS_PATH) return end(404);
  if (request.method !== "POST") return end(405);
  const sentAt = Number(request.headers["x-slack-request-timestamp"]);
  if (sentAt > Date.now() / 1000 + AHEAD_S) return end(401);
  const signature = String(request.headers["x-slack-signature"]);
  const bodyLimit = SIGNATURE.test(signature) ? LARGEST : LARGEST_UNSIGNED;
  if (Number(request.headers["content-length"]) > bodyLimit) return end(413);
  let body: unknown;
  try {
    const verified = await HTTPModuleFunctions.parseAndVerifyHTTPRequest(
      { enabled: true, signingSecret, bodyLimit },
      request,
    );
    try {
      body = HTTPModuleFunctions.parseHTTPRequestBody(verified);
    } catch {
      return end(400);
    }
  } catch (error) {
    return end(
      HTTPModuleFunctions.isRawBodyError(error as Error) ? (error as { statusCode: number }).statusCode : 401,
    );
  }
  if (typeof body !== "object" || body === null) return end(400);
  const fields = body as Record<string, unknown>;
  if (fields.ssl_check === "1") return end(200);
  if (fields.type === "url_verification")
    return HTTPModuleFunctions.buildUrlVerificationResponse(response, fields as { challenge: string });
  // The same signed bytes are the same request, also where the payload bears no id of its own.
  const otherwiseId = `signature/${createHash("sha256").update(signature).digest("hex")}`;
  HTTPModuleFunctions.buildContentResponse(response, (await intake.take({ body, otherwiseId })) as never);
}
