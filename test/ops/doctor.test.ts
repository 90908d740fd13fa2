import { appendFileSync, chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, describe, expect, test } from "vitest";
import { healthOf } from "../../src/bot/health.ts";
import { databaseFindings, settingsFindings, troubledDeliveries } from "../../src/ops/examine.ts";
import { manifestOf } from "../../src/platforms/slack/manifest.ts";
import { probeSlack } from "../../src/platforms/slack/probe.ts";
import { probeTelegram } from "../../src/platforms/telegram/probe.ts";
import type { TelegramSettings } from "../../src/platforms/telegram/settings.ts";
import { webhookPath } from "../../src/platforms/telegram/webhook.ts";
import type { Finding } from "../../src/store/inspection.ts";
import { vaultBeside, vaultFolder } from "../../src/store/vault.ts";
import { aPdf, sendingTo } from "../support/evidence.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn, anOffice } from "../support/office.ts";
import { run, runProcess } from "../support/scripts.ts";
import { localSlack } from "../support/slack/server.ts";
import { startTelegramServer } from "../support/telegram/server.ts";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

const bad = (findings: readonly Finding[]) =>
  findings.flatMap(({ ok, name, detail, mend }) => (ok ? [] : [`${name}: ${detail}; ${mend}`]));
const named = (findings: readonly Finding[], name: string) =>
  findings.find((finding) => finding.name === name);

test("a healthy office: a line for each thing, all well, exit status 0, and nothing asked of any network", async () => {
  const ran = await runProcess("doctor", [], await aDatabaseIn(aFolder()), {
    HTTPS_PROXY: "http://127.0.0.1:1",
  });
  expect(ran).toMatchObject({ status: 0, stderr: "" });
  const lines = ran.stdout.trim().split("\n");
  expect(lines.every((line) => /^ok {3}[a-z ()-]+: \S/.test(line))).toBe(true);
  for (const name of [
    "integrity",
    "foreign keys",
    "write-ahead log",
    "disk",
    "audit log",
    "deliveries",
    "messages",
    "kept files",
  ])
    expect(ran.stdout).toContain(` ${name}: `);
});

describe("the settings", () => {
  test.skipIf(process.platform === "win32")(
    "that others may read are named, with the command that mends it",
    () => {
      const file = join(aFolder(), ".env");
      writeFileSync(file, "SLACK_BOT_TOKEN=x\n");
      chmodSync(file, 0o644);
      expect(bad(settingsFindings(file))).toEqual([
        `settings: others may read ${file} (0644); chmod 600 ${file}`,
      ]);
      chmodSync(file, 0o600);
      expect(bad(settingsFindings(file))).toEqual([]);
    },
  );

  test("need not be a file", () => {
    expect(settingsFindings(join(aFolder(), ".env"))).toEqual([]);
  });
});

