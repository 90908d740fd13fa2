import { expect, test } from "vitest";
import { isLoopback, wayOf } from "../../../src/platforms/web/way.ts";

const usual = { host: "127.0.0.1", publicUrl: null, demo: null, openDemo: false, hasChat: false };
const PUBLIC = "https://lantian.example";

test.each<[string, Partial<Parameters<typeof wayOf>[0]>, object | RegExp]>([
  ["from this machine", {}, { kind: "loopback" }],
  ["a demonstration on this machine", { demo: true }, { kind: "loopback" }],
  ["from a network without a sign-in", { host: "0.0.0.0" }, /HOST=0\.0\.0\.0 would open .*PUBLIC_URL/],
  ["not even with a chat platform", { host: "0.0.0.0", hasChat: true }, /without any sign-in/],
  ["nor as a demonstration by itself", { host: "0.0.0.0", demo: true }, /without any sign-in/],
  ["under a public address", { publicUrl: PUBLIC, hasChat: true }, { kind: "public", origin: PUBLIC }],
  [
    "wherever it listens",
    { publicUrl: PUBLIC, hasChat: true, host: "0.0.0.0" },
    { kind: "public", origin: PUBLIC },
  ],
  ["a public address that can send no codes", { publicUrl: PUBLIC }, /needs a chat platform/],
  ["an open demonstration", { openDemo: true, demo: true, host: "0.0.0.0" }, { kind: "open demonstration" }],
  ["an open one that is none", { openDemo: true }, /is for a demonstration/],
  ["or isn't any more", { openDemo: true, demo: false }, /is for a demonstration/],
  ["both at once", { openDemo: true, demo: true, publicUrl: PUBLIC, hasChat: true }, /contradict each other/],
])("the console is opened: %s", (_, asked, way) => {
  const found = wayOf({ ...usual, ...asked });
  if (way instanceof RegExp) expect(found).toEqual({ fault: expect.stringMatching(way) });
  else expect(found).toEqual(way);
});

test.each([
  ["localhost", true],
  ["127.0.0.1", true],
  ["127.9.9.9", true],
  ["127.255.199.10", true],
  ["127.0.0.256", false],
  ["127.0.0.01", false],
  ["127.0.1", false],
  ["127.0.0.1.1", false],
  ["127.0.0.1\n", false],
  ["::1", true],
  ["128.0.0.1", false],
  ["10.127.0.1", false],
  ["127.evil.example", false],
  ["localhost.evil.example", false],
  ["::2", false],
  ["", false],
])("%s is this machine: %s", (name, is) => {
  expect(isLoopback(name)).toBe(is);
});
