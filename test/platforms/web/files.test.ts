import { rmSync } from "node:fs";
import { request } from "node:http";
import Database from "better-sqlite3";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { roundsOf } from "../../../src/delivery/rounds.ts";
import type { ConsoleMessage } from "../../../src/platforms/web/console.ts";
import { webDoor } from "../../../src/platforms/web/door.ts";
import { fileNameOf } from "../../../src/platforms/web/files.ts";
import { officeConsole } from "../../../src/platforms/web/office-console.ts";
import { startWebConsole } from "../../../src/platforms/web/server.ts";
import { walk } from "../../../src/scheduler/walk.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";

const HAIAN = "NT-2020-000006";
const NEXT = "NT-2020-000007";

let office: AnOffice;
let web: Awaited<ReturnType<typeof startWebConsole>>;
let failures: unknown[] = [];

beforeEach(async () => {
  office = await anOffice();
  const rounds = roundsOf(office.bot, [webDoor(office.bot)], (error) => failures.push(error));
  web = await startWebConsole(officeConsole(office.bot, { rounds, walk }), {
    host: "127.0.0.1",
    port: 0,
    onFailure: (error) => failures.push(error),
  });
});
afterEach(async () => {
  await web.close();
  office.close();
  failures = [];
});

/** A browser of its own before the console, as somebody or as a stranger. */
async function browserOf(name: string | null) {
  const first = await fetch(`${web.url}/api/session`);
  const Cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
  const headers = { Cookie, Origin: web.url };
  if (name !== null) {
    const id = (await office.bot.store.read((r) => r.people.byName(name)))?.id;
    await fetch(`${web.url}/api/persona`, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify({ id }),
    });
  }
  return {
    headers,
    history: async () =>
      (await (await fetch(`${web.url}/api/messages`, { headers })).json()) as ConsoleMessage[],
    say: (text: string) =>
      fetch(`${web.url}/api/say`, {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/json" },
        body: JSON.stringify({ id: "said", text }),
      }),
    send: (sent: Sent, over: Record<string, string> = {}) =>
      fetch(`${web.url}/api/file`, { method: "POST", headers: { ...headers, ...over }, body: partsOf(sent) }),
    open: (token: string, over: Record<string, string> = {}) =>
      fetch(`${web.url}/files/${token}`, { headers: { Cookie, ...over } }),
  };
}

type Sent = { id?: string; name?: string; bytes: Uint8Array; caption?: string; album?: string };

function partsOf({ id = "r1", name = "现场.jpg", bytes, caption, album }: Sent): FormData {
  const parts = new FormData();
  parts.set("id", id);
  if (caption !== undefined) parts.set("caption", caption);
  if (album !== undefined) parts.set("album", album);
  parts.set("file", new File([new Uint8Array(bytes)], name));
  return parts;
}

const photo = (background = "#705030") =>
  sharp({ create: { width: 80, height: 60, channels: 3, background } })
    .jpeg()
    .toBuffer();

const answerIn = async (response: Response) => {
  const messages = (await response.json()) as ConsoleMessage[];
  return messages.filter(({ from }) => from === "bot").at(-1)?.card;
};
const textIn = (card: Awaited<ReturnType<typeof answerIn>>) =>
  card?.blocks.find((block) => block.kind === "text")?.text;

test("a photo sent from the page stands in the conversation and opens as it was kept", async () => {
  const { send, open, history } = await browserOf("海安联络员");
  const response = await send({ bytes: await photo(), caption: `${HAIAN} 整改前` });
  expect(response.status).toBe(200);
  const card = await answerIn(response);
  expect(card?.title).toBe(`已收到${HAIAN}的整改前照片`);
  expect((await history()).map(({ text }) => text ?? "card")).toEqual([
    `[文件] 现场.jpg\n${HAIAN} 整改前`,
    "card",
  ]);

  const file = card?.files?.[0];
  expect(file).toMatchObject({ name: "现场.jpg", picture: true });
  const opened = await open(file?.token ?? "");
  expect(opened.status).toBe(200);
  expect(Object.fromEntries(opened.headers)).toMatchObject({
    "content-type": "image/jpeg",
    "content-disposition": `inline; filename="__.jpg"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA.jpg`,
    "cache-control": "private, no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
  });
  expect(await sharp(await opened.bytes()).metadata()).toMatchObject({
    format: "jpeg",
    width: 80,
    height: 60,
  });
  expect((await fetch(`${web.url}/`)).headers.get("content-security-policy")).toContain("script-src 'self'");
});

test("a document is handed over for download, byte for byte", async () => {
  const { send, open } = await browserOf("海安联络员");
  const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
  const card = await answerIn(await send({ name: "整改报告.pdf", bytes: pdf, caption: HAIAN }));
  const opened = await open(card?.files?.find((f) => !f.picture)?.token ?? "");
  expect(opened.headers.get("content-type")).toBe("application/pdf");
  expect(opened.headers.get("content-disposition")).toMatch(/^attachment; filename="____\.pdf"; filename\*=/);
  expect(Buffer.from(await opened.bytes())).toEqual(pdf);
});

