import type { SocketModeReceiver } from "@slack/bolt";
import { z } from "zod";

/** What Slack hands over through a socket, and how it is told that we have it. */
export type Envelope = { id: string; payload: object; ack: (response: unknown) => void };

type Ears = {
  take: (envelope: Envelope) => void;
  /** Hears what is wrong with something that can't be read; never what it says. */
  onJunk: (why: string) => void;
};

const id = z.string().min(1).max(200);
const envelope = z.looseObject({
  envelope_id: id,
  type: z.enum(["events_api", "slash_commands", "interactive"]),
  payload: z.looseObject({}),
});

/**
 * Reads what comes through a client's socket in the SDK's place. The SDK takes everything for well-formed, in a promise
 * that nobody awaits: what isn't would end the process. It also calls out each event by the name that came with it, which
 * may be one of its own. What can't be read is acknowledged where that is possible: Slack would only send it again.
 */
export function readEnvelopes(client: SocketModeReceiver["client"], { take, onJunk }: Ears): void {
  const ack = (envelopeId: string, response: unknown) => {
    // Where the connection has gone meanwhile Slack sends the envelope once more, and that copy is acknowledged.
    if (client.websocket?.isActive())
      client.websocket.send(JSON.stringify({ envelope_id: envelopeId, payload: response ?? {} }), () => {});
  };
  client.removeAllListeners("ws_message");
  client.on("ws_message", (data: unknown) => {
    const message = jsonIn(data);
    if (message.type === "hello") return client.emit("connected");
    if (message.type === "disconnect") return client.websocket?.disconnect();
    const read = envelope.safeParse(message);
    if (read.success) {
      const { envelope_id, payload } = read.data;
      return take({ id: envelope_id, payload, ack: (response) => ack(envelope_id, response) });
    }
    const known = id.safeParse(message.envelope_id);
    if (known.success) ack(known.data, {});
    onJunk(`no good ${read.error.issues.map(({ path }) => path[0] ?? "envelope").join(", ")}`);
  });
}

/** The object that some text is; an empty one where it is anything else. */
function jsonIn(data: unknown): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(String(data));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
