import { expect, onTestFinished, test } from "vitest";
import { anOffice } from "../support/office.ts";

test("slots that are decided late move the mark of their job forward, never back", async () => {
  const { bot, close } = await anOffice();
  onTestFinished(close);
  const marks: (number | null)[] = [];
  for (const slot of [5, 9, 7])
    marks.push(
      await bot.store.write(async ({ ledger }) => {
        await ledger.workedOff("a-new-job", slot);
        return ledger.workedOffUntil("a-new-job");
      }),
    );
  expect(marks).toEqual([5, 9, 9]);
});
