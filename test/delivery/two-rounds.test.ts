import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Outcome } from "../../src/delivery/door.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { accepted, aPlatformInHand, found, type InHand, unknown } from "./in-hand.ts";

let office: AnOffice;
let slack: InHand;
beforeEach(async () => {
  office = await anOffice();
  slack = await aPlatformInHand(office);
});
afterEach(() => {
  office.close();
  expect(slack.faults).toEqual([]);
});

const MINUTE = 60_000;
const only = async () => {
  const [row, ...more] = await slack.rows();
  if (row === undefined || more.length > 0) throw new Error("not one row");
  return row;
};
const state = async () => (await only()).state;
/** A notice that was sent and never answered; a minute later it is to be looked for. */
const inDoubt = async () => {
  const id = await slack.queue("1");
  await slack.rounds(1);
  await slack.only("deliver").answer(unknown);
  slack.pass(MINUTE);
  return id;
};
/** The office asks for 投递 and presses the newest 重发. */
const sendsAgain = async () =>
  office.presses("市办", (await office.says("市办", "投递")).labels[0] ?? "no button");

describe("a delivery in doubt", () => {
  test("is looked for by one round, however many there are", async () => {
    await inDoubt();
    await slack.rounds(3);
    await slack.rounds(1);
    await slack.only("find").answer(found());
    expect(await state()).toBe("sent");
  });

  test("that two rounds look for is sent once: the slower answer changes nothing", async () => {
    await inDoubt();
    await slack.rounds(1);
    // The first look takes so long that another round looks again.
    slack.pass(MINUTE);
    await slack.rounds(1);
    const [slow, quick] = slack.asked("find");
    await quick?.answer("absent");
    await slack.rounds(1);
    expect(await state()).toBe("sending");
    await slow?.answer("absent");
    expect(await state()).toBe("sending");
    await slack.rounds(1);
    await slack.only("deliver").answer(accepted());
    await slack.rounds(1);
    expect(slack.open).toEqual([]);
    expect(await state()).toBe("sent");
  });

  test("that one round finds and another doesn't is sent, whoever answers first", async () => {
    await inDoubt();
    await slack.rounds(1);
    slack.pass(MINUTE);
    await slack.rounds(1);
    const [first, second] = slack.asked("find");
    await first?.answer(found());
    await second?.answer("absent");
    expect(await state()).toBe("sent");
    await slack.rounds(1);
    expect(slack.open).toEqual([]);
  });

  test("stays listed while it is looked for, and is looked for again after a crash in the midst of it", async () => {
    const id = await inDoubt();
    await slack.rounds(1);
    const listed = await slack.bot.store.read((r) => r.outbox.troubled(10));
    expect(listed.map(({ row }) => row.id)).toEqual([id]);
    await slack.restart();
    slack.pass(MINUTE);
    await slack.rounds(1);
    await slack.asked("find")[1]?.answer(found());
    expect(await state()).toBe("sent");
  });

  test("that the office sends again while it is looked for is not sent a third time", async () => {
    await inDoubt();
    await slack.rounds(1);
    expect((await sendsAgain()).code).toBeNull();
    await slack.rounds(1);
    await slack.asked("find")[0]?.answer("absent");
    expect(await state()).toBe("sending");
    await slack.rounds(1);
    await slack.only("deliver").answer(accepted());
    expect(await state()).toBe("sent");
  });

  test("that is found although the office wants it sent again is not sent again", async () => {
    await inDoubt();
    await slack.rounds(1);
    await sendsAgain();
    await slack.only("find").answer(found());
    await slack.rounds(1);
    expect(slack.open).toEqual([]);
    expect(await state()).toBe("sent");
  });

  test("is sent again by who sees it so now, not by a button of the doubt before", async () => {
    const id = await inDoubt();
    const button = (await office.says("市办", "投递")).card.buttons.find((b) => b.label === `重发 #${id}`);
    const token = button?.kind === "press" ? button.token : "";
    expect((await office.presses("市办", token)).code).toBeNull();
    await slack.rounds(1);
    await slack.only("deliver").answer(unknown);
    expect((await office.presses("市办", token)).code).toBe("already-done");
    expect(await state()).toBe("ambiguous");
    expect((await sendsAgain()).code).toBeNull();
    expect(await state()).toBe("pending");
  });
});

