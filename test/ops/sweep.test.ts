import { createHash } from "node:crypto";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sweep } from "../../src/ops/sweep.ts";
import { openStore } from "../../src/store/store.ts";
import { vaultFolder } from "../../src/store/vault.ts";
import { aPdf, lyingBeside, sendingTo } from "../support/evidence.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { until } from "../support/until.ts";
import { addressOf, startBotHere } from "./console.ts";

const NO = "NT-2020-000006";
const DRAFT = ".6f1d0a52-7c1e-4f0a-9f57-0d8f3c0e9a11";
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

let office: AnOffice;
let sends: ReturnType<typeof sendingTo>;
beforeEach(async () => {
  office = await anOffice();
  sends = sendingTo(office);
});
afterEach(() => office.close());

/** A file that lies in the vault since so many hours, whoever has left it there. */
function left(name: string, hours: number, bytes: Uint8Array = Buffer.from(name)) {
  const path = join(vaultFolder(office.file), name.slice(0, 2), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  const at = Date.now() / 1000 - hours * 3600;
  utimesSync(path, at, at);
  return name;
}

test("what no row names is removed a day after it was written, and nothing else", async () => {
  await sends("海安联络员", NO, { bytes: aPdf(1), name: "方案.pdf" });
  const named = left(hash(aPdf(1)), 1000, aPdf(1));
  const young = [left(hash(aPdf(2)), 23, aPdf(2)), left(DRAFT, 23)];
  left(hash(aPdf(3)), 25, aPdf(3));
  left(DRAFT.replaceAll("1", "2"), 25);
  const theirs = left(".nfs000000000042", 1000);
  expect(await sweep(office.bot)).toBe(2);
  expect(lyingBeside(office.file).toSorted()).toEqual([named, ...young, theirs].toSorted());
  const [last] = await office.bot.store.read((r) => r.audit.latest(1));
  expect(last).toMatchObject({ act: "files.sweep", detail: '{"files":2}' });
  expect(await sweep(office.bot)).toBe(0);
});

test("content that lay there unnamed and is sent again at that moment is kept, whichever process sends it", async () => {
  // Another process on the same database: its own connections, nothing shared but the files.
  const other = openStore(office.file);
  const elsewhere = sendingTo({ ...office, bot: { ...office.bot, store: other } });
  try {
    for (let n = 0; n < 30; n++) {
      const name = left(hash(aPdf(n)), 48, aPdf(n));
      const sending = elsewhere("海安联络员", NO, { bytes: aPdf(n), name: "方案.pdf" });
      if (n % 3 > 0) await new Promise((resolve) => setTimeout(resolve, n % 7));
      await Promise.all([sweep(office.bot), sending]);
      expect((await sending).code).toBeNull();
      expect(await office.bot.vault.read(name)).toEqual(aPdf(n));
    }
  } finally {
    other.close();
  }
});

test("the start removes what a crash has left", async () => {
  left(DRAFT, 25);
  const file = left(hash(aPdf(4)), 25, aPdf(4));
  const bot = startBotHere(office.file);
  await addressOf(bot);
  await until(() => !lyingBeside(office.file).includes(file));
  expect(await bot.stop()).toMatchObject({ status: 0, stderr: "" });
  expect(lyingBeside(office.file)).toEqual([]);
});
