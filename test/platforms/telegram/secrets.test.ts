import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { faultOf } from "../../../src/ops/log.ts";
import { TelegramFault } from "../../../src/platforms/telegram/api.ts";
import type { Fault } from "../../support/telegram/server.ts";
import { aStage } from "../../support/telegram/stage.ts";

test("whatever fails, the token stands in no log, no error, no row of the database", async () => {
  const stage = await aStage({ timeoutMs: 120, second: 4 });
  const errors: unknown[] = [];
  stage.bot.report = (error) => errors.push(error);
  const office = await stage.member("市办");
  const faults: Fault[] = [
    "reset-before",
    "reset-after",
    "502-html",
    "500-before",
    "hang-before",
    "429",
    "403-blocked",
    "400-entities",
    "401",
  ];
  for (const fault of faults) {
    stage.server.fail("sendMessage", fault, fault, fault, fault, fault);
    stage.noting(stage.server.says(office, "海安"));
    await stage.queue({ personId: await stage.personId("市办") });
    await stage.deliver();
    stage.server.fail("getFile", fault);
    stage.noting(
      stage.server.bring(
        stage.server.messageOf(office, office, { document: { file_id: "none", file_name: "a.csv" } }),
      ),
    );
    if (fault !== "401") stage.server.fail("getUpdates", fault);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await stage.settled();
  stage.server.files.set("f", { path: "gone/away", bytes: Buffer.from("x") });
  await stage.server.close();
  const refused = await stage
    .running()
    .telegram.call("getMe", (api) => api.getMe())
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(TelegramFault);
  errors.push(refused);
  await stage.stop();
  expect(errors.length).toBeGreaterThan(5);
  const secret = stage.server.token.split(":")[1] as string;
  for (const error of errors) {
    const shown =
      inspect(error, { depth: 20, showHidden: true }) +
      JSON.stringify(faultOf(error)) +
      String((error as Error).stack);
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain("/bot");
  }
  for (const file of [stage.office.file, `${stage.office.file}-wal`])
    expect(readFileSync(file).includes(secret)).toBe(false);
  stage.office.close();
});
