import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { loggable } from "../../../src/ops/log.ts";
import { TelegramFault } from "../../../src/platforms/telegram/api.ts";
import { startTelegram } from "../../../src/platforms/telegram/start.ts";
import { photoOf, picture } from "../../support/telegram/announced.ts";
import { pdf, pictures, withEvidence } from "../../support/telegram/evidence.ts";
import type { Fault } from "../../support/telegram/faults.ts";
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
    stage.server.files.set("real", { path: "documents/real", bytes: Buffer.from("x") });
    stage.server.fail("file", fault);
    const document = { file_id: "real", file_name: "b.csv" };
    stage.noting(stage.server.bring(stage.server.messageOf(office, office, { document })));
    stage.server.fail("answerCallbackQuery", fault);
    stage.noting(stage.server.presses(office, { chat: office, id: 1 }, "s:海安"));
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
    expect(shownOf(error)).not.toContain(secret);
    expect(shownOf(error)).not.toContain("/bot");
  }
  for (const file of [stage.office.file, `${stage.office.file}-wal`])
    expect(readFileSync(file).includes(secret)).toBe(false);
  stage.office.close();
});

test("nor do files bring it anywhere, whichever way they go and whatever fails", async () => {
  const no = "NT-2020-000006";
  const stage = await aStage({ timeoutMs: 60, second: 4 });
  const errors: unknown[] = [];
  stage.bot.report = (error) => errors.push(error);
  const office = await stage.member("市办");
  const evidence = [...(await pictures(2)), { name: "方案.pdf", bytes: pdf() }];
  const { files } = await withEvidence(stage, "市办", no, evidence);
  const { server } = stage;
  const faults = ["reset-before", "reset-after", "502-html", "500-before", "429", "400-file", "401"] as const;
  for (const [i, fault] of faults.entries()) {
    server.fail("file", fault);
    const photo = { ...photoOf(server, await picture(i)), caption: `${no} 整改前` };
    await stage.answers(office, () => server.bring(server.messageOf(office, office, photo)));
    for (const method of ["sendMediaGroup", "sendDocument"]) server.fail(method, fault, fault);
    await stage.says(office, `照片 ${no}`);
    for (const method of ["sendMediaGroup", "sendDocument"]) server.fail(method, fault);
    const card = { title: "有附件", blocks: [], files };
    const key = await stage.queue({ personId: await stage.personId("市办") }, { card });
    await stage.until("the push", async () => {
      await stage.deliver();
      return (await stage.outbox()).some((row) => row.key === key && row.state === "sent");
    });
    await stage.deliver();
  }
  const asked = server.calls.map(({ method }) => method);
  expect(asked).toEqual(expect.arrayContaining(["getFile", "sendDocument", "sendMediaGroup"]));
  await stage.stop();
  const secret = server.token.split(":")[1] as string;
  for (const error of errors) expect(shownOf(error)).not.toContain(secret);
  expect(errors.length).toBeGreaterThan(0);
  expect(JSON.stringify(server.sent.map(({ file, ...words }) => [words, file?.name]))).not.toContain(secret);
  for (const file of [stage.office.file, `${stage.office.file}-wal`])
    expect(readFileSync(file).includes(secret)).toBe(false);
  await stage.close();
});

test("nor while it starts, whatever fails then; and no more does the webhook's secret", async () => {
  const stage = await aStage({ start: false, timeoutMs: 120, second: 4 });
  const errors: unknown[] = [];
  stage.bot.report = (error) => errors.push(error);
  const secret = "CANARY-webhook-secret-0123456789-abcdef";
  const webhook = { url: "https://bot.example", secret };
  const faults = ["reset-before", "502-html", "500-after", "hang-before", "429"] as const;
  for (const method of ["getMe", "setWebhook", "getWebhookInfo", "setMyCommands"])
    stage.server.fail(method, ...faults);
  const config = { token: stage.server.token, apiRoot: stage.server.apiRoot, webhook };
  const running = await startTelegram(stage.bot, config, { second: 4, timeoutMs: 120 });
  await stage.until("the menu", () => stage.server.menu() !== null);
  stage.server.setWebhook("https://other.example");
  await stage.until("a complaint", () => !running.health().ok);
  await running.stop();
  stage.server.fail("getMe", "401");
  errors.push(await startTelegram(stage.bot, config, { second: 4 }).catch((error: unknown) => error));
  expect(errors.length).toBeGreaterThan(3);
  for (const error of errors) {
    expect(error).toBeInstanceOf(Error);
    for (const canary of [secret, stage.server.token.split(":")[1] as string, "/bot"])
      expect(shownOf(error)).not.toContain(canary);
  }
  for (const file of [stage.office.file, `${stage.office.file}-wal`])
    expect(readFileSync(file).includes(secret)).toBe(false);
  await stage.close();
});

/** All that any log could make of an error. */
function shownOf(error: unknown): string {
  const inspected = inspect(error, { depth: 20, showHidden: true });
  return inspected + JSON.stringify(loggable(error)) + String((error as Error).stack);
}
