import { expect, test } from "vitest";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";
import { run, runProcess } from "../support/scripts.ts";
import { addressOf, startBot } from "./console.ts";

test("a start that would open the console to a network is refused before anything is touched", async () => {
  const file = `${aFolder()}/lantian.db`;
  const refused = await runProcess("start", [], file, { HOST: "0.0.0.0", PORT: "0" });
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(/HOST=0\.0\.0\.0 .*PUBLIC_URL/);
});

test("a real office is never shown as an open demonstration; a demonstration that is says so on its page", async () => {
  const open = { HOST: "127.0.0.1", LANTIAN_DEMO: "1", LANTIAN_OPEN_DEMO: "1" };
  const real = `${aFolder()}/lantian.db`;
  const made = await run("say", ["--as", "市办", "全市"], real, { LANTIAN_DEMO: "0" });
  expect(made.stderr).not.toContain("fault");
  const refused = await runProcess("start", [], real, { ...open, PORT: "0" });
  expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining("real office")]);

  const bot = startBot(await aDatabaseIn(aFolder()), open);
  const page = await (await fetch(await addressOf(bot))).text();
  expect(page).toContain("公开演示");
  expect((await bot.stop()).status).toBe(0);
});
