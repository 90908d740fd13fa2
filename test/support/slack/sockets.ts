import { createHash } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

/** One WebSocket connection of an app. */
type Connection = {
  send(message: object): void;
  raw(message: string | Buffer): void;
  drop(): void;
  open: boolean;
};
type Ack = { envelope_id: string; payload?: unknown };

/**
 * Slack's side of Socket Mode: greets, hands every envelope to one of the open connections, and hears acknowledgements.
 * Just as much of RFC 6455 as that needs: text frames below 64 kB, pings answered, closing handshakes.
 */
export function socketsOn(server: Server) {
  const connections: Connection[] = [];
  const acks: Ack[] = [];
  let turn = 0;
  let fewest = Number.POSITIVE_INFINITY;

  server.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash("sha1").update(key).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const connection: Connection = {
      open: true,
      send: (message) => socket.write(frame(1, Buffer.from(JSON.stringify(message)))),
      raw: (message) => socket.write(frame(typeof message === "string" ? 1 : 2, Buffer.from(message))),
      drop: () => socket.destroy(),
    };
    const gone = () => {
      connection.open = false;
      fewest = Math.min(fewest, open().length);
    };
    socket.on("close", gone);
    socket.on("error", gone);
    let buffer: Buffer<ArrayBufferLike> = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (let next = unframe(buffer); next !== null; next = unframe(buffer)) {
        buffer = buffer.subarray(next.length);
        if (next.opcode === 1) acks.push(JSON.parse(next.payload.toString()) as Ack);
        if (next.opcode === 9) socket.write(frame(10, next.payload));
        if (next.opcode === 8) {
          gone();
          socket.end(frame(8, next.payload));
        }
      }
    });
    connections.push(connection);
    connection.send({ type: "hello", num_connections: connections.length });
  });

  const open = () => connections.filter((c) => c.open);
  return {
    acks,
    open,
    /** How many connections were left when fewest were. */
    fewest: () => fewest,
    /** Hands an envelope to the next open connection, as Slack does. @returns false when there is none. */
    deliver(envelope: { envelope_id: string; type: string; payload: unknown }): boolean {
      return this.deliverRaw(
        JSON.stringify({ accepts_response_payload: envelope.type !== "events_api", ...envelope }),
      );
    },
    /** Hands over any text, or bytes, whatever they are. */
    deliverRaw(message: string | Buffer): boolean {
      const candidates = open();
      turn += 1;
      const connection = candidates[turn % candidates.length];
      connection?.raw(message);
      return connection !== undefined;
    },
  };
}

function frame(opcode: number, payload: Buffer): Buffer {
  const head =
    payload.length < 126
      ? Buffer.from([0x80 | opcode, payload.length])
      : Buffer.from([0x80 | opcode, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}

function unframe(buffer: Buffer): { opcode: number; payload: Buffer; length: number } | null {
  if (buffer.length < 2) return null;
  const short = (buffer[1] ?? 0) & 0x7f;
  const start = short === 126 ? 4 : 2;
  if (buffer.length < start) return null;
  const size = short === 126 ? buffer.readUInt16BE(2) : short;
  const length = start + 4 + size;
  if (buffer.length < length) return null;
  const mask = buffer.subarray(start, start + 4);
  const payload = Buffer.from(buffer.subarray(start + 4, length));
  for (let i = 0; i < payload.length; i++) payload[i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0);
  return { opcode: (buffer[0] ?? 0) & 0x0f, payload, length };
}