describe("an answer to a bot that has been stopped since", () => {
  /** Sent before a stop and not answered; looked for after it, not found, and to be sent again. */
  const sentTwice = async () => {
    await slack.queue("1");
    await slack.rounds(1);
    const late = slack.only("deliver");
    await slack.restart();
    slack.pass(MINUTE);
    await slack.rounds(1);
    await slack.asked("find")[0]?.answer("absent");
    expect(await state()).toBe("pending");
    return late;
  };

  test("that says “accepted” is believed, and nothing is sent a second time", async () => {
    await (await sentTwice()).answer(accepted());
    await slack.rounds(1);
    expect(slack.open).toEqual([]);
    expect(await state()).toBe("sent");
    expect((await slack.bot.store.read((r) => r.messages.history("slack", slack, 10))).length).toBe(1);
  });

  test("changes nothing for who sends it because the office wants it sent again", async () => {
    await slack.queue("1");
    await slack.rounds(1);
    const late = slack.only("deliver");
    await slack.restart();
    await sendsAgain();
    await slack.rounds(1);
    await late.answer({ kind: "unreachable", why: "refused" });
    expect(await state()).toBe("sending");
  });

  const others: Outcome[] = [
    unknown,
    { kind: "later", afterMs: 0, why: "slow down" },
    { kind: "unreachable", why: "refused" },
    { kind: "failed", why: "user_disabled" },
  ];
  test.each(others)("that says “$kind” changes nothing for who sends it now", async (outcome) => {
    const late = await sentTwice();
    await slack.rounds(1);
    const before = await only();
    await late.answer(outcome);
    expect(await only()).toEqual(before);
    slack.pass(10 * MINUTE);
    await slack.rounds(1);
    await slack.only("deliver").answer(accepted());
    expect(await state()).toBe("sent");
    expect(await slack.told(before.id)).toBe(0);
  });

  test.each(others)("and “accepted” holds when the second sending ends with “$kind”", async (outcome) => {
    const late = await sentTwice();
    await slack.rounds(1);
    await late.answer(accepted());
    await slack.only("deliver").answer(outcome);
    slack.pass(10 * MINUTE);
    await slack.rounds(1);
    expect(slack.open).toEqual([]);
    expect(await only()).toMatchObject({ state: "sent", lastError: null });
    expect(await slack.told((await only()).id)).toBe(0);
  });
});

test("a round that has read its rows long ago sends none that another was asked to wait with meanwhile", async () => {
  await slack.queue("1");
  const second = await slack.queue("2");
  await slack.rounds(1);
  await slack.rounds(1);
  const [first, patient] = slack.asked("deliver");
  expect(patient?.row.id).toBe(second);
  await patient?.answer({ kind: "later", afterMs: 30_000, why: "slow down" });
  await first?.answer(accepted());
  expect(slack.open).toEqual([]);
  slack.pass(30_000);
  await slack.rounds(1);
  expect(slack.only("deliver").row.id).toBe(second);
});

test("a wait that a round has worked out from an old look shortens none that the platform has asked for since", async () => {
  await slack.queue("1");
  let endWait: (ms: number) => void = () => undefined;
  await slack.rounds(1, {
    wait: () =>
      new Promise((resolve) => {
        endWait = resolve;
      }),
  });
  await slack.rounds(1);
  await slack.only("deliver").answer({ kind: "later", afterMs: 30_000, why: "slow down" });
  const { nextAttemptAt } = await only();
  endWait(1);
  await slack.rounds(1);
  expect(await only()).toMatchObject({ nextAttemptAt, lastError: "slow down" });
});
