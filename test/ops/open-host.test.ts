import { expect, test } from "vitest";
import { newOffice } from "../support/demonstration.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";
import { startHere } from "../support/scripts.ts";
import { addressOf, startBotHere } from "./console.ts";

test("a start that would open the console to a network is refused before anything is touched", async () => {
  const file = `${aFolder()}/lantian.db`;
  const refused = await startHere([], file, { HOST: "0.0.0.0", PORT: "0" }).ended;
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(/HOST=0\.0\.0\.0 .*PUBLIC_URL/);
});

test("a real office is never shown as an open demonstration; a demonstration that is says so on its page", async () => {
  const open = { HOST: "127.0.0.1", LANTIAN_DEMO: "1", LANTIAN_OPEN_DEMO: "1" };
  const real = await aDatabaseIn(aFolder(), newOffice);
  const refused = await startHere([], real, { ...open, PORT: "0" }).ended;
  expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining("real office")]);

  const bot = startBotHere(await aDatabaseIn(aFolder()), open);
  const page = await (await fetch(await addressOf(bot))).text();
  expect(page).toContain("公开演示");
  expect((await bot.stop()).status).toBe(0);
});
