import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";

const full = process.env.TEST_FULL === "1";
let here: SlackOffice;
let office: string;
let liaison: string;
beforeAll(async () => {
  here = await aSlackOffice();
  office = await here.link("市办");
  liaison = await here.link("海安联络员");
});
beforeEach(() => {
  here.faults.length = 0;
  here.slack.refusals.length = 0;
});
afterAll(() => here.close());

const body = (user: string, action: object) =>
  here.sends.interactionBody({
    type: "block_actions",
    team: { id: "T0HOME" },
    user: { id: user, team_id: "T0HOME" },
    trigger_id: here.slack.newTrigger(user),
    channel: { id: "C0GENERAL" },
    response_url: here.slack.newHook(user, "C0GENERAL"),
    actions: [action],
  });
const done = async () =>
  (await here.bot.store.read((r) => r.audit.latest(1000))).filter(({ outcome }) => outcome === "done").length;

const button = (value: unknown, action_id: unknown = "press:0") => ({ type: "button", action_id, value });
test.each([
  ["a token that was never drawn", button("A".repeat(22))],
  ["a token that is too short", button("A")],
  ["a token that is too long", button("A".repeat(5000))],
  ["a token with markup", button("<!channel>")],
  ["nothing", button(undefined)],
  ["a number", button(7)],
  ["an object", button({ toString: 1 })],
  ["an action of another kind", button("x", "unknown:9")],
  ["an action without a name", button("x", undefined)],
  [
    "a menu where there is none",
    { type: "static_select", action_id: "press:0", selected_option: { value: "x" } },
  ],
  ["an element that nobody knows", { type: "workflow_button", action_id: "press:0" }],
  ["__proto__", button("__proto__", "__proto__")],
])("a press with %s changes nothing and troubles nobody", async (_, action) => {
  const before = await done();
  expect((await here.sends.raw(body(office, action))).status).toBe(200);
  await here.settled();
  expect(await done()).toBe(before);
  expect(here.slack.refusals).toEqual([]);
  expect(here.sends.late).toEqual([]);
});

test("a token in which one character was changed is nobody's, whichever it is", async () => {
  await here.sends.message(office, "交办 海安 “第1处裸土”");
  await here.settled();
  await here.delivers();
  const card = here.slack.directTo(liaison).findLast((m) => here.seen(m.blocks).includes("第1处裸土"));
  const real: string = (card?.blocks ?? [])
    .flatMap((b) => b.elements ?? [])
    .find((e) => e.text?.text === "签收").value;
  const before = await done();
  for (let i = 0; i < real.length; i += full ? 1 : 5) {
    const forged = real.slice(0, i) + (real[i] === "A" ? "B" : "A") + real.slice(i + 1);
    await here.sends.raw(body(liaison, button(forged)));
    await here.settled();
    expect(here.seen(here.told(liaison).at(-1)?.blocks)).toContain("已失效");
  }
  // Nor does the real one serve anybody else.
  await here.sends.raw(body(office, button(real)));
  await here.settled();
  expect(here.seen(here.told(office).at(-1)?.blocks)).toContain("已失效");
  expect(await done()).toBe(before);
});

test("a form with a field of a name that every object has is refused by that name", async () => {
  await here.sends.command(office, "/assign");
  await here.settled();
  const view = here.slack.views.at(-1)?.view;
  const before = await done();
  for (const name of ["__proto__", "constructor", "toString"]) {
    const values = Object.fromEntries([[name, { value: { type: "plain_text_input", value: "x" } }]]);
    const answer = await here.sends.raw(
      here.sends.form({
        payload: JSON.stringify({
          type: "view_submission",
          team: { id: "T0HOME" },
          user: { id: office, team_id: "T0HOME" },
          trigger_id: here.slack.newTrigger(office),
          view: { ...view, state: { values } },
        }),
      }),
    );
    expect(answer.body).toContain(`“${name}”`);
  }
  expect(await done()).toBe(before);
});

test("a button of something that is no longer there is refused politely", async () => {
  const personId = (await here.bot.store.read((r) => r.people.byName("海安联络员")))?.id ?? 0;
  const meaning = { personId, action: "issue.acknowledge", params: { issue: 999_999, version: 1 } };
  const gone = await here.bot.store.write((w) => w.buttons.draw(meaning, 0));
  const retired = await here.bot.store.write((w) =>
    w.buttons.draw({ ...meaning, action: "issue.retired" }, 0),
  );
  const before = await done();
  for (const token of [gone, retired]) {
    await here.sends.raw(body(liaison, button(token)));
    await here.settled();
    expect(here.seen(here.told(liaison).at(-1)?.blocks)).toContain("未能办理");
  }
  expect(await done()).toBe(before);
  expect(here.faults).toEqual([]);
});

test("a form with another's token, without one, or with fields that nobody asked for is not carried out", async () => {
  await here.sends.command(office, "/assign", "海安");
  await here.settled();
  const { view } = here.slack.views.at(-1) ?? { view: null };
  const before = await done();
  const values = { county: "海安", title: "工地裸土未覆盖" };
  for (const private_metadata of ["", "A".repeat(22), "{}"]) {
    const answer = await here.sends.submit(office, { ...view, private_metadata }, values);
    expect(JSON.parse(answer.body)).toMatchObject({ response_action: "errors" });
  }
  const others = await here.sends.submit(liaison, view, values);
  expect(JSON.parse(others.body)).toMatchObject({ response_action: "errors" });
  const smuggled = {
    ...view,
    blocks: [
      ...view.blocks,
      { type: "input", block_id: "__proto__", element: { type: "plain_text_input", action_id: "value" } },
    ],
  };
  await here.sends.submit(office, { ...smuggled, private_metadata: "" }, { ...values, isAdmin: "1" });
  await here.settled();
  expect(await done()).toBe(before);
  expect(({} as Record<string, unknown>).value).toBeUndefined();
  expect(here.faults).toEqual([]);
});

test("a thousand forged requests leave nothing behind", async () => {
  const read = () => here.bot.store.read((r) => r.inbox.waiting("slack"));
  const N = full ? 1000 : 100;
  const calls = here.slack.calls.length;
  for (let i = 0; i < N; i++) {
    const forged = here.sends.commandBody(office, "/county", "海安", "C0GENERAL");
    expect((await here.sends.raw(forged, { secret: `guess-${i}` })).status).toBe(401);
  }
  expect(await read()).toEqual([]);
  expect(here.slack.calls.length).toBe(calls);
});
