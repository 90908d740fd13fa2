import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { connect } from "node:net";

type Head = { method?: string; path: string; headers: Record<string, string> };
/** `taken`: bytes that the server read of the whole connection, head included. */
type Turned = { status: number; body: string; taken: number };

/**
 * Sends a request's head, and a body of `bytes` once its answer has begun (at once where it is `chunked`); tells what the
 * server took of it until it hung up.
 */
export async function sendLarge(
  url: string,
  { method = "POST", path, headers }: Head,
  bytes: number,
): Promise<Turned> {
  const { hostname, port } = new URL(url);
  let served: Socket | undefined;
  const noteSocket = (message: unknown) => {
    const { request, socket } = message as { request: { url?: string }; socket: Socket };
    if (request.url === path) served = socket;
  };
  subscribe("http.server.request.start", noteSocket);
  try {
    const client = connect(Number(port), hostname);
    const isChunked = headers["Transfer-Encoding"] === "chunked";
    const lines = Object.entries({ Host: `${hostname}:${port}`, ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    client.write(`${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
    const chunk = Buffer.alloc(64 * 1024);
    const piece = isChunked ? Buffer.concat([Buffer.from("10000\r\n"), chunk, Buffer.from("\r\n")]) : chunk;
    let left = bytes;
    const pour = () => {
      while (left > 0 && !client.destroyed) {
        left -= chunk.length;
        if (!client.write(piece)) return void client.once("drain", pour);
      }
    };
    if (isChunked) pour();
    let answer = "";
    client.on("data", (data) => {
      if (answer === "" && !isChunked) pour();
      answer += data;
    });
    await new Promise<void>((resolve) => {
      // Who is neither answered nor cut off gives up; the caller then sees no status.
      client.setTimeout(5_000, () => client.destroy());
      // Cut off while sending: that is what is asked for.
      client.on("error", () => undefined);
      client.on("close", () => resolve());
    });
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    return { status: Number(head.split(" ")[1]), body, taken: served?.bytesRead ?? Number.NaN };
  } finally {
    unsubscribe("http.server.request.start", noteSocket);
  }
}