test.each(["台账.xls", "台账.et", "台账.xlsm", "台账.ods"])(
  "%s is refused with how to save it anew",
  async (name) => {
    for (const who of ["市办", "海安联络员"]) {
      const { send } = await browserOf(who);
      const card = await answerIn(await send({ name, bytes: Buffer.from("x") }));
      expect(JSON.stringify(card)).toContain("文件类型选“Excel工作簿（*.xlsx）”");
    }
  },
);

test("the same request again gets the first answer, and the photo is there once", async () => {
  const { send, history } = await browserOf("海安联络员");
  const sent = { id: "again", bytes: await photo(), caption: `${HAIAN} 整改前` };
  const first = await answerIn(await send(sent));
  const second = await answerIn(await send(sent));
  expect(second).toEqual(first);
  expect(await history()).toHaveLength(2);
  const issue = await office.bot.store.read((r) => r.issues.byNo(HAIAN));
  expect(await office.bot.store.read((r) => r.evidence.of(issue?.id ?? 0))).toHaveLength(1);
});

test("files of one sending share the caption of the first", async () => {
  const { send, history } = await browserOf("海安联络员");
  await send({ id: "a", album: "al", bytes: await photo("#111111"), caption: `${HAIAN} 整改后` });
  const card = await answerIn(await send({ id: "b", album: "al", bytes: await photo("#222222") }));
  expect(card?.title).toBe(`已收到${HAIAN}的整改后照片（2张）`);
  expect(card?.files).toHaveLength(2);
  // Two files, and one answer for both, which stays when what else the second one brought about is through.
  expect((await history()).map((one) => one.card?.title)).toEqual([undefined, card?.title, undefined]);
});

test("a photo stands at once on the notice that its sender has of the order, and where another had asked for it", async () => {
  const [liaison, clerk] = [await browserOf("海安联络员"), await browserOf("市办")];
  await office.says("市办", "交办", { county: "海安", title: "码头扬尘", due: "15日" });
  await clerk.say(NEXT);
  await liaison.send({ bytes: await photo(), caption: `${NEXT} 整改前` });
  const shown = async ({ history }: typeof liaison) =>
    (await history()).flatMap(({ card }) => card ?? []).map(({ title, files }) => [title, files?.length]);
  expect(await shown(liaison)).toEqual([
    [`问题 ${NEXT}`, 1],
    [`已收到${NEXT}的整改前照片`, 1],
  ]);
  expect(await shown(clerk)).toEqual([[`问题 ${NEXT}`, 1]]);
});

test("of one sending without a caption one question is asked, and one press settles it", async () => {
  const { send, history } = await browserOf("海安联络员");
  for (const [id, color] of [
    ["a", "#113311"],
    ["b", "#225522"],
    ["c", "#337733"],
  ] as const)
    await send({ id, album: "un", bytes: await photo(color) });
  const cards = (await history()).filter(({ card }) => card !== undefined);
  expect(cards).toHaveLength(1);
  expect(cards[0]?.card?.title).toBe("已收到3张照片");
  await office.presses("海安联络员", `${HAIAN} 整改后`);
  const issue = await office.bot.store.read((r) => r.issues.byNo(HAIAN));
  const kept = await office.bot.store.read((r) => r.evidence.of(issue?.id ?? 0));
  expect(kept.map(({ kind }) => kind)).toEqual(["after", "after", "after"]);
});

