import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/** Whom the proxy has seen: the last address that it adds. Of IPv6 the network, since one machine has many of its addresses. */
export function addressOf(c: Context): string {
  const seen = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
  const address = seen || getConnInfo(c).remote.address || "unknown";
  return address.includes(":") ? address.split(":").slice(0, 4).join(":") : address.slice(0, 40);
}
