import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { consoleApp, type ReportFailure } from "./app.ts";
import type { Console, SignIns } from "./console.ts";
import type { ConsoleWay } from "./way.ts";

/** Another door on the same port: requests under `path` go to `listener`, before anything of the console sees them. */
export type Mount = { path: string; listener: RequestListener };

/**
 * Serves the console on `host:port` (port 0 takes a free one).
 * `url` is where browsers find it, `listensAt` where it listens. `close()` ends the event streams, lets requests under way finish for two seconds, then drops what is left.
 *
 * @example
 * const web = await startWebConsole(service, { host: "127.0.0.1", port: 3000 });
 * await web.close();
 */
export async function startWebConsole(
  service: Console,
  options: {
    host: string;
    port: number;
    /** How people come here; from this machine unless said otherwise. */
    way?: ConsoleWay;
    signIns?: SignIns | null;
    monitorToken?: string | null;
    onFailure?: ReportFailure;
    mounts?: readonly Mount[];
  },
): Promise<{ url: string; listensAt: string; close(): Promise<void> }> {
  const {
    host,
    port,
    way = { kind: "loopback" },
    signIns = null,
    monitorToken = null,
    mounts = [],
  } = options;
  const { onFailure = reportToStderr } = options;
  const closing = new AbortController();
  const app = consoleApp(service, { host, way, signIns, monitorToken, closing: closing.signal, onFailure });
  const page = getRequestListener(app.fetch);
  // Two minutes are what a picture of 15 MB takes at 1 Mbit/s; a body that size is the longest that is taken.
  const server = createServer({ requestTimeout: 120_000, headersTimeout: 10_000 }, (request, response) => {
    const mount = mounts.find(({ path }) => request.url?.startsWith(path));
    (mount?.listener ?? page)(request, response);
  });
  await listening(server, host, port);

  const { port: taken } = server.address() as AddressInfo;
  const listensAt = `http://${nameOf(host)}:${taken}`;
  return {
    url: way.kind === "public" ? way.origin : listensAt,
    listensAt,
    close: () =>
      new Promise((resolve, reject) => {
        closing.abort();
        // An ended stream leaves its kept-alive connection behind a moment after `close` has looked for idle ones.
        const idle = setInterval(() => server.closeIdleConnections(), 50);
        const grace = setTimeout(() => server.closeAllConnections(), 2000);
        server.close((error) => {
          clearInterval(idle);
          clearTimeout(grace);
          if (error) reject(error);
          else resolve();
        });
      }),
  };
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(new Error(whyNot(error, host, port))));
    server.listen(port, host, resolve);
  });
}

function whyNot(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is already in use: stop the other program or set PORT to another number.`;
    case "EACCES":
      return `Port ${port} on ${host} needs privileges this user doesn't have: set PORT to 1024 or above.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `This machine has no address ${host}: set HOST to 127.0.0.1 or to an address of its own.`;
    default:
      return `The web console can't listen on ${host}:${port} (${error.code ?? error.message}).`;
  }
}

/** An address that a browser on this machine can open: a wildcard is not one. */
function nameOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

const reportToStderr: ReportFailure = (error, requestId) => {
  console.error(`web console: request ${requestId} failed:`, error);
};