describe("what isn't taken", () => {
  test.each([
    ["a stranger", null, "not-linked", /^您还没有绑定身份。/],
    ["somebody who has nothing to send", "市领导", "forbidden", /^市领导不能发送文件，须由市办、/],
  ])("15 MB of %s: they are answered before the first byte of it", async (_who, name, code, message) => {
    const { headers, history } = await browserOf(name);
    const answer = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const sending = request(
        `${web.url}/api/file`,
        {
          method: "POST",
          headers: {
            ...headers,
            "Content-Type": "multipart/form-data; boundary=b",
            "Content-Length": 15 * 1024 * 1024,
          },
        },
        async (response) => {
          const body = Buffer.concat(await response.toArray()).toString();
          resolve({ status: response.statusCode, body });
          sending.destroy();
        },
      );
      sending.on("error", reject);
      // Nothing but the head of the request is ever sent.
      sending.flushHeaders();
    });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toEqual({ error: { code, message: expect.stringMatching(message) } });
    expect(await history()).toEqual([]);
  });

  test("a file of more than 15 MB, named so; one that only just is by the core's own words", async () => {
    const { send } = await browserOf("海安联络员");
    const large = await send({ bytes: new Uint8Array(15 * 1024 * 1024 + 1) });
    expect(textIn(await answerIn(large))).toMatch(/^文件有15 MB，超过15 MB/);
    const larger = await send({ bytes: new Uint8Array(17 * 1024 * 1024) });
    expect(larger.status).toBe(413);
    expect(await larger.json()).toEqual({
      error: { code: "too-large", message: "文件超过15 MB，请压缩后再发。" },
    });
  });

  test("what doesn't say its size is cut off at the first byte too many, while it comes", async () => {
    const { headers } = await browserOf("海安联络员");
    const status = await new Promise((resolve, reject) => {
      const sending = request(
        `${web.url}/api/file`,
        { method: "POST", headers: { ...headers, "Content-Type": "multipart/form-data; boundary=b" } },
        (response) => {
          resolve(response.statusCode);
          sending.destroy();
        },
      );
      sending.on("error", reject);
      // It has no end, and nothing more is on its way when the answer comes: that would break the connection before it is read.
      sending.write(Buffer.alloc((15 * 1024 + 64) * 1024 + 1));
    });
    expect(status).toBe(413);
  });

  test.each([
    ["another site", { Origin: "http://evil.example" }, 403],
    ["a site that the browser calls foreign", { "Sec-Fetch-Site": "cross-site" }, 403],
  ])("a file from %s", async (_who, over, status) => {
    const { send, history } = await browserOf("海安联络员");
    expect((await send({ bytes: await photo() }, over)).status).toBe(status);
    expect(await history()).toEqual([]);
  });

  test.each([
    ["JSON", "application/json", "{}", 415, "not-parts"],
    ["parts cut short", "multipart/form-data; boundary=b", "--b\r\nContent-Dis", 400, "usage"],
    ["parts without a file", undefined, null, 400, "usage"],
  ])("%s", async (_what, type, body, status, code) => {
    const { headers } = await browserOf("海安联络员");
    const empty = new FormData();
    empty.set("id", "r1");
    const response = await fetch(`${web.url}/api/file`, {
      method: "POST",
      headers: { ...headers, ...(type ? { "Content-Type": type } : {}) },
      body: body ?? empty,
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
  });
});

describe("what isn't opened is one line of text", () => {
  async function aPhoto() {
    const { send, open } = await browserOf("海安联络员");
    const card = await answerIn(await send({ bytes: await photo(), caption: `${HAIAN} 整改前` }));
    return { open, token: card?.files?.[0]?.token ?? "" };
  }
  const gone = "这个文件链接已失效，请重新查询。";

  test("another person's, and one that never was", async () => {
    const { open, token } = await aPhoto();
    for (const refused of [
      await (await browserOf("如东联络员")).open(token),
      await (await browserOf("市办")).open(token),
      await open("nobodys-token"),
    ]) {
      expect(refused.status).toBe(404);
      expect(refused.headers.get("content-type")).toBe("text/plain; charset=utf-8");
      expect(refused.headers.get("content-security-policy")).toContain("sandbox");
      expect(await refused.text()).toBe(gone);
    }
  });

  test("a stranger's, who is given no key either", async () => {
    const { token } = await aPhoto();
    for (const headers of [{}, { Cookie: "lantian_visitor=x" }]) {
      const refused = await fetch(`${web.url}/files/${token}`, { headers });
      expect(refused.status).toBe(403);
      expect(refused.headers.get("set-cookie")).toBeNull();
      expect(await refused.text()).toMatch(/^您还没有绑定身份。/);
    }
  });

  test("from a page elsewhere, though the person's own", async () => {
    const { open, token } = await aPhoto();
    expect((await open(token, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await open(token, { "Sec-Fetch-Site": "none" })).status).toBe(200);
  });

  test("what its reader may no longer see", async () => {
    const { open, token } = await aPhoto();
    const raw = new Database(office.file);
    raw.exec(
      `update person set region_id = (select region_id from person where name = '如东联络员') where name = '海安联络员'`,
    );
    raw.close();
    const refused = await open(token);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toBe("这个文件不在您的权限范围内。");
  });

  test("one that is gone from the disk: a fault of ours, by its number alone", async () => {
    const { open, token } = await aPhoto();
    rmSync(office.file.replace(/\.db$/, "-files"), { recursive: true });
    const refused = await open(token);
    expect(refused.status).toBe(500);
    expect(await refused.text()).toMatch(/^系统出错，这次没有办成。.*编号 [0-9a-f]{8}。$/);
    expect(failures).toHaveLength(1);
  });
});

test.each([
  ["plan.docx", `filename="plan.docx"; filename*=UTF-8''plan.docx`],
  ['a"b\\c%41.jpg', `filename="a_b_c_41.jpg"; filename*=UTF-8''a%22b%5Cc%2541.jpg`],
  ["海安(1)'*.png", `filename="__(1)'*.png"; filename*=UTF-8''%E6%B5%B7%E5%AE%89%281%29%27%2A.png`],
  [
    "a\r\nSet-Cookie: x.jpg",
    `filename="a__Set-Cookie: x.jpg"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x.jpg`,
  ],
  ["\ud800.jpg", `filename="_.jpg"; filename*=UTF-8''%EF%BF%BD.jpg`],
])("a name in a header: %j", (name, header) => {
  expect(fileNameOf(name)).toBe(header);
});
