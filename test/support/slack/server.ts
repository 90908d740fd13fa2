import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { BOT, memoryOf, Refusal, refuse, type StoredFile, TEAM, type User } from "./memory.ts";
import { methodsOf } from "./methods.ts";
import { socketsOn } from "./sockets.ts";
import { bringUpload } from "./uploads.ts";

// biome-ignore lint/suspicious/noExplicitAny: a server is given whatever a client sends
type Any = any;

/** How a call goes wrong. `before`: nothing was accepted; `after`: it was, but the answer is lost. */
/** What Slack may say to any call, the last three in an organisation of several workspaces. */
const REFUSALS = [
  "token_revoked",
  "missing_scope",
  "team_added_to_org",
  "org_login_required",
  "team_access_not_granted",
] as const;
export type Fault =
  | "429"
  | "429 without header"
  | "ratelimited"
  | "500 before"
  | "500 after"
  | "internal_error after"
  | (typeof REFUSALS)[number]
  | "reset before"
  | "reset after"
  | "cut answer after"
  | "hang before"
  | "hang after"
  /** Nobody answers, and the call lands after whoever made it has given up. */
  | "lands late";

export type LocalSlack = Awaited<ReturnType<typeof localSlack>>;

/**
 * A Slack on this machine: strict where Slack is (tokens, Block Kit limits, one message a second and channel, triggers of
 * three seconds, five answers through a response_url), with faults on demand. It keeps what it has accepted.
 */
