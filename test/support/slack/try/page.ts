import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { z } from "zod";
import { BOT } from "../memory.ts";
import type { senderOf } from "../sender.ts";
import type { LocalSlack } from "../server.ts";
import { filesHtml, formHtml, htmlOf, isPicture } from "./html.ts";

type Workspace = {
  slack: LocalSlack;
  sends: ReturnType<typeof senderOf>;
  /** Slack users by the people's names. */
  users: ReadonlyMap<string, string>;
  channel: string;
};

/** A line of a conversation as the page shows it. */
type Line = { key: string; from: "me" | "bot" | "other"; quiet: boolean; html: string };

const asked = z.object({ as: z.string(), where: z.enum(["direct", "channel"]) });
const said = asked.extend({ text: z.string().trim().min(1) });
const pressed = asked.extend({ key: z.string(), label: z.string() });
const submitted = z.object({ as: z.string(), values: z.record(z.string(), z.string()) });

const textOf = ({ text }: { text: string }) => (text === "" ? [] : [{ type: "section", text: { text } }]);

/** The page and what it asks for: what somebody sees, says, presses and submits. */
export function pageOf({ slack, sends, users, channel }: Workspace): Hono {
  const app = new Hono();
  const closed = new Set<string>();
  const userOf = (name: string) => users.get(name) ?? Promise.reject(new Error(`there is no ${name}`));
  const modalOf = (user: string) =>
    slack.views.findLast(({ user: of, view }) => of === user && !closed.has(view.id))?.view ?? null;
  const chatOf = (user: string, where: "direct" | "channel") =>
    where === "direct" ? slack.directId(user) : channel;

  /** What stands in a conversation before this reader: everybody's messages, and what was said to nobody else. */
  const messagesIn = (user: string, where: "direct" | "channel") => {
    const chat = chatOf(user, where);
    const messages = slack.channels.get(chat)?.messages ?? [];
    const quiet = slack.ephemeral.filter((e) => e.to === user && e.channel === chat);
    return [
      ...messages.map((m) => ({ ...m, quiet: false })),
      ...quiet.map((m) => ({ ...m, bot_id: BOT.id, user: BOT.user, files: [], quiet: true })),
    ].sort((a, b) => Number(a.ts) - Number(b.ts));
  };
  const linesOf = (user: string, where: "direct" | "channel"): Line[] =>
    messagesIn(user, where).map((m) => ({
      key: m.ts,
      from: m.bot_id ? "bot" : m.user === user ? "me" : "other",
      quiet: m.quiet,
      html: `${htmlOf(m.blocks.length > 0 ? m.blocks : textOf(m))}${filesHtml(m.files ?? [])}`,
    }));

  app.get("/", (c) => c.html(readFileSync(join(import.meta.dirname, "page.html"), "utf8")));
  app.get("/people", (c) => c.json([...users.keys()]));
  app.get("/sees", async (c) => {
    const user = await userOf(c.req.query("as") ?? "");
    const [direct, inChannel] = [linesOf(user, "direct"), linesOf(user, "channel")];
    const modal = modalOf(user);
    return c.json({ direct, channel: inChannel, modal: modal && formHtml(modal), refused: slack.refusals });
  });
  app.get("/file/:id", (c) => {
    const { title = "", bytes = null } = slack.uploads.get(c.req.param("id")) ?? {};
    if (bytes === null) return c.notFound();
    const picture = /png$/i.test(title) ? "image/png" : "image/jpeg";
    const type = isPicture(title) ? picture : "application/octet-stream";
    return c.body(new Uint8Array(bytes), 200, { "Content-Type": type });
  });
  app.post("/say", async (c) => {
    const { as, where, text } = said.parse(await c.req.json());
    const user = await userOf(as);
    const chat = chatOf(user, where);
    slack.say(chat, user, text);
    const [command = "", ...rest] = text.split(/\s+/);
    if (command.startsWith("/")) await sends.command(user, command, rest.join(" "), chat);
    else if (where === "direct") await sends.message(user, text);
    else await sends.mention(user, text, chat);
    return c.json({});
  });
  app.post("/press", async (c) => {
    const { as, where, key, label } = pressed.parse(await c.req.json());
    const user = await userOf(as);
    const blocks = messagesIn(user, where).find((m) => m.ts === key)?.blocks ?? [];
    await sends.press(user, blocks, label, { channel: chatOf(user, where) });
    return c.json({});
  });
  app.post("/submit", async (c) => {
    const { as, values } = submitted.parse(await c.req.json());
    const user = await userOf(as);
    const view = modalOf(user);
    if (view === null) return c.json({ errors: {} });
    const answer = await sends.submit(user, view, values);
    const { response_action, errors = {} } = JSON.parse(answer.body || "{}");
    if (response_action !== "errors") closed.add(view.id);
    return c.json({ errors });
  });
  app.post("/cancel", async (c) => {
    const user = await userOf(z.object({ as: z.string() }).parse(await c.req.json()).as);
    closed.add(modalOf(user)?.id);
    return c.json({});
  });
  return app;
}
