import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";
import { type Ran, run, runProcess } from "../support/scripts.ts";
import { TEAM } from "../support/slack/memory.ts";
import { senderOf } from "../support/slack/sender.ts";
import { type Fault, localSlack } from "../support/slack/server.ts";
import { startTelegramServer } from "../support/telegram/server.ts";
import { until } from "../support/until.ts";
import { addressOf, startBot } from "./console.ts";

/** Secrets that must be found nowhere; each would be known at sight. */
const SECRETS = {
  botToken: "xoxb-7700-7701-CANARYslackbot",
  appToken: "xapp-1-A77-7702-CANARYslackapp",
  signing: "CANARYsigning0123456789abcdef",
  verification: "canary-verification-token",
  telegram: "770077007:CANARYtelegramtoken_0123456789abcdefg",
  webhook: "CANARYwebhook_0123456789abcdefghijklmnop",
};

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

/** A demonstration office whose people are reached on platforms of this machine's own. */
async function anOfficeOnPlatforms() {
  const folder = aFolder();
  const file = await aDatabaseIn(folder);
  const slack = await localSlack({ token: SECRETS.botToken, appToken: SECRETS.appToken });
  const telegram = await startTelegramServer({ token: SECRETS.telegram, second: 20 });
  cleanups.push(slack.close, telegram.close);
  slack.addUser("U1");
  slack.addChannel("C0GENERAL", ["U1"]);
  const raw = new Database(file);
  const link = (name: string, platform: string, workspace: string, key: string) => {
    const id = raw.prepare("select id from person where name = ?").pluck().get(name);
    raw
      .prepare(
        "insert into account (platform, workspace, user_key, person_id, created_at) values (?, ?, ?, ?, 0)",
      )
      .run(platform, workspace, key, id);
    raw.prepare("update person set push_platform = ? where id = ?").run(platform, id);
  };
  link("市办", "slack", TEAM, "U1");
  link("海安联络员", "telegram", "", "4000");
  link("海安领导", "slack", TEAM, "U2");
  raw.close();
  const env = {
    LOG_LEVEL: "trace",
    SLACK_BOT_TOKEN: SECRETS.botToken,
    SLACK_API_URL: slack.apiUrl,
    TELEGRAM_BOT_TOKEN: SECRETS.telegram,
    TELEGRAM_API_ROOT: telegram.apiRoot,
  };
  return { folder, file, slack, telegram, env };
}

/** Wherever a secret stands: in what was printed, in the database, its logs and copies, in what people were shown. */
function found(folder: string, ran: readonly Ran[], shown: unknown): string[] {
  const places: [string, string][] = [
    ...ran.flatMap(({ stdout, stderr }, i): [string, string][] => [
      [`stdout ${i}`, stdout],
      [`stderr ${i}`, stderr],
    ]),
    ["shown", JSON.stringify(shown)],
  ];
  for (const name of readdirSync(folder)) places.push([name, readFileSync(join(folder, name), "latin1")]);
  // Also without what stands before the colon or the last hyphen: half a token is a token.
  const pieces = Object.values(SECRETS).flatMap((secret) => [
    secret,
    ...secret.split(/[:-]/).filter((piece) => piece.startsWith("CANARY")),
  ]);
  return places.flatMap(([place, text]) =>
    pieces.filter((piece) => text.includes(piece)).map((piece) => `${piece} in ${place}`),
  );
}

test("a secret would be found, whole or in part, in print and in the file", async () => {
  const folder = aFolder();
  const leak = { status: 0, stdout: "", stderr: `GET /bot${SECRETS.telegram}/getMe failed` };
  writeFileSync(join(folder, "lantian.db"), `\0\0${SECRETS.botToken.slice(15)}\0`);
  expect(found(folder, [leak], { at: SECRETS.webhook }).map((where) => where.replace(/^.* in /, ""))).toEqual(
    expect.arrayContaining(["stderr 0", "lantian.db", "shown"]),
  );
});

const slackFaults: Fault[] = [
  "429",
  "ratelimited",
  "500 before",
  "500 after",
  "reset before",
  "reset after",
  "cut answer after",
];

