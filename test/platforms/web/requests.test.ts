import { afterEach, beforeEach, expect, test } from "vitest";
import type { Lantian } from "../../../src/bot/lantian.ts";
import { roundsOf } from "../../../src/delivery/rounds.ts";
import { newCode } from "../../../src/office/invitation.ts";
import type { ConsoleMessage } from "../../../src/platforms/web/console.ts";
import { webDoor } from "../../../src/platforms/web/door.ts";
import { officeConsole } from "../../../src/platforms/web/office-console.ts";
import { startWebConsole } from "../../../src/platforms/web/server.ts";
import { walk } from "../../../src/scheduler/walk.ts";
import type { Store, Writer } from "../../../src/store/store.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";
import { until } from "../../support/until.ts";
import { sendLarge } from "../../support/web/unread.ts";

let office: AnOffice;
let web: Awaited<ReturnType<typeof startWebConsole>>;
const faults: string[] = [];

const serve = async (bot: Lantian, machineNow = Date.now) => {
  const fault = (error: unknown) => faults.push(String(error));
  const rounds = roundsOf(bot, [webDoor(bot)], fault);
  web = await startWebConsole(officeConsole({ ...bot, report: fault }, { rounds, walk, machineNow }), {
    host: "127.0.0.1",
    port: 0,
    onFailure: fault,
  });
};
beforeEach(async () => {
  faults.length = 0;
  office = await anOffice();
  await serve(office.bot);
});
afterEach(async () => {
  await web.close();
  office.close();
});

/** A browser of its own before the console, as one of the demonstration's people or as a stranger. */
async function browserOf(name: string | null) {
  let Cookie = "";
  const call = async (path: string, body?: object) => {
    const response = await fetch(`${web.url}/api/${path}`, {
      method: body ? "POST" : "GET",
      headers: { Cookie, Origin: web.url, ...(body ? { "Content-Type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    Cookie ||= response.headers.get("set-cookie")?.split(";")[0] ?? "";
    return { status: response.status, body: await response.json() };
  };
  const send = async (path: string, body: FormData) =>
    fetch(`${web.url}/api/${path}`, { method: "POST", headers: { Cookie, Origin: web.url }, body });
  const becomes = async (who: string) =>
    call("persona", { id: (await office.bot.store.read((r) => r.people.byName(who)))?.id });
  await call("session");
  if (name !== null) await becomes(name);
  const messages = async (path: string, body: object) => (await call(path, body)).body as ConsoleMessage[];
  return {
    call,
    send,
    sendsLarge: (path: string, headers: Record<string, string>, bytes: number) =>
      sendLarge(web.url, { path, headers: { Cookie, Origin: web.url, ...headers } }, bytes),
    opens: (token: string) => fetch(`${web.url}/files/${token}`, { headers: { Cookie, Origin: web.url } }),
    becomes,
    says: (id: string, text: string, fill?: object) =>
      messages("say", { id, text, ...(fill ? { fill } : {}) }),
    presses: (id: string, token: string, fill: object, form?: string) =>
      messages("press", { id, token, fill, ...(form ? { form } : {}) }),
    history: async () => (await call("messages")).body as ConsoleMessage[],
  };
}

const tokenOn = (messages: readonly ConsoleMessage[], label: string) => {
  const button = messages.at(-1)?.card?.buttons.find((b) => b.label === label);
  return button?.kind === "press" ? button.token : "";
};
const titled = async (title: string) =>
  (await office.bot.store.read((r) => r.issues.list({ asOf: 1e15 }, 1000))).rows.filter(
    (issue) => issue.title === title,
  );
const titleOf = (messages: readonly ConsoleMessage[]) =>
  messages.findLast(({ from }) => from === "bot")?.card?.title ?? "";

test("a form as it was drawn, handed in twice at once and five times later, makes one issue; the others tell which", async () => {
  const browser = await browserOf("市办");
  const token = tokenOn(await browser.says("asks", "交办"), "填写");
  const fill = { county: "海安", title: "双击提交" };
  const answers = await Promise.all(["a", "b"].map((id) => browser.presses(id, token, fill)));
  for (let i = 0; i < 5; i += 1)
    answers.push(await browser.presses(`later${i}`, token, { ...fill, title: "双击提交，又改了" }));
  const [issue, ...more] = await titled("双击提交");
  expect(more).toEqual([]);
  expect(await titled("双击提交，又改了")).toEqual([]);
  const titles = answers.map(titleOf);
  expect(titles.filter((title) => title === "已交办海安")).toHaveLength(1);
  expect(titles.filter((title) => title === `已办理：${issue?.no} 双击提交`)).toHaveLength(6);
  // The next form is another one.
  const next = tokenOn(await browser.says("asks-again", "交办"), "填写");
  expect(titleOf(await browser.presses("c", next, { ...fill, title: "又一处裸土" }))).toBe("已交办海安");
});

test("a button's form that the page opened once has one effect; opened again it has another", async () => {
  const browser = await browserOf("海安联络员");
  const card = await browser.says("asks", "填报");
  const token = tokenOn(card, "填报：集中喷涂工程中心率先建成投用（海安）");
  const reports = async () =>
    (await office.bot.store.read((r) => r.audit.latest(50))).filter(({ act }) => act === "report.check");
  const before = (await reports()).length;
  const fill = { done: "已完成" };
  const answers = await Promise.all(
    ["a", "b", "c"].map((id) => browser.presses(id, token, fill, "opened-once")),
  );
  expect(answers.map(titleOf).toSorted()).toEqual(["已办理：填报", "已办理：填报", "已填报"].toSorted());
  expect(await reports()).toHaveLength(before + 1);
  expect(titleOf(await browser.presses("d", token, fill, "opened-twice"))).toBe("已填报");
});

test("a request that is repeated while it is being worked on waits for the same answer", async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const isDone = async () => (await titled("同一请求")).length > 0;
  await served(async () => {
    if (await isDone()) await held;
  });
  const browser = await browserOf("市办");
  const says = () => browser.call("say", { id: "same", text: "交办 海安 “同一请求”" });
  const first = says();
  await until(isDone);
  const second = says();
  // Long enough for a refusal to come back; an answer comes only after the release.
  await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 100))]);
  release();
  expect([await first, await second].map(({ status }) => status)).toEqual([200, 200]);
  expect(titleOf((await second).body as ConsoleMessage[])).toBe("已交办海安");
  expect(await titled("同一请求")).toHaveLength(1);
  expect((await browser.history()).filter(({ from }) => from === "me")).toHaveLength(1);
});

