import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { startHeartbeat } from "../../src/ops/heartbeat.ts";
import { selfAudit } from "../../src/ops/self-audit.ts";
import { startTicking } from "../../src/scheduler/tick.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { until } from "../support/until.ts";

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** An address that counts the calls and answers as told. */
async function anAddress() {
  const told = { calls: 0, status: 204 };
  const server = createServer((_, answer) => {
    told.calls++;
    answer.writeHead(told.status).end();
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  stops.push(() => server.close());
  return Object.assign(told, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/beat`,
    server,
  });
}

test("the address is called only while nothing is found, and what is found is said once", async () => {
  const address = await anAddress();
  let found: string[] = [];
  const said: string[] = [];
  const heart = startHeartbeat(
    address.url,
    async () => found,
    (error) => said.push((error as Error).message),
    {
      everyMs: 1 << 30,
    },
  );
  stops.push(heart.stop);
  await heart.beat();
  expect(address.calls).toBe(1);
  found = ["backup: newest 48 h old"];
  await heart.beat();
  await heart.beat();
  expect(address.calls).toBe(1);
  expect(said).toEqual(["no heartbeat: backup: newest 48 h old"]);
  found = [];
  await heart.beat();
  expect(address.calls).toBe(2);
  address.status = 503;
  await heart.beat();
  expect(said.at(-1)).toBe("the heartbeat's address answers 503");
  address.server.close();
  address.server.closeAllConnections();
  await heart.beat();
  expect(said.at(-1)).toMatch(/can't be reached: /);
});

test("an audit that fails is no beat", async () => {
  const address = await anAddress();
  const said: unknown[] = [];
  const broken = () => Promise.reject(new Error("the database is gone"));
  const heart = startHeartbeat(address.url, broken, (error) => said.push(error), { everyMs: 1 << 30 });
  stops.push(heart.stop);
  await heart.beat();
  expect(address.calls).toBe(0);
  expect(said).toEqual([new Error("the database is gone")]);
});

test("what waits, is stuck, missed, fails or is old is found, and a clock set back; a healthy office has nothing", async () => {
  const office: AnOffice = await anOffice();
  stops.push(office.close);
  const { bot } = office;
  const real = { ...bot, demo: false };
  const now = (await bot.clock.now()).epochMilliseconds;
  const minutes = (n: number) => now + n * 60_000;
  const good = { connected: [], machineNow: now };
  expect(await selfAudit(real, good)).toEqual([]);

  const well = () => ({ ok: true, detail: "none yet" });
  const backup = { name: "backup", health: well, state: () => ({ ok: false, detail: "none yet" }) };
  expect(await selfAudit(real, { ...good, connected: [backup] })).toEqual(["backup: none yet"]);
  const silent = { name: "clock", health: () => ({ ok: false, detail: "last beat 130 s ago" }) };
  expect(await selfAudit(real, { ...good, connected: [silent] })).toEqual(["clock: last beat 130 s ago"]);

  await bot.store.write((w) => w.settings.set("clock-back", String(now)));
  expect(await selfAudit(real, { ...good, machineNow: minutes(59) })).toEqual([
    "clock: it was set back within the last hour",
  ]);
  expect(await selfAudit(real, { ...good, machineNow: minutes(61) })).toEqual([]);
  await bot.store.write((w) => w.settings.set("clock-back", String(minutes(-61))));

  const jobless = { ...real, clock: { now: () => Promise.reject(new Error("no clock")) } };
  const ticking = startTicking(
    jobless,
    async () => undefined,
    () => undefined,
  );
  stops.push(ticking.stop);
  await until(() => ticking.state?.().ok === false);
  expect(await selfAudit(real, { ...good, connected: [ticking] })).toEqual([
    "clock: not all that is due could be worked off",
  ]);

  await bot.store.write((w) =>
    w.inbox.receive({ platform: "slack", externalId: "Ev1", payload: "{}", receivedAt: now }),
  );
  expect(await selfAudit(real, { ...good, machineNow: minutes(4) })).toEqual([]);
  expect(await selfAudit(real, { ...good, machineNow: minutes(6) })).toEqual([
    "messages: one waits for its answer",
  ]);

  const [person] = await bot.store.read((r) => r.people.withRoles(["office"]));
  await bot.store.write((w) =>
    w.outbox.queue(
      {
        key: "stuck",
        to: { personId: person?.id as never },
        class: "must-arrive",
        card: { title: "卡住" },
      },
      now,
    ),
  );
  expect(await selfAudit(real, { ...good, machineNow: minutes(14) })).toHaveLength(1);
  expect(await selfAudit(real, { ...good, machineNow: minutes(16) })).toContainEqual(
    expect.stringMatching(/^deliveries: #\d+ is stuck$/),
  );
});