test("over HTTP and fetching: whatever fails, no secret is in a log, the database, a backup or a chat", async () => {
  const { folder, file, slack, telegram, env } = await anOfficeOnPlatforms();
  const bot = startBot(file, { ...env, SLACK_SIGNING_SECRET: SECRETS.signing });
  const url = await addressOf(bot);
  const sends = senderOf(slack, { url: () => `${url}/slack/events`, secret: SECRETS.signing });
  expect((await sends.command("U1", "/county", "海安")).status).toBe(200);
  telegram.says(4000, "海安");
  await until(() => slack.ephemeral.length > 0 && telegram.to(4000).length > 0);

  let turn = 0;
  slack.atRandom(() => slackFaults[turn++ % (slackFaults.length * 2)] ?? null);
  telegram.failAtRandom(0.4, ["429", "500-before", "500-after", "502-html", "reset-before", "reset-after"]);
  for (let i = 0; i < 6; i++) {
    await sends.command("U1", "/assign", `海安 裸土未覆盖${i}`);
    await sends.message("U1", "海安");
    telegram.says(4000, "今日");
    telegram.bring(telegram.messageOf(4000, 4000, { document: { file_id: "none", file_name: "a.xlsx" } }));
  }
  // Forged, malformed, not meant for anybody.
  await sends.raw(`token=${SECRETS.verification}&command=/county`, { secret: "not-the-secret" });
  await sends.raw(`{"token":"${SECRETS.verification}",`, { type: "application/json" });
  await fetch(`${url}/telegram/${SECRETS.webhook}`, { method: "POST", body: SECRETS.telegram });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  slack.revoke(true);
  await sends.command("U1", "/assign", "海安 停用之后");
  telegram.fail("getUpdates", "401");
  telegram.fail("sendMessage", "401");
  telegram.says(4000, "海安");
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await (await fetch(`${url}/health`)).text()).toContain("deliveries");
  const ended = await bot.stop();
  expect(ended.status).toBe(0);
  expect(ended.stderr).not.toBe("");

  slack.atRandom(null);
  const settings = { ...env, SLACK_SIGNING_SECRET: SECRETS.signing };
  const refused = await runProcess("start", [], file, { ...settings, PORT: "0" });
  expect(refused.status).toBe(2);
  const doctor = await run("doctor", [], file, settings);
  expect(doctor.status).toBe(1);
  expect(doctor.stdout).toContain("BAD  slack bot token");
  const backup = await run("backup", [join(folder, "copy.db")], file, settings);
  expect(backup.status).toBe(0);
  const shown = [slack.ephemeral, [...slack.channels.values()], telegram.sent];
  expect(found(folder, [ended, refused, doctor, backup], shown)).toEqual([]);
});

test("over Socket Mode and a webhook: the same", async () => {
  const { folder, file, slack, telegram, env } = await anOfficeOnPlatforms();
  const settings = {
    ...env,
    SLACK_APP_TOKEN: SECRETS.appToken,
    TELEGRAM_WEBHOOK_URL: "https://office.example",
    TELEGRAM_WEBHOOK_SECRET: SECRETS.webhook,
  };
  const bot = startBot(file, settings);
  const url = await addressOf(bot);
  await until(() => slack.socketMode.open().length === 2 && telegram.webhook() !== null);
  const path = new URL(telegram.webhook()?.url ?? "").pathname;
  const update = (text: string, secret: string) =>
    fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
      body: JSON.stringify(telegram.makes(telegram.messageOf(4000, 4000, { text }))),
    });
  expect((await update("海安", "forged")).status).toBe(401);
  expect((await update("海安", SECRETS.webhook)).status).toBe(200);
  const sends = senderOf(slack, { url: () => url, secret: "" });
  const envelope = (id: string, text: string) => ({
    envelope_id: id,
    type: "slash_commands",
    payload: Object.fromEntries(new URLSearchParams(sends.commandBody("U1", "/county", text, "C0GENERAL"))),
  });
  slack.socketMode.deliver(envelope("e1", "海安"));
  await until(() => slack.ephemeral.length > 0 && telegram.to(4000).length > 0);
  slack.atRandom(() => "reset after");
  telegram.fail("sendMessage", "reset-after", "401");
  slack.socketMode.deliver(envelope("e2", "如皋"));
  await update("如皋", SECRETS.webhook);
  for (const connection of slack.socketMode.open()) connection.drop();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const ended = await bot.stop();
  expect(ended.status).toBe(0);
  const doctor = await run("doctor", [], file, settings);
  expect(found(folder, [ended, doctor], [slack.ephemeral, telegram.sent])).toEqual([]);
});