/** The console is served anew, with a look before and after each transaction. */
const served = async (after: () => Promise<void>, before = async () => {}) => {
  await web.close();
  const { store } = office.bot;
  const watched: Store = {
    ...store,
    async write<T>(change: (writer: Writer) => Promise<T>): Promise<T> {
      await before();
      const result = await store.write(change);
      await after();
      return result;
    },
  };
  await serve({ ...office.bot, store: watched });
};
/** The bot is killed as soon as `when` holds after a transaction: nothing is written any more. */
const killedOnce = async (when: () => Promise<boolean>) => {
  let isDead = false;
  const lives = async () => {
    if (isDead) throw new Error("killed");
  };
  await served(async () => {
    isDead = await when();
    return lives();
  }, lives);
};
const startsAnew = async () => {
  await web.close();
  await serve(office.bot);
};

test("killed between the effect of a form and its answer: after the start it stands in the conversation, and so it is answered", async () => {
  let browser = await browserOf("市办");
  const token = tokenOn(await browser.says("asks", "交办"), "填写");
  const fill = { county: "海安", title: "杀在答复前" };
  await killedOnce(async () => (await titled("杀在答复前")).length > 0);
  browser = await browserOf("市办");
  expect(await browser.call("press", { id: "lost", token, fill })).toMatchObject({ status: 500 });
  await startsAnew();
  await browser.becomes("市办");
  const [issue, ...more] = await titled("杀在答复前");
  expect(more).toEqual([]);
  const told = `已办理：${issue?.no} 杀在答复前`;
  expect(titleOf(await browser.history())).toBe(told);
  expect(titleOf(await browser.presses("lost", token, fill))).toBe(told);
  expect(titleOf(await browser.presses("another", token, fill))).toBe(told);
  expect(await titled("杀在答复前")).toHaveLength(1);
  expect((await browser.history()).filter(({ card }) => card?.title === told)).toHaveLength(2);
});

test("killed between the effect of words and their answer: both stand in the conversation, once", async () => {
  await killedOnce(async () => (await titled("话没答完")).length > 0);
  const browser = await browserOf("市办");
  const lost = await browser.call("say", {
    id: "lost",
    text: "交办",
    fill: { county: "海安", title: "话没答完" },
  });
  expect(lost).toMatchObject({ status: 500 });
  for (let i = 0; i < 2; i += 1) await startsAnew();
  await browser.becomes("市办");
  const history = await browser.history();
  expect(history.at(-2)).toMatchObject({ from: "me", text: "交办" });
  const told = titleOf(history);
  expect(told).toMatch(/^已办理：NT-2020-\d{6} 话没答完$/);
  expect(titleOf(await browser.says("lost", "交办"))).toBe(told);
  expect(history.filter(({ card }) => card?.title === told)).toHaveLength(1);
});

