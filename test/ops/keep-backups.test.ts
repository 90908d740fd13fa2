import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import {
  backupFolder,
  backupHealth,
  backupsOf,
  isBackupDue,
  rotate,
  startBackingUp,
} from "../../src/ops/keep-backups.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 5, 15, 3);

test.each<[string, number | null, number, boolean]>([
  ["never made", null, 14, true],
  ["made an hour ago", 1, 3, false],
  ["made last night, in the daytime", 12, 14, false],
  ["made last night, at night", 23, 2, true],
  ["made last night, before the night", 22, 1, false],
  ["made last night, after the night", 26, 5, false],
  ["missed last night", 29, 14, true],
])("a backup %s is due or not", (_, hours, hour, due) => {
  expect(isBackupDue(hours === null ? null : NOW - hours * HOUR, NOW, hour)).toBe(due);
});

describe("backups in the folder", () => {
  let file: string;
  const put = (name: string, hoursAgo: number) => {
    const path = join(backupFolder(file), name);
    writeFileSync(path, "");
    utimesSync(path, (NOW - hoursAgo * HOUR) / 1000, (NOW - hoursAgo * HOUR) / 1000);
  };
  beforeEach(() => {
    file = join(aFolder(), "lantian.db");
    mkdirSync(backupFolder(file));
  });

  test("the newest are kept; what else lies there is left alone", () => {
    for (let day = 10; day < 20; day++) put(`lantian-202606${day}-020000.tar`, (20 - day) * 24);
    for (const other of ["lantian-20260601-020000.tar.partial", "other-20260601-020000.tar", "notes.txt"])
      put(other, 500);
    expect(rotate(file, 7)).toBe(3);
    expect(readdirSync(backupFolder(file)).toSorted()).toEqual([
      "lantian-20260601-020000.tar.partial",
      ...Array.from({ length: 7 }, (_, i) => `lantian-202606${13 + i}-020000.tar`),
      "notes.txt",
      "other-20260601-020000.tar",
    ]);
    expect(rotate(file, 7)).toBe(0);
  });

  test("their age stands in health, a late one and a failed one are no good sign", () => {
    expect(backupHealth(file, null, NOW)).toEqual({ ok: false, detail: "none yet" });
    put("lantian-20260613-020000.tar", 48);
    expect(backupHealth(file, null, NOW)).toEqual({ ok: false, detail: "newest 48 h old" });
    put("lantian-20260614-010000.tar", 30);
    expect(backupHealth(file, null, NOW).ok).toBe(false);
    put("lantian-20260614-015000.tar", 29);
    expect(backupHealth(file, null, NOW).ok).toBe(true);
    put("lantian-20260614-020000.tar", 24);
    expect(backupHealth(file, null, NOW)).toEqual({ ok: true, detail: "newest 24 h old" });
    expect(backupHealth(file, "disk full", NOW)).toMatchObject({
      ok: false,
      detail: expect.stringContaining("disk full"),
    });
  });
});

test("a stop breaks a backup off, and the next start makes a whole one", async () => {
  const file = await aDatabaseIn(aFolder());
  const faults: unknown[] = [];
  const start = () =>
    startBackingUp({ databaseFile: file, backupKeep: 2 }, (error) => faults.push(error), {
      everyMs: 1 << 30,
    });
  const broken = start();
  const under = broken.look();
  await broken.stop();
  await under;
  expect([backupsOf(file), faults]).toEqual([[], []]);
  const whole = start();
  await whole.look();
  await whole.stop();
  expect(backupsOf(file)).toHaveLength(1);
});

test("a running office is backed up by itself, once, and a failure is said", async () => {
  const file = await aDatabaseIn(aFolder());
  const faults: string[] = [];
  const start = (databaseFile: string) =>
    startBackingUp({ databaseFile, backupKeep: 2 }, (error) => faults.push((error as Error).message), {
      everyMs: 1 << 30,
    });
  const keeping = start(file);
  expect(keeping.state().ok).toBe(false);
  await keeping.look();
  expect(backupsOf(file)).toHaveLength(1);
  expect(keeping.state()).toEqual({ ok: true, detail: "newest 0 h old" });
  await keeping.look();
  expect(backupsOf(file)).toHaveLength(1);
  expect(faults).toEqual([]);
  await keeping.stop();

  const lost = join(aFolder(), "none.db");
  const failing = start(lost);
  await failing.look();
  expect(faults).toEqual([expect.stringMatching(/^backup: there is no database at /)]);
  expect(failing.state()).toMatchObject({
    ok: false,
    detail: expect.stringContaining("there is no database"),
  });
  expect(failing.health().ok).toBe(true);
  await failing.stop();
});
