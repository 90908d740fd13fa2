import { afterEach, beforeEach, expect, test } from "vitest";
import { chanceOf } from "../../support/chance.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";

const full = process.env.TEST_FULL === "1";
let here: SlackOffice;
let office: string;
let liaison: string;
beforeEach(async () => {
  here = await aSlackOffice();
  office = await here.link("市办");
  liaison = await here.link("海安联络员");
});
afterEach(() => here.close());

const titles = async () =>
  (await here.bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 10_000))).rows.map(
    ({ title }) => title,
  );
const acknowledged = async () =>
  (await here.bot.store.read((r) => r.audit.latest(10_000))).filter(
    ({ act, outcome }) => /acknowledge/.test(act) && outcome === "done",
  );
const assign = (title: string) => `交办 海安 “${title}”`;
/** The cards on which the liaison may acknowledge an issue of this test. */
const toAcknowledge = () =>
  here.slack
    .directTo(liaison)
    .filter(({ blocks }) => /第\d+处裸土/.test(here.seen(blocks)) && offers(blocks, "签收"));
const offers = (blocks: unknown, label: string) =>
  JSON.stringify(blocks).includes(`"text":{"type":"plain_text","text":"${label}"`);
const assigns = async (n: number) => {
  for (let i = 0; i < n; i++) {
    await here.sends.message(office, assign(`第${i}处裸土`));
    await here.settled();
  }
  await here.delivers();
  const cards = toAcknowledge().map(({ ts, blocks }) => ({ ts, blocks }));
  expect(cards).toHaveLength(n);
  return cards;
};

test("every message arrives two to five times, in any order: each has one effect", async () => {
  const [rounds, each] = [full ? 40 : 4, 10];
  const chance = chanceOf(9);
  const json = { type: "application/json" };
  const wanted: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const sent = Array.from({ length: each }, (_, i) => {
      const title = `第${round * each + i}件`;
      wanted.push(title);
      const text = assign(title);
      // By turns a direct message and a slash command; what Slack repeats are the same bytes, signed anew.
      return i % 2 === 0
        ? {
            body: here.sends.eventBody({
              type: "message",
              channel_type: "im",
              channel: here.slack.directId(office),
              user: office,
              text,
              ts: `2.${round * each + i}`,
            }),
            how: json,
          }
        : { body: here.sends.commandBody(office, "/assign", text.slice(3), "C0GENERAL"), how: {} };
    });
    const copies = sent.flatMap((one) => Array.from({ length: 2 + chance.below(4) }, () => one));
    const acks = await Promise.all(chance.shuffled(copies).map(({ body, how }) => here.sends.raw(body, how)));
    expect(acks.every(({ status }) => status === 200)).toBe(true);
    await here.settled();
  }
  expect((await titles()).filter((t) => wanted.includes(t)).toSorted()).toEqual(wanted.toSorted());
  expect(here.sends.late).toEqual([]);
  expect(here.faults).toEqual([]);
});

test("fifty presses of one button are one step; the rest is told so or asked to slow down", async () => {
  const cards = await assigns(full ? 20 : 3);
  for (const { blocks } of cards) {
    const before = here.slack.directTo(liaison).length;
    const waves = Array.from({ length: 5 }, () => 10);
    let refused = 0;
    for (const wave of waves) {
      const acks = await Promise.all(
        Array.from({ length: wave }, () =>
          here.sends.press(liaison, blocks, "签收", { channel: here.slack.directId(liaison) }),
        ),
      );
      refused += acks.filter(({ status }) => status !== 200).length;
      await here.settled();
    }
    // Whoever presses is answered each time: the issue as it is now, or that it has been done.
    expect(here.slack.directTo(liaison).length - before).toBe(50 - refused);
  }
  const done = await acknowledged();
  expect(done.map(({ subject }) => subject).toSorted()).toEqual(
    [...new Set(done.map(({ subject }) => subject))].toSorted(),
  );
  expect(done).toHaveLength(cards.length);
});

test("presses in any order, old cards among them: each issue moves on once, and the old ones are refused politely", async () => {
  const cards = await assigns(full ? 40 : 6);
  const chance = chanceOf(10);
  // Every card is pressed three times; which press comes first is left to chance.
  for (const { blocks } of chance.shuffled([...cards, ...cards, ...cards])) {
    await here.sends.press(liaison, blocks, "签收", { channel: here.slack.directId(liaison) });
    await here.settled();
  }
  expect(await acknowledged()).toHaveLength(cards.length);
  const answers = here.slack.directTo(liaison).map((m) => here.seen(m.blocks));
  expect(answers.filter((text) => /未能办理/.test(text)).length).toBe(2 * cards.length);
  expect(here.faults).toEqual([]);
  // What stood before is redrawn: nobody is offered the step again.
  await here.delivers();
  expect(toAcknowledge()).toEqual([]);
});
