import { existsSync, readFileSync } from "node:fs";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loggable } from "../../../src/ops/log.ts";
import { startSlack } from "../../../src/platforms/slack/start.ts";
import { aSlackOffice, SECRET, type SlackOffice, TOKEN } from "../../support/slack/office.ts";
import type { Fault } from "../../support/slack/server.ts";

let here: SlackOffice;
const errors: unknown[] = [];
beforeEach(async () => {
  errors.length = 0;
  here = await aSlackOffice({ timeoutMs: 120 });
  here.bot.report = (error) => errors.push(error);
});
afterEach(() => here.close());

const faults: Fault[] = [
  "429 without header",
  "ratelimited",
  "500 before",
  "500 after",
  "internal_error after",
  "reset before",
  "reset after",
  "cut answer after",
  "hang before",
];
const secrets = [TOKEN, SECRET, "canary"];

test("whatever fails, no token and no secret stands in a fault, a log line, an audit row or the database", async () => {
  const user = await here.link("市办");
  const liaison = await here.link("海安联络员");
  const personId = (await here.bot.store.read((r) => r.people.byName("海安联络员")))?.id ?? 0;
  const csv = {
    name: "日报.csv",
    size: 1,
    url_private: here.slack.addFile("F1", { bytes: new Uint8Array(1), type: "text/csv" }),
  };
  for (const [i, fault] of faults.entries()) {
    for (const method of ["chat.postMessage", "conversations.open", "views.publish", "users.info"])
      here.slack.plan(method, fault);
    const card = { title: `通知${i}`, blocks: [], buttons: [] };
    await here.bot.store.write((w) =>
      w.outbox.queue({ key: `notice/${i}`, to: { personId }, class: "must-not-repeat", card }, 0),
    );
    await here.deliverOnce();
    await here.sends.message(user, "海安");
    await here.sends.opensHome(user);
    await here.sends.message(here.slack.addUser(`U0STRANGER${i}`), "海安");
    await here.sends.message(user, "", { subtype: "file_share", files: [csv] });
    await here.sends.message(liaison, "", { subtype: "file_share", files: [csv] });
    await here.settled().catch((error: unknown) => errors.push(error));
    here.clock.leap(120_000);
  }
  // The token is refused; a fault of our own; the database can't be written.
  here.slack.revoke(true);
  await here.deliverOnce();
  await here.sends.message(user, "海安");
  here.slack.revoke(false);
  const { write } = here.bot.store;
  here.bot.store.write = () => Promise.reject(new Error("database or disk is full"));
  await here.sends.message(user, "海安");
  here.bot.store.write = write;
  const { clock } = here.bot;
  here.bot.clock = { now: () => Promise.reject(new Error("no clock")) };
  await here.sends.message(user, "海安");
  here.bot.clock = clock;
  for (const wrong of [{ botToken: `${TOKEN}-wrong` }, { apiUrl: "http://127.0.0.1:9/api/" }]) {
    const started = startSlack(here.bot, { ...here.settings, ...wrong }, { onFault: (e) => errors.push(e) });
    await started.then(
      (running) => running.stop(),
      (error: unknown) => errors.push(error),
    );
  }
  await here.delivers();

  expect(errors.length).toBeGreaterThan(10);
  for (const error of errors) {
    const shown =
      inspect(error, { depth: 20, showHidden: true }) +
      JSON.stringify(loggable(error)) +
      String((error as Error).stack);
    for (const secret of secrets) expect(shown).not.toContain(secret);
  }
  for (const fault of here.faults) for (const secret of secrets) expect(fault).not.toContain(secret);
  const audit = JSON.stringify(await here.bot.store.read((r) => r.audit.latest(1000)));
  for (const secret of secrets) expect(audit).not.toContain(secret);
  for (const file of [here.office.file, `${here.office.file}-wal`])
    if (existsSync(file))
      for (const secret of [...secrets, "canary-verification-token"])
        expect(readFileSync(file).includes(secret)).toBe(false);
  // Nor is a secret ever sent in a body, a message or to anybody but Slack.
  expect(here.slack.refusals.filter((r) => r.includes("token in a body"))).toEqual([]);
  expect(JSON.stringify([...here.slack.channels.values()].map((c) => c.messages))).not.toContain("canary");
});
