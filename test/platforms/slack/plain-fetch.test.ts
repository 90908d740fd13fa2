import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { plainFetch } from "../../../src/platforms/slack/plain-fetch.ts";

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const serving = async (answer: RequestListener) => {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/chat.postMessage` };
};
const posted = { method: "POST", headers: { "x-of": "us" }, body: "text=%E6%B5%B7%E5%AE%89" };

test("an answer is as Node's own fetch gives it, whatever pieces it comes in", async () => {
  const heard: unknown[] = [];
  const { server, url } = await serving(async (request, response) => {
    heard.push([request.method, request.headers["x-of"], (await request.toArray()).join("")]);
    const bytes = Buffer.from(JSON.stringify({ ok: true, text: "海安" }));
    response.writeHead(200, { "content-type": "application/json", "x-two": ["一", "二"].map(encodeURI) });
    // In the middle of a sign of three bytes.
    const cut = bytes.indexOf("海") + 1;
    response.write(bytes.subarray(0, cut));
    setImmediate(() => response.end(bytes.subarray(cut)));
  });
  let connections = 0;
  server.on("connection", () => connections++);
  const seen = async (ask: typeof plainFetch) => {
    const answer = await ask(url, posted);
    const { ok, status, statusText, headers } = answer;
    const named = ["content-type", "X-Two", "x-none"].map((name) => headers.get(name));
    return { ok, status, statusText, url: answer.url, named, json: await answer.json() };
  };
  const ours = await seen(plainFetch);
  expect(ours).toEqual(await seen(fetch));
  expect(ours.json).toEqual({ ok: true, text: "海安" });
  expect(heard).toEqual([heard[0], heard[0]]);
  await seen(plainFetch);
  expect(connections).toBe(2);
});

test.each([200, 204, 299, 300, 404, 500])(
  "an answer of %i is what it is to Node's own fetch",
  async (status) => {
    const { url } = await serving((_, response) => {
      response
        .writeHead(status, { "content-type": "text/plain", "x-two": "2" })
        .end(status === 204 ? "" : "海安");
    });
    const seen = async (ask: typeof plainFetch) => {
      const [read, bytes] = [await ask(url, posted), await ask(url, posted)];
      const own = [...read.headers.entries()].filter(([name]) => name === "x-two" || name === "content-type");
      return {
        ...{ ok: read.ok, status: read.status, own, text: await read.text() },
        bytes: [...new Uint8Array(await bytes.arrayBuffer())],
      };
    };
    expect(await seen(plainFetch)).toEqual(await seen(fetch));
  },
);

test("neither is a redirect followed, nor is a half answer one", async () => {
  const there: string[] = [];
  const { url } = await serving((request, response) => {
    there.push(request.url ?? "");
    response.writeHead(302, { location: "/steal" }).end();
  });
  expect(await plainFetch(url, posted)).toMatchObject({ status: 302, ok: false });
  expect(there).toEqual(["/api/chat.postMessage"]);

  const half = await serving((_, response) => {
    response.writeHead(200, { "content-length": "100" }).write("{");
    setImmediate(() => response.destroy());
  });
  await expect(plainFetch(half.url, posted)).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
});

test("whoever gives up hears why, before the answer and within it", async () => {
  for (const begins of [false, true]) {
    const control = new AbortController();
    const { url } = await serving((_, response) => {
      if (begins) response.writeHead(200).write("{");
      setImmediate(() => control.abort(new Error("waited long enough")));
    });
    await expect(plainFetch(url, { ...posted, signal: control.signal })).rejects.toThrow(
      "waited long enough",
    );
  }
});

test("what can't be sent so is refused", async () => {
  await expect(plainFetch("http://127.0.0.1:1/", { body: new FormData() })).rejects.toThrow("with files");
});

test("who asks again when a connection is cut isn't given one that was cut together with it", async () => {
  const { server, url } = await serving((request, response) => {
    if (request.headers["x-of"] !== "nobody") response.end("{}");
  });
  const hanging = plainFetch(url, { ...posted, headers: { "x-of": "nobody" } });
  // Its own connection and eight more, which are kept.
  await Promise.all(Array.from({ length: 8 }, () => plainFetch(url, posted)));
  const again = hanging.catch(() => plainFetch(url, posted));
  server.closeAllConnections();
  expect((await again).status).toBe(200);
});
