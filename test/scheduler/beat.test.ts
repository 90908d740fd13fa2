import { expect, onTestFinished, test } from "vitest";
import type { Lantian } from "../../src/bot/lantian.ts";
import { beat } from "../../src/scheduler/beat.ts";
import { anOffice } from "../support/office.ts";

test("what fails at a look at the clock stops nothing that comes after it, and is told; the next look does it", async () => {
  const office = await anOffice({ at: "2020-06-14T10:00" });
  onTestFinished(() => office.close());
  await beat(office.bot);
  const now = Temporal.ZonedDateTime.from("2020-06-15T09:00[Asia/Shanghai]").toInstant();
  const bot: Lantian = { ...office.bot, clock: { ...office.bot.clock, now: async () => now } };
  const { store } = bot;
  // The first change of a new day is that of its people.
  let isFirst = true;
  const write: typeof store.write = (change) => {
    if (!isFirst) return store.write(change);
    isFirst = false;
    return Promise.reject(new Error("the disk is full"));
  };
  const done = () =>
    store.read(async ({ agenda, ledger }) => ({
      day: (await agenda.read()).peopleDay,
      notices: (await ledger.run("weekly-notice", now.epochMilliseconds, Number.MAX_SAFE_INTEGER)).length,
    }));

  await expect(beat({ ...bot, store: { ...store, write } })).rejects.toThrow("the disk is full");
  expect(await done()).toEqual({ day: "2020-06-14", notices: 1 });
  await beat(bot);
  expect(await done()).toEqual({ day: "2020-06-15", notices: 1 });
});
