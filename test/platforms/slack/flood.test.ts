import { afterEach, beforeEach, expect, test } from "vitest";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";

let here: SlackOffice;
beforeEach(async () => {
  here = await aSlackOffice();
});
afterEach(() => here.close());

const told = (user: string) =>
  here.slack.directTo(user).filter(({ text }) => text.includes("您发得太快了")).length;

test("one person's flood is worked on up to ten, answered once with a word on patience, and costs nobody else anything", async () => {
  const [hasty, other] = [await here.link("市办"), await here.link("海安联络员")];
  here.people.areInHaste = true;
  here.slack.plan("chat.postMessage", "hang before");
  for (let i = 0; i < 40; i += 1)
    expect(await here.sends.message(hasty, "海安")).toMatchObject({ status: 200 });
  expect(await here.sends.message(other, "今日")).toMatchObject({ status: 200 });
  // Whoever waits for an answer anyway is told in it, each time.
  for (let i = 0; i < 2; i += 1) {
    const command = await here.sends.command(hasty, "/county", "海安");
    expect(command.body).toContain("您发得太快了");
  }
  here.slack.cutOff();
  await here.settled();
  expect(told(hasty)).toBe(1);
  expect(told(other)).toBe(0);
  const rows = await here.bot.store.read((r) => r.inbox.waiting("slack"));
  expect(rows).toEqual([]);
});
