import { createHash, randomBytes } from "node:crypto";
import { type Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { html, raw } from "hono/html";
import { addressOf } from "./address.ts";
import type { SignIns } from "./console.ts";
import { ConsoleRefusal } from "./refusal.ts";
import { CODE_MINUTES, SIGN_IN_HOURS } from "./sign-ins.ts";
import type { VisitorEnv } from "./visitor.ts";

// Browsers take a name with this prefix only from https, for this host alone and for all of it.
const SESSION = "__Host-lantian";
/** The browser that asked for a code, until it has typed it in. */
const BROWSER = "__Host-lantian-browser";
/** Lax: a link in a chat that leads here finds its reader signed in; what changes something is kept to our own pages apart from that. */
const cookie = { httpOnly: true, secure: true, sameSite: "Lax", path: "/" } as const;

/** `/sign-in`, `/sign-in/code`, `/sign-out`: plain forms, without a script or anything to load. */
export function signInPages(signIns: SignIns): Hono<VisitorEnv> {
  const app = new Hono<VisitorEnv>();
  app.get("/sign-in", async (c) => {
    if ((await signIns.holder(getCookie(c, SESSION) ?? "")) !== null) return c.redirect("/", 303);
    return page(c, 200, nameForm(signIns));
  });
  app.post("/sign-in", async (c) => {
    const name = (await fieldOf(c, "name")).trim().slice(0, 40);
    if (name === "") return page(c, 400, nameForm(signIns, "请填写您在本系统里的姓名或称呼。"));
    const browser = randomBytes(32).toString("base64url");
    if ((await signIns.ask(name, browser, addressOf(c))) === "too-many")
      return page(c, 429, nameForm(signIns, "获取登录码太频繁，请过几分钟再试。"));
    setCookie(c, BROWSER, browser, { ...cookie, maxAge: CODE_MINUTES * 60 });
    return page(c, 200, codeForm(signIns));
  });
  app.post("/sign-in/code", async (c) => {
    const by = { address: addressOf(c), browser: browserName(c.req.header("user-agent") ?? "") };
    const done = await signIns.redeem(await fieldOf(c, "code"), getCookie(c, BROWSER) ?? "", by);
    if (done.kind === "too-many") return page(c, 429, codeForm(signIns, "试得太多了，请过几分钟再试。"));
    if (done.kind === "wrong")
      return page(c, 401, codeForm(signIns, "登录码不对、已用过或已过期。请核对，或重新获取。"));
    deleteCookie(c, BROWSER, cookie);
    setCookie(c, SESSION, done.key, { ...cookie, maxAge: SIGN_IN_HOURS * 3600 });
    return c.redirect("/", 303);
  });
  app.post("/sign-out", async (c) => {
    await signIns.end(getCookie(c, SESSION) ?? "");
    deleteCookie(c, SESSION, cookie);
    return c.redirect("/sign-in", 303);
  });
  return app;
}

/** Lets nobody on who hasn't signed in: a browser that opens the page is shown where, anything else learns nothing. */
export function signedInOnly(signIns: SignIns) {
  return createMiddleware<VisitorEnv>(async (c, next) => {
    const key = getCookie(c, SESSION) ?? "";
    if ((await signIns.holder(key)) === null) {
      if (c.req.path === "/" && c.req.method === "GET") return c.redirect("/sign-in", 303);
      throw new ConsoleRefusal("not-signed-in", "请先登录：打开本站首页，获取登录码。");
    }
    c.set("visitor", { key });
    await next();
  });
}

async function fieldOf(c: Context, name: string): Promise<string> {
  const body = await c.req.parseBody().catch((): Record<string, unknown> => ({}));
  const value = body[name];
  return typeof value === "string" ? value.slice(0, 200) : "";
}

/** 浏览器，系统: enough for somebody to know their own again. */
function browserName(agent: string): string {
  const named = (names: readonly (readonly [string, RegExp])[]) =>
    names.find(([, sign]) => sign.test(agent))?.[0];
  const browser = named([
    ["Edge", /Edg/],
    ["Firefox", /Firefox/],
    ["Chrome", /Chrome|CriOS/],
    ["Safari", /Safari/],
  ]);
  const system = named([
    ["Android", /Android/],
    ["iPhone", /iPhone|iPad/],
    ["Windows", /Windows/],
    ["macOS", /Mac OS/],
    ["Linux", /Linux/],
  ]);
  return [browser ?? "浏览器", system].filter(Boolean).join("，");
}

type Body = ReturnType<typeof html>;

const nameForm = ({ where }: SignIns, fault = "") => html`
  <form method="post" action="/sign-in">
    <label for="name">您在本系统里的姓名或称呼</label>
    <input id="name" name="name" autocomplete="username" maxlength="40" required autofocus>
    ${fault ? html`<p role="alert">${fault}</p>` : ""}
    <button>获取登录码</button>
  </form>
  <p>登录码发到您已绑定的${where}账号。还没有绑定的，请先向市办索取邀请码。</p>
`;

const codeForm = ({ where }: SignIns, fault = "") => html`
  <form method="post" action="/sign-in/code">
    <label for="code">登录码</label>
    <input id="code" name="code" autocomplete="one-time-code" maxlength="20" required autofocus>
    ${fault ? html`<p role="alert">${fault}</p>` : ""}
    <button>登录</button>
  </form>
  <p>如果所填的是成员，登录码已发到本人绑定的${where}账号，${CODE_MINUTES}分钟内有效。没有收到的，请核对姓名，或一小时后再试。</p>
  <p><a href="/sign-in">重新获取</a></p>
`;

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.6 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 22rem; margin: 12vh auto 0; padding: 0 1rem; }
label { display: block; margin-bottom: 0.25rem; }
input, button { box-sizing: border-box; width: 100%; min-height: 2.75rem; font: inherit; padding: 0 0.75rem; }
button { margin-top: 0.75rem; }
`;
const stylePolicy = `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;
const policy = [
  "default-src 'none'",
  `style-src ${stylePolicy}`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

function page(c: Context, status: 200 | 400 | 401 | 429, body: Body) {
  c.header("Content-Security-Policy", policy);
  c.header("Cache-Control", "no-store");
  // Without a referrer a browser calls its own form's origin "null".
  c.header("Referrer-Policy", "same-origin");
  return c.html(
    html`<!doctype html>
      <html lang="zh-CN">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>登录</title>
          <style>${raw(STYLE)}</style>
        </head>
        <body>
          <main>
            <h1>登录</h1>
            ${body}
          </main>
        </body>
      </html>`,
    status,
  );
}
