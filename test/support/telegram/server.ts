import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { faultsOf } from "./faults.ts";
import { linksIn, type Parsed, parseHtml } from "./html.ts";
import { limitsOf } from "./limits.ts";
import { type Method, readMultipart, type SentFile, type Upload, wantedOf } from "./uploads.ts";

export type Button = { text: string; callback_data: string; url?: string };
export type Sent = Parsed & {
  chat: number;
  id: number;
  html: string;
  keyboard: Button[][];
  edits: number;
  parseMode: string | null;
  /** The topic of the group, if any. */
  topic?: number;
  /** A file of the message, its text being the caption; files of one album have the album's number. */
  file?: SentFile;
  album?: string;
};
type Payload = Record<string, unknown>;
type Answer = { status: number; body: unknown };

export type TelegramServer = Awaited<ReturnType<typeof startTelegramServer>>;

/**
 * A strict Telegram: it checks the token, the limits and the HTML, confirms updates as Telegram does, refuses what it
 * refuses, and fails on demand. Its clock is scaled: `second` ms are a second. Same seed, same faults.
 */
export async function startTelegramServer({
  token = "100200300:CANARY-token-that-must-never-be-seen-anywhere",
  second = 20,
  seed = 1,
}: {
  token?: string;
  second?: number;
  seed?: number;
} = {}) {
  const faults = faultsOf(seed);
  const limits = limitsOf(second);
  const me = { id: 100200300, is_bot: true, first_name: "蓝天", username: "lantian_bot" };

  let waiting: Payload[] = [];
  let nextUpdate = 5_000;
  let nextMessage = 100;
  let nextQuery = 1;
  let poller: ((by?: string) => void) | null = null;
  let wakePoller: (() => void) | null = null;
  let webhook: { url: string; secret: string } | null = null;
  let hookTrouble: { pending: number; at: number; why: string } | null = null;
  /** Command menus by whose they are: default, all_group_chats, chat/12. */
  const menus = new Map<string, readonly { command: string; description: string }[]>();
  let revoked = false;

  const sent: Sent[] = [];
  const calls: { method: string; payload: Payload }[] = [];
  const answered: { id: string; text: string }[] = [];
  const openQueries = new Set<string>();
  const landing = new Set<Promise<unknown>>();
  const files = new Map<string, { path: string; bytes: Uint8Array; size?: number }>();
  const blocked = new Set<number>();
  /** People who have never pressed Start: a bot may not write to them first. */
  const unbegun = new Set<number>();
  const kicked = new Set<number>();
  const migrated = new Map<number, number>();
  /** Topics of groups that are closed or deleted, as `-100/7`; the rest stand open. General is 0. */
  const topics = new Map<string, "closed" | "deleted">();
  /** Groups in which only administrators may write. */
  const muted = new Set<number>();
  /** What the bot is in groups where it is no plain member. */
  const memberships = new Map<number, object>();

  const refuse = (code: number, description: string, parameters?: object): Answer => ({
    status: code,
    body: { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) },
  });
  const ok = (result: unknown): Answer => ({ status: 200, body: { ok: true, result } });

  const methods: Record<
    string,
    (p: Payload, response: ServerResponse, uploads: ReadonlyMap<string, Upload>) => Answer | Promise<Answer>
  > = {
    getMe: () => ok(me),
    setMyCommands(p) {
      const commands = p.commands as { command: string; description: string }[];
      const fits = (c: { command: string; description: string }) =>
        /^[a-z0-9_]{1,32}$/.test(c.command) && c.description.length >= 1 && c.description.length <= 256;
      if (commands.length > 100 || !commands.every(fits))
        return refuse(400, "Bad Request: BOT_COMMAND_INVALID");
      const { type, chat_id } = (p.scope ?? { type: "default" }) as { type: string; chat_id?: number };
      menus.set(chat_id === undefined ? type : `${type}/${chat_id}`, commands);
      return ok(true);
    },
    setWebhook(p) {
      if (!/^https:\/\//.test(String(p.url)))
        return refuse(400, "Bad Request: bad webhook: An HTTPS URL must be provided");
      if (!/^[\w-]{1,256}$/.test(String(p.secret_token)))
        return refuse(400, "Bad Request: secret token contains unallowed characters");
      webhook = { url: String(p.url), secret: String(p.secret_token) };
      return ok(true);
    },
    getWebhookInfo: () =>
      ok({
        url: webhook?.url ?? "",
        has_custom_certificate: false,
        pending_update_count: hookTrouble?.pending ?? 0,
        ...(hookTrouble ? { last_error_date: hookTrouble.at, last_error_message: hookTrouble.why } : {}),
      }),
    deleteWebhook() {
      webhook = null;
      return ok(true);
    },
    async getUpdates(p, response) {
      if (webhook !== null)
        return refuse(409, "Conflict: can't use getUpdates method while webhook is active");
      poller?.();
      const offset = p.offset as number | undefined;
      if (offset !== undefined) waiting = waiting.filter((u) => (u.update_id as number) >= offset);
      const allowed = (p.allowed_updates as string[] | undefined) ?? [];
      const wanted = () =>
        waiting.filter((u) => allowed.some((kind) => kind in u)).slice(0, p.limit as number);
      if (wanted().length === 0) {
        const terminatedBy = await new Promise<string | null>((resolve) => {
          const timer = setTimeout(() => resolve(null), ((p.timeout as number) ?? 0) * second);
          const end = (by: string | null) => {
            clearTimeout(timer);
            resolve(by);
          };
          poller = (by = "other getUpdates") => end(by);
          wakePoller = () => end(null);
          response.once("close", () => end(null));
        });
        poller = null;
        wakePoller = null;
        if (terminatedBy !== null) return refuse(409, `Conflict: terminated by ${terminatedBy} request`);
      }
      return ok(wanted());
    },
    sendMessage: (p) => place(p, null),
    sendChatAction: (p) => unwelcome(Number(p.chat_id)) ?? shut(p) ?? ok(true),
    getChatMember: ({ chat_id, user_id }) =>
      ok({
        ...{ status: kicked.has(Number(chat_id)) ? "kicked" : "member", user: { ...me, id: user_id } },
        ...memberships.get(Number(chat_id)),
      }),
    getChat: ({ chat_id }) =>
      ok({
        ...chatOf(Number(chat_id)),
        permissions: { can_send_messages: !muted.has(Number(chat_id)) },
      }),
    editMessageText: (p) => place(p, Number(p.message_id)),
    sendPhoto: (p, _, uploads) => placeFiles("sendPhoto", p, uploads),
    sendDocument: (p, _, uploads) => placeFiles("sendDocument", p, uploads),
    sendMediaGroup: (p, _, uploads) => placeFiles("sendMediaGroup", p, uploads),
    answerCallbackQuery(p) {
      const id = String(p.callback_query_id);
      if (String(p.text ?? "").length > 200) return refuse(400, "Bad Request: MESSAGE_TOO_LONG");
      if (!openQueries.delete(id))
        return refuse(
          400,
          "Bad Request: query is too old and response timeout expired or query ID is invalid",
        );
      answered.push({ id, text: String(p.text ?? "") });
      return ok(true);
    },
    getFile(p) {
      const file = files.get(String(p.file_id));
      if (file === undefined) return refuse(400, "Bad Request: invalid file_id");
      if (file.bytes.length > 20 * 1024 * 1024) return refuse(400, "Bad Request: file is too big");
      return ok({
        file_id: p.file_id,
        file_unique_id: "u",
        file_path: file.path,
        ...(file.size ? { file_size: file.size } : {}),
      });
    },
  };

  /** Why somebody is not written to, or null. */
  const unwelcome = (chat: number): Answer | null => {
    if (blocked.has(chat)) return refuse(403, "Forbidden: bot was blocked by the user");
    if (unbegun.has(chat)) return refuse(403, "Forbidden: bot can't initiate conversation with a user");
    return null;
  };

  /** Why nothing goes to a chat (now), or null. */
  const closed = (chat: number): Answer | null => {
    const moved = migrated.get(chat);
    if (moved !== undefined)
      return refuse(400, "Bad Request: group chat was upgraded to a supergroup chat", {
        migrate_to_chat_id: moved,
      });
    const refusal = unwelcome(chat);
    if (refusal !== null) return refusal;
    if (kicked.has(chat)) return refuse(403, "Forbidden: bot was kicked from the supergroup chat");
    const wait = limits.waitFor(chat);
    if (wait !== null)
      return refuse(429, "Too Many Requests: retry after", {
        retry_after: Math.max(1, Math.ceil(wait / second)),
      });
    return null;
  };

  /** Why a topic takes nothing, or null. */
  const shut = ({ chat_id, message_thread_id = 0 }: Payload): Answer | null => {
    const state = topics.get(`${chat_id}/${message_thread_id}`);
    if (state === undefined) return null;
    return refuse(
      400,
      state === "closed" ? "Bad Request: TOPIC_CLOSED" : "Bad Request: message thread not found",
    );
  };

  const placeFiles = async (
    method: Method,
    p: Payload,
    uploads: ReadonlyMap<string, Upload>,
  ): Promise<Answer> => {
    const chat = Number(p.chat_id);
    const refusal = closed(chat);
    if (refusal !== null) return refusal;
    const wanted = await wantedOf(method, p, uploads);
    if (typeof wanted === "string") return refuse(400, wanted);
    const album = wanted.files.length > 1 ? { album: String(nextMessage) } : {};
    const messages = wanted.files.map((file, i): Sent => {
      const text = i === 0 ? wanted.caption : "";
      const shown = { text, html: text, entities: linksIn(text), keyboard: [], edits: 0, parseMode: null };
      return { ...shown, chat, id: nextMessage++, file, ...album };
    });
    sent.push(...messages);
    const results = messages.map(({ id }) => ({ message_id: id, date: 1, chat: chatOf(chat) }));
    return ok(method === "sendMediaGroup" ? results : results[0]);
  };

  const place = (p: Payload, edited: number | null): Answer => {
    const chat = Number(p.chat_id);
    const refusal = closed(chat) ?? (edited === null ? shut(p) : null);
    if (refusal !== null) return refusal;
    const raw = String(p.text ?? "");
    if (!raw.isWellFormed()) return refuse(400, "Bad Request: strings must be encoded in UTF-8");
    const parseMode = (p.parse_mode as string | undefined) ?? null;
    let parsed: Parsed;
    try {
      parsed = parseMode === "HTML" ? parseHtml(raw) : { text: raw, entities: linksIn(raw) };
    } catch (error) {
      return refuse(400, (error as Error).message);
    }
    const text = parsed.text.trim();
    if (text === "") return refuse(400, "Bad Request: message text is empty");
    if (text.length > 4096) return refuse(400, "Bad Request: message is too long");
    const markup = p.reply_markup as { inline_keyboard: Button[][] } | undefined;
    const keyboard = markup?.inline_keyboard ?? [];
    const buttons = keyboard.flat();
    if (buttons.length > 100) return refuse(400, "Bad Request: reply markup is too long");
    for (const button of buttons) {
      const bytes = Buffer.byteLength(button.callback_data ?? "");
      const isLink = button.url !== undefined && URL.canParse(button.url);
      if (!isLink && (bytes < 1 || bytes > 64)) return refuse(400, "Bad Request: BUTTON_DATA_INVALID");
      if (button.text.trim() === "") return refuse(400, "Bad Request: text buttons must not be empty");
    }
    const shown = { ...parsed, text, chat, html: raw, keyboard, parseMode };
    if (edited === null) {
      const topic = p.message_thread_id === undefined ? {} : { topic: Number(p.message_thread_id) };
      const message = { ...shown, id: nextMessage++, edits: 0, ...topic };
      sent.push(message);
      return ok({
        message_id: message.id,
        date: 1,
        chat: { id: chat, type: chat < 0 ? "supergroup" : "private" },
        text,
      });
    }
    const old = sent.find((m) => m.chat === chat && m.id === edited);
    if (old === undefined) return refuse(400, "Bad Request: message to edit not found");
    if (old.html === raw && JSON.stringify(old.keyboard) === JSON.stringify(keyboard))
      return refuse(
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
      );
    Object.assign(old, shown, { edits: old.edits + 1 });
    return ok({ message_id: edited, date: 1, chat: { id: chat, type: "private" }, text });
  };

  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const path = decodeURI(request.url ?? "");
    const file = path.match(/^\/file\/bot([^/]+)\/(.+)$/);
    if (file) {
      const found = [...files.values()].find((f) => f.path === file[2]);
      // A planned fault of a "file", whichever, is a connection that breaks.
      if (faults.next("file") !== undefined) return request.socket.destroy();
      if (file[1] !== token || found === undefined) return response.writeHead(404).end();
      return response.writeHead(200).end(found.bytes);
    }
    const call = path.match(/^\/bot([^/]+)\/(\w+)$/);
    const method = methods[call?.[2] ?? ""];
    if (call?.[1] !== token || revoked) return send(response, refuse(401, "Unauthorized"));
    if (method === undefined) return send(response, refuse(404, "Not Found"));
    const name = call[2] as string;
    const type = request.headers["content-type"] ?? "";
    const parts = type.startsWith("multipart/") ? readMultipart(type, body) : null;
    const payload: Payload = parts?.fields ?? (body.length === 0 ? {} : JSON.parse(body.toString("utf8")));
    const run = () => method(payload, response, parts?.uploads ?? new Map());
    calls.push({ method: name, payload });
    const fault = faults.next(name);
    switch (fault) {
      case "429":
      case "429-long": {
        const seconds = fault === "429" ? 1 + Math.floor(faults.random() * 3) : 3600;
        limits.holdBack(Number(payload.chat_id), seconds * second);
        return send(response, refuse(429, "Too Many Requests: retry after", { retry_after: seconds }));
      }
      case "429-bare":
        limits.holdBack(Number(payload.chat_id), second);
        return send(response, refuse(429, "Too Many Requests"));
      case "500-before":
        return send(response, refuse(500, "Internal Server Error"));
      case "500-after":
        await run();
        return send(response, refuse(500, "Internal Server Error"));
      case "502-html":
        return response.writeHead(502, { "content-type": "text/html" }).end("<html>Bad Gateway</html>");
      case "reset-before":
        return request.socket.destroy();
      case "reset-after":
        await run();
        return request.socket.destroy();
      case "hang-before":
        return;
      case "hang-after":
        await run();
        return;
      case "accept-late": {
        const landed = new Promise((resolve) => setTimeout(resolve, 2_000)).then(run);
        landing.add(landed);
        return;
      }
      case "403-blocked":
        return send(response, refuse(403, "Forbidden: bot was blocked by the user"));
      case "403-kicked":
        return send(response, refuse(403, "Forbidden: bot was kicked from the supergroup chat"));
      case "400-entities":
        return send(response, refuse(400, "Bad Request: can't parse entities: unexpected end"));
      case "400-file":
        return send(response, refuse(400, "Bad Request: failed to get the file content"));
      case "401":
        return send(response, refuse(401, "Unauthorized"));
      case "404":
        return send(response, refuse(404, "Not Found"));
      case "409":
        return send(
          response,
          refuse(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
          ),
        );
      default:
        return send(response, await run());
    }
  });
  // A connection that ends just as it is used again would be a fault that no test has asked for.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const bring = (update: Payload, id = nextUpdate++): Payload => {
    const whole = { update_id: id, ...update };
    waiting.push(whole);
    wakePoller?.();
    return whole;
  };
  const chatOf = (chat: number) =>
    chat < 0
      ? { id: chat, type: "supergroup", title: "群" }
      : { id: chat, type: "private", first_name: "某人" };
  const unixTime = () => 1_600_000_000 + Math.floor(performance.now() / (second || 1_000));
  const userOf = (id: number) => ({ id, is_bot: false, first_name: "某人" });
  const messageOf = (user: number, chat: number, more: Payload): Payload => ({
    message: {
      message_id: nextMessage++,
      date: unixTime(),
      chat: chatOf(chat),
      from: userOf(user),
      ...more,
    },
  });

  /** Somebody says something, in private or in a group. */
  const says = (user: number, text: string, { chat = user, ...more }: { chat?: number } & Payload = {}) =>
    bring(messageOf(user, chat, { text, ...more }));

  return {
    apiRoot: `http://127.0.0.1:${port}`,
    token,
    second,
    me,
    sent,
    calls,
    answered,
    violations: limits.violations,
    blocked,
    unbegun,
    kicked,
    topics,
    muted,
    memberships,
    migrated,
    files,
    bring,
    /** An update that is handed over by a webhook or not at all. */
    makes: (update: Payload): Payload => ({ update_id: nextUpdate++, ...update }),
    messageOf,
    says,
    /** Somebody changes what they said in an update before; `more` is what else the message says then. */
    edits(said: Payload, text: string, more: Payload = {}) {
      const message = { ...(said.message as Payload), text, edit_date: unixTime(), ...more };
      return bring({ edited_message: message });
    },
    /** Somebody presses a button of a message, or sends any callback data that they like. */
    presses(user: number, message: Pick<Sent, "chat" | "id">, labelOrData: string) {
      const whole = sent.find((m) => m.chat === message.chat && m.id === message.id);
      const button = whole?.keyboard.flat().find((b) => b.text === labelOrData);
      const id = String(nextQuery++);
      openQueries.add(id);
      return bring({
        callback_query: {
          id,
          from: userOf(user),
          chat_instance: "1",
          data: button?.callback_data ?? labelOrData,
          message: { message_id: message.id, date: 0, chat: chatOf(message.chat) },
        },
      });
    },
    /** Takes the bot's token away, or gives it back; nothing that is asked meanwhile counts as a call. */
    revoke(now: boolean) {
      revoked = now;
      if (now) wakePoller?.();
    },
    forgetQueries: () => openQueries.clear(),
    menu: (whose = "default") => menus.get(whose) ?? null,
    webhook: () => webhook,
    /** The address of the webhook is another one now, or Telegram can't hand over what waits; null: all is well. */
    setWebhook: (url: string) => {
      webhook = { url, secret: "" };
      poller?.("setWebhook");
    },
    troubleWebhook: (trouble: typeof hookTrouble) => {
      hookTrouble = trouble;
    },
    unconfirmed: () => waiting.length,
    /** The number that the newest update was given. */
    lastUpdate: () => nextUpdate - 1,
    to: (chat: number) => sent.filter((m) => m.chat === chat),
    fail: faults.fail,
    failAtRandom: faults.failAtRandom,
    /** Until what is accepted long after its caller gave up has landed. */
    allLanded: () => Promise.all(landing),
    random: faults.random,
    close: () =>
      new Promise<void>((resolve) => {
        poller?.();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