test("killed between linking and its answer: whoever was linked finds it in the conversation that begins with it", async () => {
  const { code, hash } = newCode();
  await office.bot.store.write((w) =>
    w.people.invite({ codeHash: hash, name: "王芳", role: "office", createdAt: 0, expiresAt: 1e15 }),
  );
  const isLinked = async () => (await office.bot.store.read((r) => r.people.byName("王芳"))) !== null;
  await killedOnce(isLinked);
  const browser = await browserOf(null);
  expect(await browser.call("say", { id: "lost", text: `绑定 ${code}` })).toMatchObject({ status: 500 });
  expect(await isLinked()).toBe(true);
  await startsAnew();
  expect(titleOf(await browser.history())).toBe("已办理：绑定：王芳");
});

test("killed before the effect: the same request, sent again, is done", async () => {
  let writes = 0;
  await killedOnce(async () => (await titled("还没办")).length === 0 && ++writes > 0);
  const browser = await browserOf("市办");
  expect(await browser.call("say", { id: "lost", text: "交办 海安 “还没办”" })).toMatchObject({
    status: 500,
  });
  expect(await titled("还没办")).toEqual([]);
  await startsAnew();
  await browser.becomes("市办");
  for (let i = 0; i < 2; i += 1)
    expect(titleOf(await browser.says("lost", "交办 海安 “还没办”"))).toBe("已交办海安");
  expect(await titled("还没办")).toHaveLength(1);
});

test("whoever is faster than any person is told so in Chinese with 429, costs nobody anything, and is heard again soon", async () => {
  await web.close();
  let now = 1_000_000;
  await serve(office.bot, () => now);
  const [hasty, other] = [await browserOf("市办"), await browserOf("海安联络员")];
  for (let i = 0; i < 10; i += 1)
    expect((await hasty.call("say", { id: `s${i}`, text: "帮助" })).status).toBe(200);
  const tooFast = {
    status: 429,
    body: { error: { code: "too-many", message: "您发得太快了，请稍候再发。" } },
  };
  expect(await hasty.call("say", { id: "s10", text: "帮助" })).toEqual(tooFast);
  expect(await hasty.call("press", { id: "p1", token: "x", fill: {} })).toEqual(tooFast);
  // What was answered before is answered again, and counts against nobody.
  expect((await hasty.call("say", { id: "s9", text: "帮助" })).status).toBe(200);
  expect((await other.call("say", { id: "s1", text: "帮助" })).status).toBe(200);
  now += 1_000;
  expect((await hasty.call("say", { id: "s10", text: "帮助" })).status).toBe(200);
  // Nothing of what was too much was kept or done.
  const said = (await hasty.history()).filter(({ from }) => from === "me");
  expect(said).toHaveLength(11);
});

test("a page that asks faster than any page does is turned away on every route, costs nobody anything, and is heard again soon", async () => {
  await web.close();
  let now = 1_000_000;
  await serve(office.bot, () => now);
  const [hasty, other] = [await browserOf("市办"), await browserOf("海安联络员")];
  // Nothing is read of it: what is counted is the asking.
  const hint = () => hasty.call("hint", { text: "" });
  let asked = 0;
  while ((await hint()).status === 200 && asked < 500) asked += 1;
  expect(asked).toBeGreaterThan(100);
  expect(asked).toBeLessThan(130);
  const routes: [string, object?][] = [
    ["hint", { text: "海安" }],
    ["session"],
    ["messages"],
    ["persona", { id: null }],
    ["say", { id: "s1", text: "帮助" }],
    ["press", { id: "p1", token: "x", fill: {} }],
    ["clock", { advance: "PT1H" }],
    ["events"],
  ];
  for (const [route, body] of routes)
    expect([route, (await hasty.call(route, body)).status]).toEqual([route, 429]);
  expect((await hasty.opens("x")).status).toBe(429);
  expect((await other.call("hint", { text: "海安" })).status).toBe(200);
  now += 1_000;
  expect((await hint()).status).toBe(200);
});

test("files are counted apart from words, so that an album is none too many", async () => {
  await web.close();
  await serve(office.bot, () => 1_000_000);
  const liaison = await browserOf("海安联络员");
  const sends = async (id: string) => {
    const form = new FormData();
    form.set("id", id);
    // Refused by its name: it counts like any other, and takes no time to be read.
    form.set("file", new File(["x"], "证据.xls"));
    return (await liaison.send("file", form)).status;
  };
  for (let i = 0; i < 200; i += 1) expect(await sends(`f${i}`)).toBe(200);
  expect(await sends("f200")).toBe(429);
  const head = { "Content-Type": "multipart/form-data; boundary=b", "Content-Length": "15000000" };
  const { status, taken } = await liaison.sendsLarge("/api/file", head, 15_000_000);
  expect(status, "known before the file is read").toBe(429);
  expect(taken).toBeLessThan(1_000_000);
  expect((await liaison.call("say", { id: "s1", text: "帮助" })).status).toBe(200);
});
