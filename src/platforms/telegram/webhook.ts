import { createHash } from "node:crypto";
import type { IncomingMessage, RequestListener } from "node:http";
import type { Update } from "grammy/types";
import { isSecret } from "../../office/secret.ts";

/** Bytes of an update; Telegram's are far smaller. */
const LARGEST = 1024 * 1024;
const SECRET_HEADER = "x-telegram-bot-api-secret-token";

/** The path under which the webhook listens: it can't be guessed, and it doesn't give the secret away. */
export function webhookPath(secret: string): string {
  return `/telegram/${createHash("sha256").update(`path of ${secret}`).digest("hex").slice(0, 32)}`;
}

/**
 * Listens for updates. Each is kept first and acknowledged then, at once: answering people is not Telegram's to wait for.
 * Whoever doesn't know the secret is turned away before anything of their request is read.
 */
export function webhookListener(options: {
  secret: string;
  keep: (updates: readonly Update[]) => Promise<void>;
  onFault: (error: unknown) => void;
}): RequestListener {
  const { secret, keep, onFault } = options;
  const path = webhookPath(secret);
  return async (request, response) => {
    const answer = (status: number) => {
      // What is left of a refused request isn't worth reading.
      if (status !== 200) response.setHeader("connection", "close");
      response.writeHead(status).end();
    };
    try {
      if (request.method !== "POST" || request.url !== path) return answer(404);
      if (!knows(secret, request.headers[SECRET_HEADER])) return answer(401);
      const body = await bodyOf(request);
      if (body === null) return answer(413);
      const update = updateIn(body);
      if (update === null) return answer(400);
      await keep([update]);
      answer(200);
    } catch (error) {
      // Not kept: Telegram brings it again.
      onFault(error);
      answer(500);
    }
  };
}

const knows = (secret: string, given: string | string[] | undefined): boolean =>
  typeof given === "string" && isSecret(given, secret);

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function updateIn(body: Buffer): Update | null {
  try {
    const update = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as Update | null;
    return Number.isSafeInteger(update?.update_id) ? update : null;
  } catch {
    return null;
  }
}
