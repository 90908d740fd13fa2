import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bringTo } from "../../../src/platforms/slack/bring.ts";
import { machineTime } from "../../../src/platforms/slack/calls.ts";
import { isSlacks, respondAt } from "../../../src/platforms/slack/respond.ts";

const LOCAL = "http://127.0.0.1:8080/api/";

describe("a URL that came in leads to Slack, or nothing is sent there", () => {
  test.each<[string, string | null, boolean]>([
    ["https://slack.com/x", null, true],
    ["https://hooks.slack.com/actions/T1/2/3", null, true],
    ["https://files.slack.com/files-pri/T1-F1/a.jpg", null, true],
    ["https://HOOKS.SLACK.COM/x", null, true],
    ["https://evilslack.com/x", null, false],
    ["https://slack.com.evil.example/x", null, false],
    ["https://hooks.slack.com@evil.example/x", null, false],
    ["https://evil.example/.slack.com", null, false],
    ["https://evil.example/?.slack.com", null, false],
    ["https://slack.co/x", null, false],
    ["http://hooks.slack.com/x", null, false],
    ["ftp://files.slack.com/x", null, false],
    ["hooks.slack.com/x", null, false],
    ["", null, false],
    // The local Slack is its origin and no other.
    ["http://127.0.0.1:8080/response", LOCAL, true],
    ["http://127.0.0.1:8081/response", LOCAL, false],
    ["https://127.0.0.1:8080/response", LOCAL, false],
    ["http://localhost:8080/response", LOCAL, false],
    ["http://127.0.0.1:8080/response", null, false],
    ["https://hooks.slack.com/x", LOCAL, true],
  ])("%s, local Slack %s: %s", (url, apiUrl, expected) => {
    expect(isSlacks(url, apiUrl)).toBe(expected);
  });
});

/** Each way in which something is sent to an address that came in. */
const ways: readonly [string, (url: string, apiUrl: string | null) => ReturnType<typeof respondAt>][] = [
  [
    "an answer",
    (url, apiUrl) => respondAt(url, { text: "x" }, { apiUrl, timeoutMs: 2_000, timing: machineTime }),
  ],
  ["a file", (url, apiUrl) => bringTo(url, new Uint8Array(3), { apiUrl, timeoutMs: 2_000 })],
];

describe.each(ways)("%s", (_, send) => {
  let server: Server;
  let url: string;
  let answer: { status: number; headers?: Record<string, string> };
  let asked: number;
  beforeEach(async () => {
    asked = 0;
    server = createServer((request, response) => {
      asked += 1;
      request.resume().on("end", () => response.writeHead(answer.status, answer.headers).end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test("goes to nobody but Slack", async () => {
    answer = { status: 200 };
    expect(await send(url, null)).toMatchObject({ kind: "refused" });
    expect(asked).toBe(0);
  });

  test("follows nobody elsewhere", async () => {
    answer = { status: 307, headers: { location: `${url}elsewhere` } };
    expect(await send(url, url)).toMatchObject({ kind: "unknown" });
    expect(asked).toBe(1);
  });

  test.each<[number, Record<string, string>, object]>([
    [200, {}, { kind: "done" }],
    // Patience is asked for: certainly not accepted, and welcome again after the wait.
    [429, { "retry-after": "7" }, { kind: "limited", afterMs: 7_000 }],
    [429, {}, { kind: "limited", afterMs: 30_000 }],
    [429, { "retry-after": "soon" }, { kind: "limited", afterMs: 30_000 }],
    [499, {}, { kind: "refused" }],
    [404, {}, { kind: "refused" }],
    [500, {}, { kind: "unknown" }],
    [503, {}, { kind: "unknown" }],
  ])("answered with %i %j is %j", async (status, headers, expected) => {
    answer = { status, headers };
    expect(await send(url, url)).toMatchObject(expected);
  });
});