describe("the database", () => {
  const changed = (file: string, sql: string) => {
    const raw = new Database(file);
    raw.pragma("foreign_keys = OFF");
    raw.exec(sql);
    raw.close();
  };

  test("that isn't there yet is no fault, and isn't made", async () => {
    const file = join(aFolder(), "none.db");
    expect(bad(await databaseFindings(file))).toEqual([]);
    expect(await troubledDeliveries(file)).toEqual([]);
    expect(() => readFileSync(file)).toThrow(/ENOENT/);
  });

  test("that is no database, or is damaged, is said in one line", async () => {
    const file = join(aFolder(), "a.db");
    writeFileSync(file, "县区,指标\n".repeat(500));
    expect(bad(await databaseFindings(file)).join()).toMatch(/^[^\n]*not a database[^\n]*; [^\n]+$/);
    const other = await aDatabaseIn(aFolder());
    const bytes = readFileSync(other);
    bytes.fill(0x41, 8192, 12288);
    writeFileSync(other, bytes);
    expect(bad(await databaseFindings(other)).join("\n")).toContain("restore a backup");
  });

  test.skipIf(process.platform === "win32")(
    "that others may read is named, and so is the folder of its files",
    async () => {
      const file = await aDatabaseIn(aFolder());
      await vaultBeside(file).keep(Buffer.from("x"));
      const folder = vaultFolder(file);
      chmodSync(file, 0o640);
      chmodSync(folder, 0o755);
      expect(bad(await databaseFindings(file))).toEqual([
        `database file: others may read ${file} (0640); chmod 600 ${file}`,
        `folder of kept files: others may read ${folder} (0755); chmod 700 ${folder}`,
      ]);
    },
  );

  test("whose rows refer to nothing, whose log was tampered with, whose deliveries failed", async () => {
    const file = await aDatabaseIn(aFolder());
    changed(
      file,
      `drop trigger issue_event_no_update;
       update issue_event set issue_id = 999999 where id = 1;
       insert into outbox (key, person_id, class, title, created_at, state, last_error)
         values ('test/1', 1, 'must-arrive', '没送到', 0, 'failed', 'GET https://x/bot123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
       insert into inbox (platform, external_id, payload, received_at, state) values ('slack', 'x', '{}', 0, 'failed')`,
    );
    const triggers = new Database(file);
    for (const name of triggers
      .prepare("select name from sqlite_schema where type = 'trigger'")
      .pluck()
      .all())
      triggers.exec(`drop trigger "${name}"`);
    triggers.exec("update audit set actor = '别人' where id = (select min(id) from audit)");
    triggers.close();
    const said = bad(await databaseFindings(file)).join("\n");
    for (const words of [
      "rows refer to nothing",
      "was tampered with",
      "1 failed",
      "1 could not be worked off",
    ])
      expect(said).toContain(words);
    const [line] = await troubledDeliveries(file);
    expect(line).toMatch(/^#\d+ to .+: 没送到 — failed: GET https:\/\/x\/bot\[redacted\]$/);
    expect((await run("doctor", [], file)).status).toBe(1);
  });

  test("of an older version is left for the start to bring up to date", async () => {
    const file = await aDatabaseIn(aFolder());
    const newest = "(select max(created_at) from __drizzle_migrations)";
    changed(file, `delete from __drizzle_migrations where created_at = ${newest}`);
    const migrations = () => {
      const raw = new Database(file, { readonly: true });
      const n = raw.prepare("select count(*) from __drizzle_migrations").pluck().get();
      raw.close();
      return n;
    };
    const before = migrations();
    const findings = await databaseFindings(file);
    expect(named(findings, "version")).toMatchObject({ ok: true, detail: expect.stringContaining("older") });
    expect(bad(findings)).toEqual([]);
    expect(migrations()).toBe(before);
  });
});

describe("the kept files", () => {
  async function anOfficeWithFiles() {
    const office = await anOffice();
    cleanups.push(async () => office.close());
    const sends = sendingTo(office);
    for (const [n, name] of ["方案.pdf", "合同.pdf", "回执.pdf"].entries())
      await sends("海安联络员", "NT-2020-000006", { bytes: aPdf(n), name });
    const [one = "", other = ""] = (await office.bot.store.read((r) => r.evidence.keptFiles())).map(
      ({ sha256 }) => office.bot.vault.placeOf(sha256),
    );
    return { ...office, one, other };
  }

  test("that are all there and whole are counted", async () => {
    const { file } = await anOfficeWithFiles();
    expect(named(await databaseFindings(file), "kept files")).toEqual({
      name: "kept files",
      ok: true,
      detail: "3, each of them whole",
    });
  });

  test("of which one is gone and one was changed are named, with the issue and the way to get them back", async () => {
    const { file, one, other } = await anOfficeWithFiles();
    rmSync(one);
    appendFileSync(other, " ");
    const [said = ""] = bad(await databaseFindings(file));
    expect(said).toContain("kept files: 2 of 3 can't be opened: ");
    expect(said).toMatch(/NT-2020-000006 方案\.pdf \([0-9a-f]{12}\) missing/);
    expect(said).toMatch(/NT-2020-000006 合同\.pdf \([0-9a-f]{12}\) changed/);
    expect(said).toContain(`; take them out of a backup, as the user whose the folder is: tar -xf BACKUP`);
    expect((await run("doctor", [], file)).status).toBe(1);
  });

  test("are looked for by /health too, which is ill while one is missing and well when it is back", async () => {
    const { bot, one } = await anOfficeWithFiles();
    const health = async () => {
      const { ok, parts } = await healthOf(bot, Temporal.PlainDate.from("2020-06-15"));
      return [ok, parts.find(({ name }) => name === "kept files")?.detail];
    };
    const bytes = readFileSync(one);
    rmSync(one);
    expect(await health()).toEqual([false, "1 of 3 are missing"]);
    writeFileSync(one, bytes);
    expect(await health()).toEqual([true, "3"]);
  });
});

describe("Slack", () => {
  const TOKEN = "xoxb-CANARY-1";
  const APP = "xapp-CANARY-1";
  const scopes = manifestOf([], { prefix: "", url: null }).oauth_config.scopes.bot;

  /** A local Slack behind headers of its own. */
  async function aSlack(headers: Record<string, string> = { "x-oauth-scopes": scopes.join(",") }) {
    const slack = await localSlack({ token: TOKEN, appToken: APP });
    const front = createServer(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const answer = await fetch(`${slack.origin}${request.url}`, {
        method: request.method ?? "POST",
        headers: { authorization: request.headers.authorization ?? "" },
        body: Buffer.concat(chunks),
      });
      response.writeHead(answer.status, { "content-type": "application/json", ...headers });
      response.end(await answer.text());
    });
    await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
    cleanups.push(slack.close, async () => front.close());
    const apiUrl = `http://127.0.0.1:${(front.address() as AddressInfo).port}/api/`;
    return { slack, settings: { botToken: TOKEN, signingSecret: "s", appToken: null, apiUrl } };
  }

  test("that knows the bot: tokens, scopes and clock are well, and nothing was sent or changed", async () => {
    const { slack, settings } = await aSlack();
    const findings = await probeSlack({ ...settings, appToken: APP });
    expect(bad(findings)).toEqual([]);
    for (const name of ["slack bot token", "slack scopes", "slack app token", "clock (Slack)"])
      expect(named(findings, name)).toMatchObject({ ok: true });
    expect(slack.calls.map((call) => call.method)).toEqual(["auth.test"]);
  });

  test("that refuses a token, lacks a scope, or has another time: what to do stands beside it", async () => {
    const granted = scopes.filter((scope) => scope !== "im:history").join(", ");
    const date = new Date(Date.now() + 300_000).toUTCString();
    const { settings } = await aSlack({ "x-oauth-scopes": granted, date });
    const said = bad(await probeSlack({ ...settings, appToken: "xapp-CANARY-wrong" })).join("\n");
    expect(said).toMatch(/slack scopes: missing: im:history; .*npm run manifest/);
    expect(said).toMatch(
      /clock \(Slack\): this machine's is (299|300|301|302) s behind Slack's; .*time synchronisation/,
    );
    expect(said).toMatch(/slack app token: Slack refuses it: invalid_auth; .*SLACK_APP_TOKEN/);
    const refused = bad(await probeSlack({ ...settings, botToken: "xoxb-CANARY-wrong" })).join("\n");
    expect(refused).toMatch(/slack bot token: Slack refuses it: invalid_auth; .*SLACK_BOT_TOKEN/);
    expect(said + refused).not.toContain("CANARY");
  });

  test("that isn't there, or doesn't answer, is said without the wait of a lifetime", async () => {
    const { slack, settings } = await aSlack();
    await slack.close();
    cleanups.shift();
    const gone = { ...settings, apiUrl: slack.apiUrl };
    expect(bad(await probeSlack(gone)).join()).toMatch(/^slack: can't be reached \(ECONNREFUSED\); .+$/);
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    cleanups.push(
      async () => silent.closeAllConnections(),
      async () => silent.close(),
    );
    const apiUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/api/`;
    expect(bad(await probeSlack({ ...settings, apiUrl }, 200)).join()).toContain("no answer in 0.2 s");
  });
});

describe("Telegram", () => {
  const SECRET = "CANARYsecret_0123456789abcdefghijklmn";
  const hook = { url: "https://office.example", secret: SECRET };
  const own = `${hook.url}${webhookPath(SECRET)}`;

  async function aTelegram() {
    const server = await startTelegramServer();
    cleanups.push(server.close);
    const config: TelegramSettings = { token: server.token, apiRoot: server.apiRoot, webhook: null };
    const tell = (url: string) =>
      fetch(`${server.apiRoot}/bot${server.token}/setWebhook`, {
        method: "POST",
        body: JSON.stringify({ url, secret_token: SECRET }),
      });
    return { server, config, tell };
  }

  test("that knows the bot and has no webhook", async () => {
    const { server, config } = await aTelegram();
    const findings = await probeTelegram(config);
    expect(bad(findings)).toEqual([]);
    expect(named(findings, "telegram token")?.detail).toBe("@lantian_bot");
    expect(named(findings, "clock (Telegram)")).toMatchObject({ ok: true });
    expect(server.calls.map((call) => call.method)).toEqual(["getMe", "getWebhookInfo"]);
  });

  test("that refuses the token, or isn't there: said without it", async () => {
    const { server, config } = await aTelegram();
    const said = bad(await probeTelegram({ ...config, token: "1:CANARY" })).join();
    expect(said).toMatch(
      /^telegram token: Telegram refuses it: Unauthorized; .*@BotFather.*TELEGRAM_BOT_TOKEN$/,
    );
    await server.close();
    cleanups.shift();
    const gone = bad(await probeTelegram(config)).join();
    expect(gone).toMatch(/^telegram: can't be reached \(ECONNREFUSED\); .+$/);
    expect(said + gone).not.toContain("CANARY");
  });

  test("whose webhook is left over, missing, somebody else's, or failing", async () => {
    const { server, config, tell } = await aTelegram();
    const webhook = async (of: TelegramSettings) => {
      const finding = named(await probeTelegram(of), "telegram webhook");
      return `${finding?.ok ? "ok" : "BAD"} ${finding?.detail}; ${finding?.mend}`;
    };
    const hooked = { ...config, webhook: hook };
    expect(await webhook(hooked)).toMatch(/^BAD Telegram knows of none; start the bot/);
    await tell("https://elsewhere.example/x");
    expect(await webhook(hooked)).toMatch(/^BAD Telegram knows another one, at elsewhere\.example; start/);
    expect(await webhook(config)).toMatch(/^BAD updates go to elsewhere\.example instead/);
    await tell(own);
    expect(await webhook(hooked)).toMatch(/^ok at office\.example/);
    server.troubleWebhook({ pending: 500, at: Date.now() / 1000 - 120, why: "SSL error" });
    const findings = bad(await probeTelegram(hooked)).join("\n");
    expect(findings).toMatch(
      /telegram webhook: failed 2 min ago: SSL error; check that TELEGRAM_WEBHOOK_URL/,
    );
    expect(findings).toMatch(/telegram updates: 500 waiting/);
    expect(findings).not.toContain(webhookPath(SECRET));
  });
});
