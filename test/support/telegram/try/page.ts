import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { z } from "zod";
import { documentOf, photoOf } from "../announced.ts";
import type { TelegramServer } from "../server.ts";

/** A group that everybody is in. */
const GROUP = -1_001;

/** A message as the page shows it; `html` is Telegram's subset, and only the bot's is markup. */
type Line = {
  id: number;
  from: "bot" | "me" | "other";
  name: string;
  html: string | null;
  text: string;
  keyboard: { text: string; data: string }[][];
  edited: boolean;
  file: { kind: "photo" | "document"; name: string } | null;
};

const asked = z.object({ as: z.string(), where: z.enum(["private", "group"]) });
const said = asked.extend({ text: z.string().trim().min(1) });
const pressed = asked.extend({ id: z.number().int(), data: z.string() });

/** The page and what it asks for: what somebody sees, says, sends, presses and opens. */
export function pageOf(telegram: TelegramServer, users: ReadonlyMap<string, number>): Hono {
  const app = new Hono();
  /** What people have said, which the local Telegram hands to the bot and doesn't keep. */
  const spoken: { chat: number; id: number; user: number; text: string }[] = [];
  /** Each person's newest press, whose answer is shown once. */
  const presses = new Map<number, string>();
  const senderOf = ({ as, where }: z.output<typeof asked>) => {
    const user = users.get(as);
    if (user === undefined) throw new Error(`there is no ${as}`);
    return { user, chat: where === "private" ? user : GROUP };
  };
  const nameOf = (user: number) => [...users].find(([, number]) => number === user)?.[0] ?? "";
  const heard = (update: Record<string, unknown>, user: number, chat: number, text: string) => {
    const { message_id: id } = update.message as { message_id: number };
    spoken.push({ chat, id, user, text });
  };

  const linesOf = (user: number, chat: number): Line[] => {
    const bot = telegram.to(chat).map(
      ({ id, html, text, keyboard, edits, parseMode, file }): Line => ({
        id,
        from: "bot",
        name: "蓝天",
        html: parseMode === "HTML" ? html : null,
        text,
        keyboard: keyboard.map((row) => row.map((b) => ({ text: b.text, data: b.callback_data }))),
        edited: edits > 0,
        file: file ? { kind: file.kind, name: file.name } : null,
      }),
    );
    const people = spoken
      .filter((line) => line.chat === chat)
      .map(
        ({ id, user: of, text }): Line => ({
          id,
          from: of === user ? "me" : "other",
          name: nameOf(of),
          html: null,
          text,
          keyboard: [],
          edited: false,
          file: null,
        }),
      );
    return [...bot, ...people].sort((a, b) => a.id - b.id);
  };

  app.get("/", (c) => c.html(readFileSync(join(import.meta.dirname, "page.html"), "utf8")));
  app.get("/people", (c) => c.json([...users.keys()]));
  app.get("/sees", (c) => {
    const { user, chat } = senderOf(asked.parse(c.req.query()));
    const toast = telegram.answered.find(({ id }) => id === presses.get(user))?.text ?? "";
    if (toast !== "") presses.delete(user);
    const refused = telegram.violations;
    return c.json({ lines: linesOf(user, chat), toast, menu: telegram.menu() ?? [], refused });
  });
  app.get("/file", (c) => {
    const { chat } = senderOf(asked.parse(c.req.query()));
    const file = telegram.to(chat).find(({ id }) => id === Number(c.req.query("id")))?.file;
    if (file === undefined) return c.notFound();
    // Shown as a picture where the page asks for one; a file is only ever saved.
    c.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
    c.header("x-content-type-options", "nosniff");
    c.header("content-type", file.kind === "photo" ? "image/jpeg" : "application/octet-stream");
    return c.body(new Uint8Array(file.bytes));
  });
  app.post("/say", async (c) => {
    const { text, ...where } = said.parse(await c.req.json());
    const { user, chat } = senderOf(where);
    heard(telegram.says(user, text, { chat }), user, chat, text);
    return c.json({});
  });
  app.post("/press", async (c) => {
    const { id, data, ...where } = pressed.parse(await c.req.json());
    const { user, chat } = senderOf(where);
    const { callback_query: query } = telegram.presses(user, { chat, id }, data);
    presses.set(user, (query as { id: string }).id);
    return c.json({});
  });
  app.post("/send", async (c) => {
    const { file, caption, ...where } = await c.req.parseBody();
    if (!(file instanceof File)) return c.json({ error: "no file" }, 400);
    const { user, chat } = senderOf(asked.parse(where));
    const bytes = new Uint8Array(await file.arrayBuffer());
    const isPhoto = file.type.startsWith("image/");
    const announced = isPhoto
      ? photoOf(telegram, bytes)
      : documentOf(telegram, file.name, bytes, { size: bytes.length });
    const said = typeof caption === "string" && caption !== "" ? { caption } : {};
    const update = telegram.bring(telegram.messageOf(user, chat, { ...announced, ...said }));
    heard(
      update,
      user,
      chat,
      [`${isPhoto ? "🖼" : "📎"} ${file.name}`, said.caption].filter(Boolean).join("\n"),
    );
    return c.json({});
  });
  app.onError((error, c) => c.json({ error: error.message }, 400));
  return app;
}
