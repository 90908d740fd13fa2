import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { TEAM } from "../../support/slack/memory.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";
import { until } from "../../support/until.ts";

const full = process.env.TEST_FULL === "1";
let here: SlackOffice;
let user: string;
/** What nobody awaited and failed: it would end the process. */
const ends: unknown[] = [];
const note = (error: unknown) => ends.push(error);
beforeAll(async () => {
  process.on("unhandledRejection", note);
  process.on("uncaughtException", note);
  here = await aSlackOffice({ socketMode: true, renewMs: 20 });
  user = await here.link("市办");
});
afterAll(async () => {
  await here.close();
  process.off("unhandledRejection", note);
  process.off("uncaughtException", note);
});
afterEach(() => {
  expect(ends.splice(0)).toEqual([]);
});

const acked = (id: unknown) => here.slack.socketMode.acks.some((ack) => ack.envelope_id === id);
let serial = 0;
/** A command that is answered shows that everything before it has been read. */
const isStillHeard = async () => {
  serial += 1;
  const envelope_id = `good-${serial}`;
  const payload = {
    team_id: TEAM,
    user_id: user,
    command: "/county",
    text: "海安",
    channel_id: "C0GENERAL",
    trigger_id: here.slack.newTrigger(user),
    response_url: here.slack.newHook(user, "C0GENERAL"),
  };
  const before = here.told(user).length;
  for (let i = 0; i < 2; i++) here.slack.socketMode.deliver({ envelope_id, type: "slash_commands", payload });
  await until(() => here.slack.socketMode.acks.filter((ack) => ack.envelope_id === envelope_id).length === 2);
  await here.settled();
  expect(here.told(user).length).toBe(before + 1);
};

test.each<[string, unknown]>([
  ["without a payload", { envelope_id: "e1", type: "events_api" }],
  ["whose payload is null", { envelope_id: "e2", type: "events_api", payload: null }],
  ["whose payload is a text", { envelope_id: "e3", type: "interactive", payload: "秘密" }],
  ["whose payload is a list", { envelope_id: "e4", type: "interactive", payload: ["秘密"] }],
  ["without a type", { envelope_id: "e5", payload: { text: "秘密" } }],
  ["of a type that nobody knows", { envelope_id: "e6", type: "秘密", payload: {} }],
  ["whose type is a number", { envelope_id: "e7", type: 7, payload: {} }],
  ["whose event is missing", { envelope_id: "e8", type: "events_api", payload: { type: "event_callback" } }],
  ["whose event is null", { envelope_id: "e9", type: "events_api", payload: { event: null } }],
  ["whose event is a text", { envelope_id: "e10", type: "events_api", payload: { event: "秘密" } }],
  [
    "whose event is called close",
    { envelope_id: "e11", type: "events_api", payload: { event: { type: "close" } } },
  ],
  [
    "whose event is called ws_message",
    { envelope_id: "e12", type: "events_api", payload: { event: { type: "ws_message" } } },
  ],
  ["of the type disconnected", { envelope_id: "e13", type: "disconnected", payload: {} }],
  ["of the type error", { envelope_id: "e14", type: "error", payload: {} }],
  [
    "with junk inside",
    { envelope_id: "e15", type: "interactive", payload: { type: "block_actions", user: 7, actions: [null] } },
  ],
  [
    "with __proto__ inside",
    JSON.parse('{"envelope_id":"e16","type":"interactive","payload":{"__proto__":{"type":"x"}}}'),
  ],
])("an envelope %s is acknowledged and left aside; the bot hears on", async (_, envelope) => {
  const connections = here.slack.socketMode.open();
  here.slack.socketMode.deliverRaw(JSON.stringify(envelope));
  await until(() => acked((envelope as { envelope_id: string }).envelope_id));
  await isStillHeard();
  expect(here.slack.socketMode.open()).toEqual(connections);
});

test.each<[string, string | Buffer]>([
  ["without an id", JSON.stringify({ type: "events_api", payload: {} })],
  [
    "whose id is null",
    JSON.stringify({ envelope_id: null, type: "slash_commands", payload: { command: "/county" } }),
  ],
  ["whose id is an object", JSON.stringify({ envelope_id: {}, type: "slash_commands", payload: {} })],
  ["that is null", "null"],
  ["that is a number", "7"],
  ["that is a list", "[]"],
  ["that is no JSON", '{"envelope_id":'],
  ["that is empty", ""],
  ["of bytes", Buffer.from([0, 1, 2, 255])],
])("something %s is left aside; the bot hears on", async (_, message) => {
  const before = here.slack.socketMode.acks.length;
  here.slack.socketMode.deliverRaw(message);
  here.slack.socketMode.deliverRaw(message);
  await isStillHeard();
  expect(here.slack.socketMode.acks.length).toBe(before + 2);
});

test("whatever Slack sends, every id is acknowledged and the process goes on", async () => {
  const junk = fc.oneof(
    fc.json(),
    fc.string(),
    fc.constantFrom("hello", "events_api", "interactive", "slash_commands"),
  );
  const field = fc.oneof(
    junk,
    fc.constant(null),
    fc.integer(),
    fc.object({ maxDepth: 3 }),
    fc.array(fc.anything(), { maxLength: 2 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.record({ type: field, payload: field, event: field }, { requiredKeys: [] }),
      async (more) => {
        if (more.type === "disconnect" || more.type === "hello") return;
        serial += 1;
        const envelope_id = `junk-${serial}`;
        here.slack.socketMode.deliverRaw(JSON.stringify({ ...more, envelope_id }));
        await until(() => acked(envelope_id));
      },
    ),
    { numRuns: full ? 2000 : 100 },
  );
  await isStillHeard();
});

test("what is wrong with them is said once each, and what they say never", () => {
  const said = here.faults.filter((fault) => fault.includes("can't be read"));
  expect(said.length).toBeGreaterThan(1);
  expect(new Set(said).size).toBe(said.length);
  expect(said.join()).toContain("no good payload");
  expect(here.faults.join()).not.toContain("秘密");
});