export async function localSlack(options: {
  token: string;
  appToken?: string;
  now?: () => number;
  /** A port to come back on after having been away; otherwise a free one. */
  port?: number;
  /** How late (ms) what lands late lands. */
  lateMs?: number;
  /** The organisation that the workspace belongs to. */
  enterprise?: string;
  orgWide?: boolean;
}) {
  const now = options.now ?? Date.now;
  const memory = memoryOf(now);
  memory.enterprise = options.enterprise ?? null;
  memory.orgWide = options.orgWide ?? false;
  const { users, channels, ephemeral, views, homes, triggers, hooks, checkMessage, directWith } = memory;
  const methods = methodsOf(memory);
  const fileCalls: string[] = [];
  const refusals: string[] = [];
  const seenTokens: string[] = [];
  const calls: { method: string; args: Any; at: number }[] = [];
  const planned: { method: string; fault: Fault; retryAfter?: number }[] = [];
  let revoked = false;
  let appRevoked = false;
  let retryAfterS = 2;
  let random: ((method: string, args: Any) => Fault | null) | null = null;
  const sockets = new Set<Any>();

  const bodyOf = async (request: IncomingMessage) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const json = (response: ServerResponse, status: number, value: object, headers = {}) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(value));
  };
  const argsOf = (body: string) => {
    const args: Any = {};
    for (const [key, value] of new URLSearchParams(body))
      args[key] = ["blocks", "metadata", "view", "files"].includes(key) ? JSON.parse(value) : value;
    return args;
  };

  const answerCall = async (method: string, request: IncomingMessage, response: ServerResponse) => {
    const body = (await bodyOf(request)).toString();
    const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
    if (method === "apps.connections.open") {
      const hangs = planned.findIndex((p) => p.method === method);
      if (hangs >= 0) {
        planned.splice(hangs, 1);
        return;
      }
      if (token !== options.appToken || appRevoked)
        return json(response, 200, { ok: false, error: "invalid_auth" });
      return json(response, 200, { ok: true, url: `${origin.replace("http:", "ws:")}/link` });
    }
    seenTokens.push(token);
    if (body.includes(options.token)) refusals.push("token in a body");
    const args = argsOf(body);
    calls.push({ method, args, at: now() });
    if (token !== options.token)
      return json(response, 200, { ok: false, error: token ? "invalid_auth" : "not_authed" });
    if (revoked) return json(response, 200, { ok: false, error: "token_revoked" });
    await withFaults(method, args, request, response, () => {
      const run = methods[method];
      return { ok: true, ...(run === undefined ? refuse("unknown_method") : run(args)) };
    });
  };

  /** Slack's answer to what `run` does, with the faults that are planned for it. */
  const withFaults = async (
    method: string,
    args: Any,
    request: IncomingMessage,
    response: ServerResponse,
    run: () => object,
    refused = 200,
  ) => {
    const at = planned.findIndex((p) => p.method === method);
    const plan = at < 0 ? null : planned.splice(at, 1)[0];
    const fault = plan?.fault ?? random?.(method, args) ?? null;
    if (fault === "429")
      return json(response, 429, { ok: false }, { "retry-after": String(plan?.retryAfter ?? retryAfterS) });
    if (fault === "429 without header") return json(response, 429, { ok: false });
    if (fault === "ratelimited") return json(response, 200, { ok: false, error: "ratelimited" });
    if (REFUSALS.some((refusal) => refusal === fault))
      return json(response, 200, { ok: false, error: fault });
    if (fault === "500 before") return json(response, 500, { ok: false });
    if (fault === "reset before") return request.socket.resetAndDestroy();
    if (fault === "hang before") return;
    if (fault === "lands late") await new Promise((resolve) => setTimeout(resolve, options.lateMs));
    let result: object;
    try {
      result = run();
    } catch (error) {
      if (error instanceof Refusal) {
        refusals.push(`${method}: ${error.message}${error.detail ? ` (${error.detail})` : ""}`);
        return json(response, refused, { ok: false, error: error.message });
      }
      const { retryAfter } = error as { retryAfter?: number };
      if (retryAfter === undefined) throw error;
      return json(response, 429, { ok: false }, { "retry-after": String(retryAfter) });
    }
    if (fault === "500 after") return json(response, 500, { ok: false });
    if (fault === "internal_error after") return json(response, 200, { ok: false, error: "internal_error" });
    if (fault === "reset after") return request.socket.resetAndDestroy();
    if (fault === "hang after") return;
    if (fault === "cut answer after") {
      response.writeHead(200, { "content-type": "application/json" });
      return response.end('{"ok":tr');
    }
    json(response, 200, result);
  };

  const answerUpload = async (key: string, request: IncomingMessage, response: ServerResponse) => {
    const bytes = await bodyOf(request);
    calls.push({ method: "upload", args: { length: bytes.length }, at: now() });
    if (request.headers.authorization !== undefined) refusals.push("upload: a token that nobody asked for");
    const bring = () => ({ said: bringUpload(memory, key, bytes) });
    await withFaults("upload", {}, request, response, bring, 400);
  };

  const answerHook = async (id: string, request: IncomingMessage, response: ServerResponse) => {
    const message = JSON.parse((await bodyOf(request)).toString());
    const hook = hooks.get(id);
    calls.push({ method: "response_url", args: message, at: now() });
    if (hook === undefined || hook.until < now())
      return json(response, 404, { ok: false, error: "used_url" });
    if (hook.uses >= 5) return json(response, 404, { ok: false, error: "used_url" });
    try {
      checkMessage(message);
    } catch (error) {
      refusals.push(`response_url: ${(error as Refusal).message} (${(error as Refusal).detail})`);
      return json(response, 400, { ok: false });
    }
    hook.uses += 1;
    const { text, blocks } = message;
    if (message.replace_original && hook.last) Object.assign(hook.last, { text, blocks });
    else {
      const { user: to, channel } = hook;
      hook.last = { ts: memory.nextTs(), to, channel, via: "response_url", text, blocks };
      ephemeral.push(hook.last);
    }
    response.end("ok");
  };

  const answerFile = (id: string, request: IncomingMessage, response: ServerResponse) => {
    const file = memory.shared.get(id)?.file;
    fileCalls.push(id);
    if (request.headers.authorization !== `Bearer ${options.token}`) {
      response.writeHead(302, { location: "/signin" });
      return response.end();
    }
    if (file === undefined) {
      response.writeHead(404);
      return response.end();
    }
    response.writeHead(200, {
      "content-type": file.type,
      ...(file.announced ? { "content-length": file.announced } : {}),
    });
    response.end(file.bytes);
  };

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://local").pathname;
    const work = path.startsWith("/api/")
      ? answerCall(path.slice(5), request, response)
      : path.startsWith("/hook/")
        ? answerHook(path.slice(6), request, response)
        : path.startsWith("/upload/")
          ? answerUpload(path.slice(8), request, response)
          : path.startsWith("/files/")
            ? Promise.resolve(answerFile(path.slice(7), request, response))
            : Promise.resolve(response.writeHead(404).end());
    work.catch((error: Error) => {
      refusals.push(`local server: ${error.message}`);
      response.destroy();
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const socketMode = socketsOn(server);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  memory.origin = origin;

  return {
    apiUrl: `${origin}/api/`,
    origin,
    now,
    socketMode,
    refusals,
    calls,
    ephemeral,
    views,
    homes,
    channels,
    seenTokens,
    fileCalls,
    /** Files of the app's, by their ids. */
    uploads: memory.uploads,
    /** Takes a scope from the app, or gives it back. */
    grant(scope: string, may: boolean) {
      if (may) memory.granted.add(scope);
      else memory.granted.delete(scope);
    },
    addUser(id: string, over: Partial<User> = {}) {
      users.set(id, {
        id,
        name: id,
        team_id: TEAM,
        is_bot: false,
        deleted: false,
        is_stranger: false,
        ...over,
      });
      return id;
    },
    addChannel(id: string, members: readonly string[]) {
      channels.set(id, {
        id,
        members: new Set([BOT.user, ...members]),
        direct: false,
        archived: false,
        messages: [],
      });
      return id;
    },
    addFile(id: string, file: StoredFile) {
      const url = `${origin}/files/${id}`;
      memory.shared.set(id, { file, url });
      return url;
    },
    /** A person writes something where everybody there reads it. */
    say(channel: string, user: string, text: string) {
      memory.channelFor(channel).messages.push({ ts: memory.nextTs(), user, text, blocks: [] });
    },
    /** What the bot has written to a user directly. */
    directTo: (user: string) => directWith(user).messages,
    directId: (user: string) => directWith(user).id,
    newTrigger(user: string) {
      const id = `trigger.${memory.nextSerial()}`;
      triggers.set(id, { until: now() + 3000, used: false, user });
      return id;
    },
    newHook(user: string, channel: string | null) {
      const serial = memory.nextSerial();
      hooks.set(String(serial), { until: now() + 30 * 60_000, uses: 0, user, channel });
      return `${origin}/hook/${serial}`;
    },
    /** The next call of a method goes wrong. */
    plan(method: string, fault: Fault, retryAfter?: number) {
      planned.push({ method, fault, ...(retryAfter === undefined ? {} : { retryAfter }) });
    },
    /** Every call that hangs is cut off. */
    cutOff() {
      for (const socket of sockets) socket.destroy();
    },
    /** Takes the bot's token away, or gives it back. */
    revoke(now: boolean) {
      revoked = now;
    },
    /** The same with the app's token: Slack closes what it had opened. */
    revokeApp(now: boolean) {
      appRevoked = now;
      if (now) for (const connection of socketMode.open()) connection.drop();
    },
    /** What a 429 by chance asks for, in seconds. */
    retryAfter(seconds: number) {
      retryAfterS = seconds;
    },
    /** From now on calls go wrong by chance; null: no more. */
    atRandom(choose: ((method: string, args: Any) => Fault | null) | null) {
      random = choose;
    },
    /** Accepted messages that bear an outbox row's mark, by the row. */
    accepted(): Map<number, number> {
      const count = new Map<number, number>();
      for (const { messages } of channels.values())
        for (const { metadata } of messages)
          if (metadata?.event_type === "lantian_delivery") {
            const id = metadata.event_payload.outbox as number;
            count.set(id, (count.get(id) ?? 0) + 1);
          }
      return count;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
