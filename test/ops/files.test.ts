import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { aPdf, aPhoto } from "../support/evidence.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn, anOffice } from "../support/office.ts";
import { run, runJson } from "../support/scripts.ts";

const NO = "NT-2020-000006";
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Seeds the template before the clock of a single test runs. */
beforeAll(async () => (await anOffice()).close());

async function aDesk(files: Readonly<Record<string, Uint8Array>>) {
  const folder = aFolder();
  const database = await aDatabaseIn(folder);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return { database, at: (name: string) => join(folder, name) };
}

test("files are sent under one caption, named in the answer, and written out again by their tokens", async () => {
  const photo = await aPhoto(1);
  const { database, at } = await aDesk({
    "东门.jpg": photo,
    "西门.jpg": await aPhoto(2),
    "方案.pdf": aPdf(),
  });
  const files = ["东门.jpg", "西门.jpg", "方案.pdf"].flatMap((name) => ["--file", at(name)]);
  const { status, stderr, json } = await runJson(
    "say",
    ["--as", "海安联络员", ...files, `${NO} 整改前`],
    database,
  );
  expect([status, stderr]).toEqual([0, ""]);
  expect(json.card.files).toEqual([
    { name: "东门.jpg", picture: true, token: expect.stringMatching(/^[\w-]{22}$/) },
    { name: "西门.jpg", picture: true, token: expect.any(String) },
    { name: "方案.pdf", picture: false, token: expect.any(String) },
  ]);
  const kept = json.facts.issue.evidence as { kind: string; sha256: string; sentSha256: string }[];
  expect(kept.map(({ kind }) => kind)).toEqual(["before", "before", "document"]);
  expect(kept[0]?.sentSha256).toBe(hash(photo));

  const open = ["--as", "海安联络员", "--open", json.card.files[0].token, "--out", at("又.jpg")];
  const plain = await run("say", open, database);
  expect(plain).toMatchObject({ status: 0, stderr: "", stdout: `东门.jpg → ${at("又.jpg")}\n` });
  expect(hash(readFileSync(at("又.jpg")))).toBe(kept[0]?.sha256);

  const shown = await run("say", ["--as", "海安领导", `照片 ${NO}`], database);
  expect(shown.stdout).toMatch(/\n\{西门\.jpg\} [\w-]{22}\n/);
});

test("a photo that becomes a draft lists whom it was told to", async () => {
  const { database, at } = await aDesk({ "现场.jpg": await aPhoto(1) });
  const send = ["--as", "海安点位长", "--file", at("现场.jpg"), "演示路裸土未覆盖"];
  const { json } = await runJson("say", send, database);
  expect(json).toMatchObject({
    ok: true,
    card: { title: "已登记，待市办交办：NT-2020-000007" },
    deliveries: [{ audience: "市办", title: "待交办：演示路裸土未覆盖" }],
  });
});

describe("exit status 1, with the reason", () => {
  test("for a file that isn't taken", async () => {
    const { database, at } = await aDesk({
      "现场.jpg": Buffer.from("#!/bin/sh\nid\n"),
      "大.jpg": Buffer.alloc(16 << 20),
    });
    const sending = (name: string) =>
      runJson("say", ["--as", "海安联络员", "--file", at(name), `${NO} 整改前`], database);
    const script = await sending("现场.jpg");
    expect([script.status, script.json.error.message]).toEqual([1, expect.stringContaining("不能接收")]);
    const large = await sending("大.jpg");
    expect([large.status, large.json.error.message]).toEqual([
      1,
      expect.stringContaining("16 MB，超过15 MB"),
    ]);
  });

  test("for a token that is another's: nothing is written", async () => {
    const { database, at } = await aDesk({ "方案.pdf": aPdf() });
    const sent = await runJson("say", ["--as", "海安联络员", "--file", at("方案.pdf"), NO], database);
    const open = ["--as", "如东联络员", "--open", sent.json.card.files[0].token, "--out", at("偷.pdf")];
    const { status, json } = await runJson("say", open, database);
    expect([status, json]).toMatchObject([1, { ok: false, error: { code: "stale-action" } }]);
    expect(existsSync(at("偷.pdf"))).toBe(false);
  });
});

describe("exit status 2 and one message, before anything is opened", () => {
  test.concurrent.each([
    [["--as", "市办", "--file", "/nowhere/a.jpg"], /cannot read \/nowhere\/a\.jpg: there is no such file/],
    [["--as", "市办", "--file", "/"], /is not a file/],
    [["--as", "市办", "--open", "x"], /usage/],
    [["--as", "市办", "--out", "x", "海安"], /usage/],
    [["--as", "市办", "--open", "x", "--out", "y", "海安"], /usage/],
    [["--as", "市办", "--file", "/dev/null", "--fill", "a=b", "海安"], /usage/],
  ] as [string[], RegExp][])("%j", async (args, says) => {
    const file = join(aFolder(), "a.db");
    const ran = await run("say", args, file);
    expect(ran).toMatchObject({ status: 2, stdout: "", stderr: expect.stringMatching(says) });
    expect(ran.stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(file)).toBe(false);
  });
});
