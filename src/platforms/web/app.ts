import { randomUUID } from "node:crypto";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "zod";
import { notSaved } from "../../bot/unsaved.ts";
import { LARGEST_EVIDENCE } from "../../intake/evidence-file.ts";
import { writeFaultIn } from "../../store/write-fault.ts";
import { addressOf } from "./address.ts";
import { assets } from "./assets.ts";
import { clockBody, fileBody, hintBody, messagesQuery, personaBody, pressBody, sayBody } from "./bodies.ts";
import type { Console, SignIns } from "./console.ts";
import { eventStreams } from "./events.ts";
import { files, notOpened } from "./files.ts";
import { leaveUnread, ownHostOnly, ownPageOnly, safeHeaders } from "./guard.ts";
import { ingestRoutes } from "./ingest-routes.ts";
import { mediaTypeOf } from "./media-type.ts";
import { guardedMonitor, openMonitor } from "./monitor.ts";
import { ConsoleRefusal } from "./refusal.ts";
import { signedInOnly, signInPages } from "./sign-in-pages.ts";
import { knownVisitor, type VisitorEnv, visitorCookie } from "./visitor.ts";
import type { ConsoleWay } from "./way.ts";

/** Told of every fault of ours with the id that the visitor was given. */
export type ReportFailure = (error: unknown, requestId: string) => void;

/** 64 kB: a long report typed by hand is a tenth of it. */
const bodyBytes = 64 * 1024;
/** A name, or a code. */
const FORM_BYTES = 4096;
/** A file of the largest size that is taken, with its caption around it. */
const fileBytes = LARGEST_EVIDENCE + bodyBytes;

/** The console's routes, ready to be served or to take further doors beside them. */
export function consoleApp(
  service: Console,
  options: {
    host: string;
    way: ConsoleWay;
    /** On a network: who may come in. */
    signIns: SignIns | null;
    /** What a monitor on the network shows for health and metrics; null: there they are closed. */
    monitorToken?: string | null;
    closing: AbortSignal;
    onFailure: ReportFailure;
  },
): Hono<VisitorEnv> {
  const { host, way, signIns, monitorToken = null, closing, onFailure } = options;
  if ((way.kind === "public") !== (signIns !== null)) throw new Error("a console on a network has sign-ins");
  const app = new Hono<VisitorEnv>();
  const ownPage = ownPageOnly(way);
  // Who looks is told by the sign-in on a network, elsewhere by the browser's own key.
  const [visitor, opener] = signIns === null ? [visitorCookie, knownVisitor] : [asSignedIn, asSignedIn];
  const events = eventStreams(service, closing);

  app.use(leaveUnread);
  app.use(safeHeaders);
  // Whoever watches the machine asks these, by whatever address.
  if (signIns !== null) app.route("/", guardedMonitor(service, monitorToken));
  app.use(ownHostOnly(way, host));
  // Before anybody is asked to sign in: a calendar programme can't, and the address is a secret of its own.
  app.get("/calendar/:file{[\\w-]+\\.ics}", async (c) => {
    const feed = await service.calendar(c.req.param("file").slice(0, -".ics".length), addressOf(c));
    if (feed === "too-many") throw new ConsoleRefusal("too-many", "请求太频繁，请稍后再试。");
    if (feed === null) return c.json(fault("not-found", "没有这个地址，或订阅已失效。"), 404, NOT_KEPT);
    return c.body(feed, 200, { ...NOT_KEPT, "Content-Type": "text/calendar; charset=utf-8" });
  });
  // Neither can a machine that sends hours.
  app.route("/", ingestRoutes(service));
  if (signIns !== null) {
    for (const path of ["/sign-in/*", "/sign-out"]) {
      app.on("POST", path, ownPage);
      app.use(path, bodyLimit({ maxSize: FORM_BYTES, onError: tooLarge }));
    }
    app.route("/", signInPages(signIns));
    app.use(signedInOnly(signIns));
  }

  if (signIns === null) app.route("/", openMonitor(service));

  app.use("/api/*", ownPage);
  app.post(
    "/api/file",
    visitor,
    async (c, next) => {
      await service.admitFile(c.var.visitor);
      await next();
    },
    bodyLimit({ maxSize: fileBytes, onError: fileTooLarge }),
    async (c) => {
      const { id, file, caption, album } = valid(fileBody, await partsOf(c.req));
      const bytes = new Uint8Array(await file.arrayBuffer());
      return c.json(await service.file(c.var.visitor, { id, name: file.name, bytes, caption, album }));
    },
  );
  const paced: MiddlewareHandler<VisitorEnv> = async (c, next) => {
    service.look(c.var.visitor);
    await next();
  };
  app.use("/api/*", visitor, paced, bodyLimit({ maxSize: bodyBytes, onError: tooLarge }));
  app.get("/api/session", async (c) => c.json(await service.session(c.var.visitor)));
  app.get("/api/messages", async (c) => {
    const { before } = valid(messagesQuery, c.req.query());
    return c.json(await service.history(c.var.visitor, before));
  });
  app.post("/api/persona", async (c) => {
    const { id } = valid(personaBody, await jsonOf(c.req));
    await service.choosePersona(c.var.visitor, id);
    return c.json(await service.session({ ...c.var.visitor, persona: id }));
  });
  app.post("/api/say", async (c) => {
    const { id, text, fill } = valid(sayBody, await jsonOf(c.req));
    return c.json(await service.say(c.var.visitor, fill ? { id, text, fill } : { id, text }));
  });
  app.post("/api/hint", async (c) => {
    const { text } = valid(hintBody, await jsonOf(c.req));
    return c.json(await service.hint(c.var.visitor, text));
  });
  app.post("/api/press", async (c) =>
    c.json(await service.press(c.var.visitor, valid(pressBody, await jsonOf(c.req)))),
  );
  app.post("/api/clock", async (c) => {
    const moved = await service.clock(c.var.visitor, valid(clockBody, await jsonOf(c.req)));
    events.tellTime();
    return c.json(moved);
  });
  app.get("/api/events", events.open);

  app.route("/", files(service, ownPage, opener, paced));
  app.route("/", assets({ marked: way.kind === "open demonstration" }));
  app.notFound((c) => c.json(fault("not-found", "没有这个地址。"), 404));
  app.onError((error, c) => {
    const isFile = c.req.path.startsWith("/files/");
    if (error instanceof ConsoleRefusal) {
      const status = statusOf(error);
      if (isFile) return notOpened(c, status === 403 || status === 429 ? status : 404, error.message);
      return c.json(fault(error.code, error.message), status);
    }
    if (error instanceof HTTPException) return c.json(fault("bad-request", error.message), error.status);
    const requestId = randomUUID().slice(0, 8);
    onFailure(error, requestId);
    const unsaved = writeFaultIn(error);
    if (unsaved !== null) {
      const { code, message } = notSaved({ fault: unsaved });
      return isFile ? notOpened(c, 503, message) : c.json(fault(code, message), 503);
    }
    const calm = `系统出错，这次没有办成。请稍后再试；报修时请提供编号 ${requestId}。`;
    return isFile ? notOpened(c, 500, calm) : c.json(fault("internal", calm), 500);
  });
  return app;
}

