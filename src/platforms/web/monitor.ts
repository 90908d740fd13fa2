import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono } from "hono";
import { isSecret } from "../../office/secret.ts";
import type { Console } from "./console.ts";
import { isLoopback } from "./way.ts";

type Watched = Pick<Console, "health" | "metrics">;

const NOT_KEPT = { "Cache-Control": "no-store" };
const METRICS = { ...NOT_KEPT, "Content-Type": "text/plain; version=0.0.4; charset=utf-8" };

async function health(service: Watched, c: Context) {
  const { ok, parts } = await service.health();
  const lines = parts.map((part) => `${part.ok ? "ok" : "FAIL"} ${part.name}: ${part.detail}\n`);
  return c.text(lines.join(""), ok ? 200 : 503, NOT_KEPT);
}

/** On this machine alone: whoever can ask may know. */
export function openMonitor(service: Watched): Hono {
  const app = new Hono();
  app.get("/health", (c) => health(service, c));
  app.get("/metrics", async (c) => c.body(await service.metrics(), 200, METRICS));
  return app;
}

/**
 * On a network: who has the token (`Authorization: Bearer …`) sees health and metrics, by whatever address; who asks from this
 * machine itself, as a container's check does, hears whether all is well; nobody else hears anything. Null: there is no token.
 */
export function guardedMonitor(service: Watched, token: string | null): Hono {
  const app = new Hono();
  const mayWatch = (c: Context) =>
    token !== null && isSecret(c.req.header("authorization") ?? "", `Bearer ${token}`);
  app.get("/health", async (c) => {
    if (mayWatch(c)) return health(service, c);
    if (!isFromHere(c)) return c.text("FAIL token\n", 401, NOT_KEPT);
    const { ok } = await service.health();
    return c.text(ok ? "ok\n" : "FAIL\n", ok ? 200 : 503, NOT_KEPT);
  });
  app.get("/metrics", async (c) =>
    mayWatch(c) ? c.body(await service.metrics(), 200, METRICS) : c.text("FAIL token\n", 401, NOT_KEPT),
  );
  return app;
}

/** Whether a request was made on this machine and no proxy has passed it on. */
function isFromHere(c: Context): boolean {
  const passedOn = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];
  if (passedOn.some((name) => c.req.header(name) !== undefined)) return false;
  return isLoopback((getConnInfo(c).remote.address ?? "").replace(/^::ffff:/, ""));
}
