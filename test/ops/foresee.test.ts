import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";
import { run, runJson } from "../support/scripts.ts";

let office: AnOffice;
afterEach(() => office.close());

/** What the office's work has left in a database; that somebody has asked leaves its own rows. */
const WORK = [
  "issue",
  "issue_event",
  "issue_clock",
  "outbox",
  "job_run",
  "job_ledger",
  "message",
  "setting",
  "evidence",
];
function contentOf(file: string): string {
  const raw = new Database(file, { readonly: true });
  const hash = createHash("sha256");
  for (const table of WORK)
    hash.update(`${table}${JSON.stringify(raw.prepare(`select * from "${table}"`).all())}`);
  raw.close();
  return hash.digest("hex");
}

describe("预演 下周", () => {
  beforeEach(async () => {
    office = await anOffice({ at: "2020-06-11T16:00" });
    await office.advanceTo("2020-06-11T16:01");
  });

  test("shows what will go to whom, and it comes so; nothing is changed by looking", async () => {
    const before = contentOf(office.file);
    const { card, facts } = await office.says("市办", "预演 下周");
    expect(contentOf(office.file)).toBe(before);
    expect(card.title).toBe("预演 6月15日至6月21日");
    type Row = { at: string; job: string; audience: string; title: string };
    const foreseen = (facts.deliveries as Row[]).map(
      ({ at, audience, title }) => `${at} ${audience} ${title}`,
    );
    expect(foreseen.some((one) => one.includes("空气质量周通报（2020年6月8日至14日）"))).toBe(true);

    const newest = await office.bot.store.read((r) => r.outbox.newestId());
    await office.advanceTo("2020-06-21T23:59");
    const local = (ms: number) =>
      office.bot.office
        .local(Temporal.Instant.fromEpochMilliseconds(ms))
        .toString({ smallestUnit: "second", timeZoneName: "never" });
    const came = (await office.bot.store.read((r) => r.outbox.after(newest)))
      .filter(({ row }) => row.state !== "waiting" && local(row.createdAt) >= "2020-06-15")
      .map(({ row, audience }) => `${local(row.createdAt)} ${audience} ${row.title}`);
    expect(came.toSorted()).toEqual(foreseen.toSorted());
  });

  test("is the office's alone, and knows other spans", async () => {
    expect((await office.says("海安联络员", "预演 下周")).code).toBe("forbidden");
    expect((await office.says("市办", "预演 明天")).facts).toMatchObject({
      from: "2020-06-12",
      to: "2020-06-12",
    });
    expect((await office.says("市办", "预演")).facts).toMatchObject({ from: "2020-06-15" });
  });

  test("play --preview says the same and changes nothing; play itself keeps the clock from going back", async () => {
    const before = contentOf(office.file);
    const week = ["--from", "2020-06-15", "--to", "2020-06-21"] as const;
    const { json } = await runJson("play", [...week, "--preview"], office.file);
    expect(contentOf(office.file)).toBe(before);
    expect(json.deliveries.some(({ job }: { job: string }) => job === "weekly-notice")).toBe(true);

    const earlier = await runJson("play", ["--from", "2020-06-08", "--to", "2020-06-09"], office.file);
    expect(earlier.json.slots.ran).toBeGreaterThan(0);
    expect(await office.bot.store.read((r) => r.settings.get("demo-clock"))).toBe(
      String(Temporal.Instant.from("2020-06-11T16:01:00+08:00").epochMilliseconds),
    );
    expect(
      (await runJson("play", ["--from", "2020-06-08", "--to", "2020-06-09"], office.file)).json.slots.due,
    ).toBe(0);
  });
});

test("a real office is played on a copy only", async () => {
  office = await anOffice({ at: "2026-11-20T10:00", demoData: false });
  await office.bot.store.write(({ people }) =>
    people.add({ name: "王办", role: "office", regionId: null, departmentId: null, createdAt: 0 }),
  );
  const now = Temporal.Now.plainDateISO("Asia/Shanghai");
  const week = ["--from", now.toString(), "--to", now.add({ days: 7 }).toString()] as const;
  const refused = await run("play", week, office.file);
  expect(refused).toMatchObject({ status: 2 });
  expect(refused.stderr).toContain("--preview plays on a copy");
  expect(readFileSync(office.file).length).toBeGreaterThan(0);
  const { json } = await runJson("play", [...week, "--preview"], office.file);
  expect(
    json.deliveries.map(({ job, audience }: { job: string; audience: string }) => [job, audience]),
  ).toContainEqual(["weekly-notice", "王办"]);
});
