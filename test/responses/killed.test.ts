import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { startChild } from "../support/child.ts";
import { COURSE, COURSE_BEGINS, goThrough } from "./course.ts";
import { aResponseOffice } from "./stage.ts";

/** Kills, spread over the course's steps; each dies some milliseconds into its step. */
const KILLS = process.env.TEST_FULL ? 60 : 2;
const child = join(import.meta.dirname, "responding-child.ts");

/** Runs the course on from where it stands and is killed so many ms into a step. */
async function killIn(file: string, step: number, ms: number): Promise<void> {
  const bot = startChild(child, file);
  const gone = once(bot, "exit");
  onTestFinished(() => void bot.kill("SIGKILL"));
  createInterface(bot.stdout).on("line", (line) => {
    if (Number(line) >= step) setTimeout(() => bot.kill("SIGKILL"), ms);
  });
  await gone;
}

/** What a response leaves behind, with nothing that is drawn by chance. */
function left(file: string) {
  const raw = new Database(file, { readonly: true });
  const rows = (sql: string) => raw.prepare(sql).all();
  const all = {
    responses: rows("select document_no, level, round, started_at, ended_at, ended_why from response"),
    orders: rows(
      "select response_id, round, unit, told_at, acknowledged_at, executed_at from response_order order by id",
    ),
    executions: rows("select order_id, at, reading from response_execution order by id"),
    reports: rows("select region_id, due, at from response_report order by id"),
    checks: rows("select order_id, drawn_at from response_check order by id"),
    clock: rows("select round, kind, at, done_at from response_clock order by round, kind, at"),
    sent: rows(
      "select key, state from outbox where job like 'response%' and state <> 'superseded' order by key",
    ),
    twice: rows(
      "select outbox_id from message where outbox_id is not null group by outbox_id having count(*) > 1",
    ),
    audits: rows(
      "select act, subject, outcome, count(*) as n from audit where act like 'response%' and outcome = 'done' group by act, subject, outcome order by act, subject",
    ),
  };
  const integrity = raw.pragma("integrity_check", { simple: true });
  raw.close();
  return { ...all, integrity };
}

test("killed anywhere in a response, nothing of it is lost or repeated", async () => {
  const [killed, calm] = [await aResponseOffice(COURSE_BEGINS), await aResponseOffice(COURSE_BEGINS)];
  onTestFinished(() => {
    killed.close();
    calm.close();
  });
  await goThrough(calm.bot);
  for (let i = 0; i < KILLS; i += 1)
    await killIn(killed.file, Math.floor((i * COURSE.length) / KILLS), (i * 37) % 90);
  await goThrough(killed.bot);
  const [after, expected] = [left(killed.file), left(calm.file)];
  expect(after).toEqual(expected);
  expect(expected.twice).toEqual([]);
  expect(expected.sent.length).toBeGreaterThan(100);
  expect(expected.responses).toMatchObject([{ level: "red", round: 2, ended_why: "苏大气办〔2020〕6号" }]);
});
