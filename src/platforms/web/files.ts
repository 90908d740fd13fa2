import { type Context, Hono, type MiddlewareHandler } from "hono";
import type { Console } from "./console.ts";
import type { VisitorEnv } from "./visitor.ts";

/** Nothing in a file may run or load, wherever a browser shows it; a picture's own page needs its inline style. */
const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
/** What a browser draws and never runs. Anything else is for download, an SVG as well. */
const shown = new Set(["image/jpeg", "image/png", "image/webp"]);

/**
 * `GET /files/:token`: a file of a card, made anew for each opening and only for the person that the card was drawn for.
 * A refusal is one line of text: it is read in a browser's tab.
 */
export function files(
  service: Console,
  ...guards: readonly MiddlewareHandler<VisitorEnv>[]
): Hono<VisitorEnv> {
  const app = new Hono<VisitorEnv>();
  for (const guard of guards) app.use("/files/*", guard);
  app.get("/files/:token{[\\w-]{1,64}}", async (c) => {
    const { name, type, bytes } = await service.open(c.var.visitor, c.req.param("token"));
    return answer(c, 200, {
      type,
      disposition: `${shown.has(type) ? "inline" : "attachment"}; ${fileNameOf(name)}`,
      body: new Uint8Array(bytes),
    });
  });
  return app;
}

/** Why a file wasn't opened, in words that stand alone in a browser's tab. */
export function notOpened(c: Context, status: 403 | 404 | 429 | 500 | 503, why: string): Response {
  return answer(c, status, { type: "text/plain; charset=utf-8", disposition: "inline", body: why });
}

function answer(
  c: Context,
  status: 200 | 403 | 404 | 429 | 500 | 503,
  { type, disposition, body }: { type: string; disposition: string; body: string | Uint8Array<ArrayBuffer> },
): Response {
  return c.body(body, status, {
    "Content-Type": type,
    "Content-Disposition": disposition,
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": filePolicy,
  });
}

/** A name in a header: plain letters for old clients, the whole of it by RFC 5987 for the others. */
export function fileNameOf(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const whole = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${whole}`;
}
