import { once } from "node:events";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { fixedClock } from "../../src/clock.ts";
import { deliverDue } from "../../src/delivery/worker.ts";
import { webDoor } from "../../src/platforms/web/door.ts";
import { dueSlots } from "../../src/runs/slots.ts";
import { workFolds } from "../../src/scheduler/fold.ts";
import { reconcile } from "../../src/scheduler/reconcile.ts";
import { startChild } from "../support/child.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const full = process.env.TEST_FULL === "1";
/** Kills; each is meant for a slot of its own, at another distance from it. */
const KILLS = full ? 200 : 3;
/** From before a slot until its job has had time to be worked off. */
const [FROM_MS, TO_MS] = [-50, 150];
/** How long before a slot the bot begins to run, ms. */
const LEAD_MS = 150;
const child = join(import.meta.dirname, "ticking-child.ts");

const instant = Temporal.Instant.fromEpochMilliseconds;
const START = Temporal.Instant.from("2020-06-15T00:30:00Z").epochMilliseconds;

/** Every slot of every job from a moment on, oldest first, in moments at which one or several of them are due. */
function momentsOf(office: AnOffice, days: number): number[] {
  const { registry, office: of } = office.bot;
  const until = START + days * 86_400_000;
  const all = registry.schedules.flatMap((job) => dueSlots(job, of, START, until).map(({ due }) => due));
  return [...new Set(all)].sort((a, b) => a - b);
}

/** A bot that begins to run shortly before a moment is killed at `offset` ms from it. */
async function killNear(file: string, moment: number, offset: number): Promise<void> {
  const begin = String(moment - LEAD_MS);
  const bot = startChild(child, file, begin);
  const gone = once(bot, "exit");
  onTestFinished(() => void bot.kill("SIGKILL"));
  await once(bot.stdout, "data");
  bot.stdin.write("go\\n");
  await new Promise((resolve) => setTimeout(resolve, LEAD_MS + offset));
  bot.kill("SIGKILL");
  await gone;
}

/** The next start works off what is due at a moment. */
async function resume(office: AnOffice, moment: number): Promise<void> {
  const bot = at(office, moment);
  await reconcile(bot);
  await send(bot);
}

/** What has to wait goes out at its time, which may be an afternoon at which no job is due. */
async function sendWhatWaits(office: AnOffice): Promise<void> {
  const next = () => office.bot.store.read(async (r) => (await r.agenda.read()).folds);
  for (let moment = await next(); moment !== null; moment = await next()) await send(at(office, moment));
}

const at = ({ bot }: AnOffice, moment: number) => ({ ...bot, clock: fixedClock(instant(moment)) });

async function send(bot: AnOffice["bot"]): Promise<void> {
  await workFolds(bot);
  await deliverDue(bot, [webDoor(bot)]);
}

/** What stands in the file of each slot: its row of the ledger, its deliveries by key, and where they stand. */
function slotsIn(file: string) {
  const raw = new Database(file, { readonly: true });
  const runs = raw
    .prepare("select job, slot, state, at, deliveries from job_run order by slot, job")
    .all() as {
    job: string;
    slot: number;
    state: string;
    at: number;
    deliveries: number;
  }[];
  const keys = raw
    .prepare(
      "select job, slot, key, state from outbox where job is not null and key not like 'fold/%' order by key",
    )
    .all() as { job: string; slot: number; key: string; state: string }[];
  const shown = raw
    .prepare(
      "select outbox_id, count(*) as n from message where outbox_id is not null group by outbox_id having n > 1",
    )
    .all();
  const audits = raw
    .prepare(
      "select act, subject, count(*) as n from audit where actor = '定时任务' group by act, subject having n > 1",
    )
    .all();
  const integrity = raw.pragma("integrity_check", { simple: true });
  raw.close();
  return { runs, keys, shown, audits, integrity };
}

test("killed around the moments at which jobs are due, the bot runs each slot once and sends what it would have sent", async () => {
  const [office, undisturbed] = [await anOffice(), await anOffice()];
  onTestFinished(() => {
    office.close();
    undisturbed.close();
  });
  const moments = momentsOf(office, full ? 2400 : 90).slice(0, KILLS);
  expect(moments).toHaveLength(KILLS);
  for (const there of [office, undisturbed]) await resume(there, START);
  for (const [i, moment] of moments.entries()) {
    const offset = Math.round(FROM_MS + ((TO_MS - FROM_MS) * i) / (KILLS - 1));
    await killNear(office.file, moment, offset);
    await resume(office, moment + 1000);
    await resume(undisturbed, moment);
    // The one after the next finds nothing left to do.
    await resume(office, moment + 2000);
  }
  for (const there of [office, undisturbed]) await sendWhatWaits(there);
  const [killed, calm] = [slotsIn(office.file), slotsIn(undisturbed.file)];
  // Some died before they had run a slot, some after.
  const early = killed.runs.filter(({ slot, at }) => at < slot + 1000).length;
  if (full) expect(Math.min(early, killed.runs.length - early)).toBeGreaterThan(0);
  const ran = ({ job, slot, deliveries }: (typeof calm.runs)[number]) => ({ job, slot, deliveries });
  expect(killed.runs.map(ran)).toEqual(calm.runs.map(ran));
  expect(killed.runs.filter(({ state }) => state !== "ran")).toEqual([]);
  expect(killed.keys).toEqual(calm.keys);
  // What comes to somebody at one time is one message.
  expect(killed.keys.filter(({ state }) => state !== "sent" && state !== "folded")).toEqual([]);
  for (const { job, slot, deliveries } of killed.runs)
    expect(killed.keys.filter((row) => row.job === job && row.slot === slot)).toHaveLength(deliveries);
  expect(killed.keys.length).toBeGreaterThan(KILLS);
  expect({ ...killed, runs: 0, keys: 0 }).toEqual({
    runs: 0,
    keys: 0,
    shown: [],
    audits: [],
    integrity: "ok",
  });
});
