import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { VaultFault, vaultBeside, vaultIn } from "../../src/store/vault.ts";
import { aFolder } from "../support/folder.ts";

const full = process.env.TEST_FULL === "1";
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** A vault in a folder of its own, with the files that lie in it by their paths. */
function aVault() {
  const folder = join(aFolder(), "files");
  const placeOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  const lying = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
  return { vault: vaultIn(folder), folder, placeOf, lying };
}

test("what was kept is read again byte for byte, from under its hash and for this user alone", async () => {
  const { vault, placeOf, lying } = aVault();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
      const kept = await vault.keep(bytes);
      expect(kept).toEqual({ sha256: hashOf(bytes), bytes: bytes.length });
      expect(Buffer.compare(await vault.read(kept.sha256), bytes)).toBe(0);
      expect(statSync(placeOf(kept.sha256)).mode & 0o777).toBe(0o600);
    }),
    { seed: 9, numRuns: full ? 500 : 30 },
  );
  for (const path of lying()) expect(path).toBe(placeOf(hashOf(readFileSync(path))));
});

test("the same content is kept once, also by several who keep it at once", async () => {
  const { vault, lying, placeOf } = aVault();
  const bytes = Buffer.from("现场");
  const { sha256 } = await vault.keep(bytes);
  await Promise.all(Array.from({ length: 8 }, () => vault.keep(bytes)));
  expect(lying()).toEqual([placeOf(sha256)]);

  const others = aVault();
  await Promise.all(Array.from({ length: 8 }, () => others.vault.keep(bytes)));
  expect(others.lying()).toHaveLength(1);
});

test("a draft is nobody's to find: dropped it is gone, and kept it stays, whoever drops the same content", async () => {
  const { vault, lying } = aVault();
  const [one, other] = await Promise.all([vault.lay(Buffer.from("现场")), vault.lay(Buffer.from("现场"))]);
  expect(lying()).toHaveLength(2);
  expect(await vault.has(one.sha256)).toBe(false);
  await expect(vault.read(one.sha256)).rejects.toThrow(/is missing/);
  one.keep();
  await Promise.all([one.drop(), other.drop()]);
  expect(await vault.has(one.sha256)).toBe(true);
  expect(await vault.read(one.sha256)).toEqual(Buffer.from("现场"));
  expect(lying()).toHaveLength(1);
});

test("a changed file isn't given out; keeping the content again mends it", async () => {
  const { vault, placeOf } = aVault();
  const bytes = Buffer.from("整改后照片");
  const { sha256 } = await vault.keep(bytes);
  for (const wrong of [
    Buffer.from("整改前照片"),
    bytes.subarray(1),
    Buffer.concat([bytes, Buffer.from(" ")]),
  ]) {
    writeFileSync(placeOf(sha256), wrong);
    await expect(vault.read(sha256)).rejects.toThrow(VaultFault);
    await expect(vault.read(sha256)).rejects.toThrow(/has been changed/);
    await vault.keep(bytes);
    expect(await vault.read(sha256)).toEqual(bytes);
  }
});

test("a missing file is a fault, and so is a folder that the vault can't write to", async () => {
  const { vault, folder } = aVault();
  await expect(vault.read(hashOf(Buffer.from("nobody sent this")))).rejects.toThrow(/is missing/);
  // Not by permissions: whoever runs tests in a container may do anything.
  const bytes = Buffer.from("x");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, hashOf(bytes).slice(0, 2)), "in the way");
  await expect(vault.keep(bytes)).rejects.toThrow(/EEXIST|ENOTDIR/);
  expect(readdirSync(folder)).toEqual([hashOf(bytes).slice(0, 2)]);
});

test("nothing but a hash ever becomes a path", async () => {
  const { vault, folder } = aVault();
  const { sha256 } = await vault.keep(Buffer.from("x"));
  const outside = join(dirname(folder), "secret");
  writeFileSync(outside, "secret");
  const hash = fc.constantFrom(sha256, sha256.toUpperCase(), sha256.slice(1), `${sha256}a`, `${sha256}\n`);
  const hostile = fc.constantFrom("../", "..", "/", "\\", "\0", "./", "secret", "%2e%2e%2f", "．．／");
  const names = fc.array(fc.oneof(hash, hostile, fc.string()), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(names, async (parts) => {
      const name = parts.join("");
      fc.pre(!/^[0-9a-f]{64}$/.test(name));
      await expect(vault.read(name)).rejects.toThrow("not the hash of a kept file");
    }),
    { seed: 9, numRuns: full ? 5000 : 300 },
  );
  expect(readdirSync(dirname(folder)).sort()).toEqual(["files", "secret"]);
});

test("a database file keeps its files beside it", async () => {
  const folder = aFolder();
  await vaultBeside(join(folder, "lantian.db")).keep(Buffer.from("x"));
  await vaultBeside(join(folder, "other")).keep(Buffer.from("x"));
  expect(readdirSync(folder).sort()).toEqual(["lantian-files", "other-files"]);
});
