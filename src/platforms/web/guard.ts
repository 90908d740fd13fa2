import { isIP } from "node:net";
import type { HttpBindings } from "@hono/node-server";
import { createMiddleware } from "hono/factory";
import { ConsoleRefusal } from "./refusal.ts";
import { type ConsoleWay, isLoopback } from "./way.ts";

/**
 * No inline script or style, nothing from elsewhere; text can't become HTML even by mistake (trusted types): the page's
 * library alone makes elements of HTML, and of nothing but the templates that stand in the page's modules.
 */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html",
].join("; ");

export const safeHeaders = createMiddleware(async (c, next) => {
  await next();
  // A kept file has a stricter one of its own.
  if (!c.res.headers.has("Content-Security-Policy")) c.header("Content-Security-Policy", contentPolicy);
  c.header("X-Content-Type-Options", "nosniff");
  if (!c.res.headers.has("Referrer-Policy")) c.header("Referrer-Policy", "no-referrer");
  c.header("Cross-Origin-Resource-Policy", "same-origin");
  c.header("Cross-Origin-Opener-Policy", "same-origin");
});

/** What is left of a request that was answered without it is read to its end where it is no more than this. */
const LITTLE = 64 * 1024;

/**
 * Closes the connection of a request that was answered before its body had come, so that nothing more of it is taken: by
 * itself the server would read on and throw away, to keep the connection. A little is still read, since who is cut off
 * while sending may miss the answer.
 */
export const leaveUnread = createMiddleware<{ Bindings: HttpBindings }>(async (c, next) => {
  await next();
  const { incoming } = c.env;
  if (incoming.complete) return;
  const left = incoming.headers["transfer-encoding"]
    ? Infinity
    : Number(incoming.headers["content-length"] ?? 0);
  if (left > LITTLE) c.header("Connection", "close");
});

/**
 * Refuses a Host that this server isn't known by: under DNS rebinding a foreign name points at our address, and the
 * browser then takes the foreign page for ours. On a network it is known by its public address and nothing else, and what
 * a proxy says of where a request came in has to agree. An IP literal can't be rebound, so an open demonstration, which
 * has no address of its own, may be asked by one.
 */
export function ownHostOnly(way: ConsoleWay, boundTo: string) {
  return createMiddleware(async (c, next) => {
    const host = c.req.header("host");
    const known = way.kind === "public" ? cameInBy(c.req, way.origin) : isOwn(hostname(host), way, boundTo);
    if (!known) throw new ConsoleRefusal("forbidden", HERE[way.kind]);
    await next();
  });
}

const HERE: Record<ConsoleWay["kind"], string> = {
  loopback: "请用本机地址打开控制台。",
  public: "请用公布的网址打开控制台。",
  "open demonstration": "请用本机的IP地址打开控制台。",
};

function isOwn(name: string | undefined, { kind }: ConsoleWay, boundTo: string): boolean {
  if (name === undefined) return false;
  return (
    isLoopback(name) || name === boundTo.toLowerCase() || (kind === "open demonstration" && isIP(name) !== 0)
  );
}

type Headers = { header(name: string): string | undefined };

/** Whether all that is said of where a request came in names the public address: Host, and each word of the proxies before us. */
function cameInBy(request: Headers, origin: string): boolean {
  const { host: ours, protocol } = new URL(origin);
  const isOurs = (host: string) => URL.parse(`${protocol}//${host}`)?.host === ours;
  const list = (name: string) => (request.header(name) ?? "").split(",").map((each) => each.trim());
  const said = (name: string) => list(name).filter((each) => each !== "");
  const pairs = said("forwarded").flatMap((each) => each.split(";").map((pair) => pair.trim().split("=")));
  const forwarded = (key: string) =>
    pairs.flatMap(([name, value = ""]) => (name?.toLowerCase() === key ? [value.replaceAll('"', "")] : []));
  return (
    isOurs(request.header("host") ?? "") &&
    [...said("x-forwarded-host"), ...forwarded("host")].every(isOurs) &&
    [...said("x-forwarded-proto"), ...forwarded("proto")].every((each) => each.toLowerCase() === "https")
  );
}

/** Refuses what other sites' pages send here: the browser tells where a request began, and a page can't forge it. */
export function ownPageOnly(way: ConsoleWay) {
  const isOurs = (origin: string | undefined, host: string | undefined) =>
    way.kind === "public" ? origin === way.origin : sameHost(origin, host);
  return createMiddleware(async (c, next) => {
    const site = c.req.header("sec-fetch-site");
    const elsewhere = site === "cross-site" || site === "same-site";
    const changes = c.req.method !== "GET" && c.req.method !== "HEAD";
    if (elsewhere || (changes && !isOurs(c.req.header("origin"), c.req.header("host")))) {
      throw new ConsoleRefusal("forbidden", "请求不是从本页面发出的，已拒绝。");
    }
    await next();
  });
}

/** The host alone: behind a tunnel that ends TLS the page is https and this server isn't. */
function sameHost(origin: string | undefined, host: string | undefined): boolean {
  return (
    origin !== undefined &&
    host !== undefined &&
    URL.parse(origin)?.host === URL.parse(`http://${host}`)?.host
  );
}

function hostname(host: string | undefined): string | undefined {
  const parsed = host === undefined ? null : URL.parse(`http://${host}`);
  return parsed?.hostname.replace(/^\[|\]$/g, "").toLowerCase();
}