/** Who leaves, or ends an address, is shown nothing from that second on: nobody on the way may keep a copy. */
const NOT_KEPT = { "Cache-Control": "no-store" };

/** `signedInOnly` has said who it is. */
const asSignedIn: MiddlewareHandler<VisitorEnv> = (_c, next) => next();

const fault = (code: string, message: string) => ({ error: { code, message } });

function statusOf(refusal: ConsoleRefusal): ContentfulStatusCode {
  switch (refusal.code) {
    case "not-signed-in":
      return 401;
    case "forbidden":
    case "not-linked":
      return 403;
    case "usage":
      return 400;
    case "too-large":
      return 413;
    case "too-many":
      return 429;
    case "not-json":
    case "not-parts":
      return 415;
    default:
      return 409;
  }
}

function tooLarge(): never {
  throw new ConsoleRefusal("too-large", "内容太长，请控制在 64 KB 以内。");
}

function fileTooLarge(): never {
  throw new ConsoleRefusal("too-large", "文件超过15 MB，请压缩后再发。");
}

/** The parts of a sent file. A foreign form can send such parts too: `ownPageOnly` has kept it out. */
async function partsOf(request: { header(name: string): string | undefined; formData(): Promise<FormData> }) {
  if (mediaTypeOf(request) !== "multipart/form-data")
    throw new ConsoleRefusal("not-parts", "请用页面上的“附件”按钮发送文件。");
  try {
    return Object.fromEntries(await request.formData());
  } catch {
    throw new ConsoleRefusal("usage", "文件没有完整送到，请重新发送。");
  }
}

async function jsonOf(request: {
  header(name: string): string | undefined;
  json(): Promise<unknown>;
}): Promise<unknown> {
  // A cross-site form can send text/plain without asking first; it can't send JSON.
  if (mediaTypeOf(request) !== "application/json")
    throw new ConsoleRefusal("not-json", "请求必须是 JSON 格式。");
  try {
    return await request.json();
  } catch {
    throw new ConsoleRefusal("usage", "请求内容不是有效的 JSON。");
  }
}

function valid<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const where = read.error.issues[0]?.path.join(".");
  throw new ConsoleRefusal("usage", `请求内容不合要求${where ? `（${where}）` : ""}，请刷新页面后再试。`);
}
