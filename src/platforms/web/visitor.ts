import { randomBytes } from "node:crypto";
import { getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import type { Visitor } from "./console.ts";

export type VisitorEnv = { Variables: { visitor: Visitor } };

const cookie = "lantian_visitor";
const wellFormed = /^[\w-]{43}$/;
/** 400 days: the longest that browsers keep a cookie. */
const maxAge = 400 * 24 * 60 * 60;

/**
 * Recognises the browser, or gives it a key. Only for requests of the page itself: a link from elsewhere arrives
 * without a Strict cookie, and a new key in the answer would cost the person the link to their account.
 */
export const visitorCookie = createMiddleware<VisitorEnv>(async (c, next) => {
  let key = getCookie(c, cookie);
  if (key === undefined || !wellFormed.test(key)) {
    key = randomBytes(32).toString("base64url");
    setCookie(c, cookie, key, { httpOnly: true, sameSite: "Strict", path: "/", maxAge });
  }
  c.set("visitor", { key });
  await next();
});

/** Recognises the browser and gives no key: for what a link from elsewhere, which comes without the cookie, may ask for. */
export const knownVisitor = createMiddleware<VisitorEnv>(async (c, next) => {
  c.set("visitor", { key: getCookie(c, cookie) ?? "" });
  await next();
});
