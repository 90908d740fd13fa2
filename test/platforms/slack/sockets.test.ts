import { afterEach, beforeEach, expect, test } from "vitest";
import { TEAM } from "../../support/slack/memory.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";
import { until } from "../../support/until.ts";

let here: SlackOffice;
let user: string;
beforeEach(async () => {
  here = await aSlackOffice({ socketMode: true, renewMs: 20, silentMs: 200 });
  user = await here.link("市办");
});
afterEach(() => here.close());

let serial = 0;
const command = (name: string, text = "") => {
  serial += 1;
  const payload = {
    team_id: TEAM,
    user_id: user,
    command: `/${name}`,
    text,
    channel_id: "C0GENERAL",
    trigger_id: here.slack.newTrigger(user),
    response_url: here.slack.newHook(user, "C0GENERAL"),
  };
  return { envelope_id: `envelope-${serial}`, type: "slash_commands", payload };
};
const acked = (id: string) => here.slack.socketMode.acks.filter((a) => a.envelope_id === id).length;

test("an envelope is acknowledged when it is committed, and answered; its copies on both connections count once", async () => {
  expect(here.slack.socketMode.open()).toHaveLength(2);
  const envelope = command("county", "海安");
  for (let i = 0; i < 5; i++) here.slack.socketMode.deliver(envelope);
  await until(() => acked(envelope.envelope_id) === 5);
  await here.settled();
  expect(here.told(user)).toHaveLength(1);
  expect(here.seen(here.told(user)[0]?.blocks)).toContain("海安市");
});

test("a submitted form gets its answer with the acknowledgement", async () => {
  here.slack.socketMode.deliver(command("assign"));
  await here.settled();
  await until(() => here.slack.views.length === 1);
  const view = here.slack.views[0]?.view;
  const form = new URLSearchParams(here.sends.submitBody(user, view, { county: "海按", title: "工地裸土" }));
  const payload = JSON.parse(form.get("payload") ?? "");
  here.slack.socketMode.deliver({ envelope_id: "submitted", type: "interactive", payload });
  await until(() => acked("submitted") === 1);
  const ack = here.slack.socketMode.acks.find((a) => a.envelope_id === "submitted");
  expect(ack?.payload).toMatchObject({ response_action: "errors" });
});

test("while connections are renewed and dropped one by one under load, one is always open and nothing is lost or doubled", async () => {
  const rounds = process.env.TEST_FULL === "1" ? 40 : 8;
  const sent: string[] = [];
  let renewing = true;
  /** Commands come in all the while; Slack hands on again what was never acknowledged. */
  const load = (async () => {
    while (renewing || sent.length < rounds) {
      const envelope = command("county", "海安");
      sent.push(envelope.envelope_id);
      while (acked(envelope.envelope_id) === 0) {
        here.slack.socketMode.deliver(envelope);
        for (let i = 0; i < 50 && acked(envelope.envelope_id) === 0; i++)
          await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }
  })();
  for (let i = 0; i < rounds; i++) {
    await until(() => here.slack.socketMode.open().length === 2);
    const [connection] = here.slack.socketMode.open();
    if (i % 2 === 0) connection?.send({ type: "disconnect", reason: "refresh_requested" });
    else connection?.drop();
    await until(() => connection?.open === false);
  }
  await until(() => here.slack.socketMode.open().length === 2);
  renewing = false;
  await load;
  expect(here.slack.socketMode.fewest()).toBe(1);
  await here.settled();
  expect(here.told(user)).toHaveLength(sent.length);
  expect(here.faults).toEqual([]);
});

test("when no connection can be opened any more, somebody is told", async () => {
  for (let i = 0; i < 2; i++) here.slack.plan("apps.connections.open", "hang before");
  for (const connection of here.slack.socketMode.open()) connection.drop();
  await until(() => here.faults.some((f) => f.includes("silent")));
  expect(here.health()).toEqual({ ok: false, detail: "0 connections open" });
});

test("what can't be committed isn't acknowledged", async () => {
  const { bot } = here;
  const write = bot.store.write;
  bot.store.write = () => Promise.reject(new Error("database or disk is full"));
  const envelope = command("county", "海安");
  here.slack.socketMode.deliver(envelope);
  await until(() => here.faults.length > 0);
  bot.store.write = write;
  expect(acked(envelope.envelope_id)).toBe(0);
  here.slack.socketMode.deliver(envelope);
  await until(() => acked(envelope.envelope_id) === 1);
});
