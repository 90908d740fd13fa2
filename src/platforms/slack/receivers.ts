import { createHash } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { HTTPModuleFunctions, SocketModeReceiver } from "@slack/bolt";
import { clientOptions, silent, type Timing } from "./calls.ts";
import { type Intake, TooMany } from "./intake.ts";

export const EVENTS_PATH = "/slack/events";
const LARGEST = 1024 * 1024;
/** Bolt refuses what is older than five minutes; what claims to come from the future by more than this is refused here. */
const AHEAD_S = 60;

/** Receives over HTTP: nothing is acknowledged that hasn't been verified and committed. */
export function httpListener(
  intake: Intake,
  options: { signingSecret: string; onFault: (error: unknown) => void },
): RequestListener {
  return (request, response) => {
    receiveRequest(intake, options.signingSecret, request, response).catch((error: unknown) => {
      if (error instanceof TooMany) return HTTPModuleFunctions.buildNoBodyResponse(response, 503);
      // Not committed, so not acknowledged: Slack sends an event once more, and tells whoever pressed something.
      options.onFault(error);
      if (!response.headersSent) HTTPModuleFunctions.buildNoBodyResponse(response, 500);
    });
  };
}

async function receiveRequest(
  intake: Intake,
  signingSecret: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const end = (status: number) => HTTPModuleFunctions.buildNoBodyResponse(response, status);
  if (new URL(request.url ?? "/", "http://localhost").pathname !== EVENTS_PATH) return end(404);
  if (request.method !== "POST") return end(405);
  const sentAt = Number(request.headers["x-slack-request-timestamp"]);
  if (sentAt > Date.now() / 1000 + AHEAD_S) return end(401);
  let body: unknown;
  try {
    const verified = await HTTPModuleFunctions.parseAndVerifyHTTPRequest(
      { enabled: true, signingSecret, bodyLimit: LARGEST },
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
  const signature = String(request.headers["x-slack-signature"]);
  const otherwiseId = `signature/${createHash("sha256").update(signature).digest("hex")}`;
  HTTPModuleFunctions.buildContentResponse(response, (await intake.take({ body, otherwiseId })) as never);
}

/** Connections kept in Socket Mode: while one is being renewed, which takes five seconds, the other receives. */
const CONNECTIONS = 2;
/** Without any open connection for this long somebody has to look: a socket can seem open and be dead. */
const SILENT_MS = 60_000;

type Envelope = {
  ack: (response?: object) => Promise<void>;
  envelope_id: string;
  type: string;
  body: unknown;
};

/** Receives over Socket Mode. An envelope is acknowledged when it has been committed; one of several copies counts. */
export async function startSockets(
  intake: Intake,
  options: {
    appToken: string;
    apiUrl: string | null;
    timeoutMs: number;
    timing: Timing;
    onFault: (error: unknown) => void;
    /** No connection for too long: the process had better be started anew. */
    onSilence: () => void;
    renewMs?: number;
    silentMs?: number;
  },
): Promise<{ open(): number; stop(): Promise<void> }> {
  const open = new Set<number>();
  let stopping = false;
  let silence: NodeJS.Timeout | undefined;
  const watch = () => {
    clearTimeout(silence);
    silence = undefined;
    if (open.size === 0 && !stopping) {
      silence = setTimeout(options.onSilence, options.silentMs ?? SILENT_MS);
      silence.unref();
    }
  };
  const clients = Array.from({ length: CONNECTIONS }, (_, i) => {
    const { client } = new SocketModeReceiver({
      appToken: options.appToken,
      logger: silent,
      ...(options.renewMs ? { clientPingTimeout: options.renewMs } : {}),
      installerOptions: {
        // Opening a connection may be repeated: it sends nothing.
        clientOptions: { ...clientOptions(options), retryConfig: { retries: 100, factor: 1.3 } },
      },
    });
    client.on("connected", () => {
      open.add(i);
      watch();
    });
    for (const lost of ["close", "disconnected", "reconnecting"] as const)
      client.on(lost, () => {
        open.delete(i);
        watch();
      });
    client.on("slack_event", ({ ack, envelope_id, body }: Envelope) => {
      intake
        .take({ body, otherwiseId: `envelope/${envelope_id}` })
        .then((response) => ack(response as object | undefined))
        .catch((error: unknown) => {
          if (!(error instanceof TooMany)) options.onFault(error);
        });
    });
    return client;
  });
  watch();
  await Promise.all(clients.map((client) => client.start()));
  return {
    open: () => open.size,
    async stop() {
      stopping = true;
      clearTimeout(silence);
      await Promise.all(clients.map((client) => client.disconnect()));
    },
  };
}
