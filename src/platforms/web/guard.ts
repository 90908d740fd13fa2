import { isIP } from "node:net";
import { createMiddleware } from "hono/factory";
import { ConsoleRefusal } from "./refusal.ts";

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
  c.header("Referrer-Policy", "no-referrer");
  c.header("Cross-Origin-Resource-Policy", "same-origin");
  c.header("Cross-Origin-Opener-Policy", "same-origin");
});

/**
 * Refuses a Host that this server isn't known by: under DNS rebinding a foreign name points at our address, and the
 * browser then takes the foreign page for ours. An IP literal can't be rebound, so an office network may use one.
 */
export function ownHostOnly(boundTo: string) {
  const loopbackOnly = isLoopback(boundTo);
  return createMiddleware(async (c, next) => {
    const name = hostname(c.req.header("host"));
    const known =
      name !== undefined &&
      (isLoopback(name) || name === boundTo.toLowerCase() || (!loopbackOnly && isIP(name) !== 0));
    if (!known) throw new ConsoleRefusal("forbidden", "请用本机地址打开控制台。");
    await next();
  });
}

/** Refuses what other sites' pages send here: the browser tells where a request began, and a page can't forge it. */
export const ownPageOnly = createMiddleware(async (c, next) => {
  const site = c.req.header("sec-fetch-site");
  const elsewhere = site === "cross-site" || site === "same-site";
  const changes = c.req.method !== "GET" && c.req.method !== "HEAD";
  if (elsewhere || (changes && !sameHost(c.req.header("origin"), c.req.header("host")))) {
    throw new ConsoleRefusal("forbidden", "请求不是从本页面发出的，已拒绝。");
  }
  await next();
});

/** The host alone: behind a proxy that ends TLS the page is https and this server isn't. */
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

function isLoopback(name: string): boolean {
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}
