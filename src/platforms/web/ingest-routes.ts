import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { INGEST_PATH } from "../../alerts/sources.ts";
import { addressOf } from "./address.ts";
import type { Console } from "./console.ts";
import { mediaTypeOf } from "./media-type.ts";
import { ConsoleRefusal } from "./refusal.ts";

/** Five thousand rows of the longest names are half of it. */
const MOST_BYTES = 2 * 1024 * 1024;

/**
 * `POST /ingest/hourly`: a machine has no sign-in and no page; its secret is asked for before anything of the body is read, and
 * opens nothing else.
 */
export function ingestRoutes({ ingest }: Pick<Console, "ingest">) {
  const app = new Hono<{ Variables: { source: Admitted } }>();
  app.post(
    INGEST_PATH,
    async (c, next) => {
      const [, secret = null] = /^Bearer ([\w-]{1,128})$/.exec(c.req.header("authorization") ?? "") ?? [];
      const source = await ingest.admit(secret, addressOf(c));
      if (source === "too-many") throw new ConsoleRefusal("too-many", "请求太频繁，请稍后再试。");
      if (source === null) {
        const error = { code: "forbidden", message: "令牌不对或已停用，请向市办要新的令牌（数据接入）。" };
        return c.json({ ok: false, error }, 401, { "WWW-Authenticate": "Bearer" });
      }
      c.set("source", source);
      return next();
    },
    bodyLimit({
      maxSize: MOST_BYTES,
      onError() {
        throw new ConsoleRefusal("too-large", "内容超过2 MB，请分批报送。");
      },
    }),
    async (c) => {
      const type = mediaTypeOf(c.req);
      if (type === "text/csv") {
        const sent = { csv: new Uint8Array(await c.req.arrayBuffer()) };
        const { status, body } = await ingest.enter(c.var.source, sent);
        return c.json(body, status);
      }
      if (type !== "application/json")
        throw new ConsoleRefusal("not-json", "请用 Content-Type: application/json 或 text/csv 报送。");
      const json: unknown = await c.req.json().catch(() => {
        throw new ConsoleRefusal("usage", "请求内容不是有效的 JSON。");
      });
      const { status, body } = await ingest.enter(c.var.source, { json });
      return c.json(body, status);
    },
  );
  return app;
}

type Admitted = Exclude<Awaited<ReturnType<Console["ingest"]["admit"]>>, "too-many" | null>;
