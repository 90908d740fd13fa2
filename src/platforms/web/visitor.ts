import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { z } from "zod";
import type { Visitor } from "./console.ts";

export type VisitorEnv = { Variables: { visitor: Visitor } };

const cookie = "lantian_visitor";
const wellFormed = /^[\w-]{43}$/;
/** 400 days: the longest that browsers keep a cookie. */
const maxAge = 400 * 24 * 60 * 60;

/** Whom a tab of a demonstration speaks as: in a header, or in the address where a browser sends none. 0 is a stranger. */
const tabsPersona = z.coerce.number().int().nonnegative();

function personaOf(c: Context): Pick<Visitor, "persona"> {
  const named = tabsPersona.safeParse(c.req.header("Lantian-Persona") ?? c.req.query("persona"));
  return named.success ? { persona: named.data === 0 ? null : named.data } : {};
}

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
  c.set("visitor", { key, ...personaOf(c) });
  await next();
});

/** Recognises the browser and gives no key: for what a link from elsewhere, which comes without the cookie, may ask for. */
export const knownVisitor = createMiddleware<VisitorEnv>(async (c, next) => {
  c.set("visitor", { key: getCookie(c, cookie) ?? "", ...personaOf(c) });
  await next();
});
