import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigFault, consoleWay, readConfig, refuseWhatOthersRead, withSecretFiles } from "../src/config.ts";
import { PROVIDERS } from "../src/platforms/platforms.ts";
import { aFolder } from "./support/folder.ts";

test("nothing has to be set", () => {
  expect(readConfig({})).toMatchObject({
    databaseFile: "data/lantian.db",
    plan: "nantong-2020",
    demo: null,
    port: 8020,
    host: "127.0.0.1",
    platforms: [],
  });
});

test.each([
  ["file:data/a.db", "data/a.db"],
  ["file:///srv/lantian/a.db", "/srv/lantian/a.db"],
  ["/srv/lantian/a.db", "/srv/lantian/a.db"],
])("DATABASE_URL %s is the file %s", (url, file) => {
  expect(readConfig({ DATABASE_URL: url }).databaseFile).toBe(file);
});

test.each([
  ["1", true],
  ["on", true],
  ["0", false],
  ["false", false],
  ["", null],
])("LANTIAN_DEMO=%s is %s", (value, demo) => {
  expect(readConfig({ LANTIAN_DEMO: value }).demo).toBe(demo);
});

describe("refused in one line that names the variable", () => {
  test.each([
    [{ LANTIAN_DEM0: "1" }, /^LANTIAN_DEM0 .*LANTIAN_DEMO\?$/],
    [{ LANTIAN_DEMO: "perhaps" }, /^LANTIAN_DEMO: /],
    [{ LANTIAN_NOW: "yesterday" }, /^LANTIAN_NOW: .*2020-06-15T09:00/],
    [{ PORT: "eighty" }, /^PORT: /],
    [{ BACKUP_KEEP: "-1" }, /^BACKUP_KEEP: /],
    [{ BACKUP_KEEP: "many" }, /^BACKUP_KEEP: /],
    [{ HEARTBEAT_URL: "ftp://a.example/beat" }, /^HEARTBEAT_URL: /],
    [{ HEARTBEAT_URL: "a.example" }, /^HEARTBEAT_URL: /],
    [{ MONITOR_TOKEN: "m".repeat(31) }, /^MONITOR_TOKEN: .*32 characters/],
    [{ PORT: "70000" }, /^PORT: /],
    [{ LOG_LEVEL: "loud" }, /^LOG_LEVEL: /],
    [{ SLACK_BOT_TOKEN: "xoxb-1" }, /^SLACK_BOT_TOKEN: alone is not enough/],
    [{ TELEGRAM_BOT_TOKEN: "token" }, /^TELEGRAM_BOT_TOKEN: is no bot token/],
    [
      { TELEGRAM_BOT_TOKEN: "1:a", TELEGRAM_WEBHOOK_URL: "http://a.example" },
      /^TELEGRAM_WEBHOOK_URL: .*; TELEGRAM_WEBHOOK_SECRET: /,
    ],
    [{ PORT: "x", LOG_LEVEL: "loud" }, /PORT: .*; LOG_LEVEL: /],
  ])("%j", (environment, says) => {
    let message = "";
    try {
      readConfig(environment);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigFault);
      message = (error as Error).message;
    }
    expect(message).toMatch(says);
    expect(message).not.toContain("\n");
  });
});

test("what other programs have in the environment is none of ours", () => {
  expect(() => readConfig({ HOME: "/root", LANG: "zh_CN.UTF-8", TZ: "UTC" })).not.toThrow();
});

test("a chat platform is configured by its own variables, which say what they are for", () => {
  const documented = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  for (const { settings, guide } of PROVIDERS) {
    expect(existsSync(new URL(`../${guide}`, import.meta.url)), guide).toBe(true);
    for (const [name, variable] of Object.entries(settings.in.shape)) {
      expect(documented).toMatch(new RegExp(`^${name}=$`, "m"));
      expect(variable.description, name).toMatch(/\w/);
    }
  }
});

test(".env.example documents every LANTIAN_ variable that there is", () => {
  const documented = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  for (const name of documented.match(/LANTIAN_[A-Z_]+/g) ?? []) {
    expect(() => readConfig({ [name]: "" })).not.toThrow(/is no setting/);
  }
  expect(documented).toContain("LANTIAN_DEMO");
});

describe("there are two ways to the console and no third", () => {
  const SLACK = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" };
  const wayBy = (environment: Record<string, string>) => consoleWay(readConfig(environment));

  test.each<[Record<string, string>, object]>([
    [{}, { kind: "loopback" }],
    [{ HOST: "127.0.0.2" }, { kind: "loopback" }],
    [{ HOST: "::1" }, { kind: "loopback" }],
    [{ HOST: "localhost", ...SLACK }, { kind: "loopback" }],
    [
      { PUBLIC_URL: "https://a.example", ...SLACK },
      { kind: "public", origin: "https://a.example" },
    ],
    [
      { PUBLIC_URL: "https://A.example:443/", ...SLACK },
      { kind: "public", origin: "https://a.example" },
    ],
    [
      { PUBLIC_URL: "https://a.example:8443", HOST: "0.0.0.0", ...SLACK },
      { kind: "public", origin: "https://a.example:8443" },
    ],
    [{ HOST: "0.0.0.0", LANTIAN_DEMO: "1", LANTIAN_OPEN_DEMO: "1" }, { kind: "open demonstration" }],
  ])("%j", (environment, way) => {
    expect(wayBy(environment)).toEqual(way);
  });

  test.each<[Record<string, string>, RegExp]>([
    [{ HOST: "0.0.0.0" }, /^HOST=0\.0\.0\.0 /],
    [{ HOST: "::" }, /^HOST=::/],
    [{ HOST: "192.168.1.9" }, /^HOST=/],
    [{ HOST: "localhost.example" }, /^HOST=/],
    [{ HOST: "0.0.0.0", ...SLACK }, /PUBLIC_URL/],
    [{ HOST: "0.0.0.0", LANTIAN_DEMO: "1" }, /LANTIAN_OPEN_DEMO=1/],
    [{ HOST: "0.0.0.0", LANTIAN_OPEN_DEMO: "1" }, /LANTIAN_DEMO=1/],
    [{ LANTIAN_DEMO: "0", LANTIAN_OPEN_DEMO: "1" }, /LANTIAN_DEMO=1/],
    [{ PUBLIC_URL: "https://a.example" }, /needs a chat platform/],
    [{ PUBLIC_URL: "http://a.example", ...SLACK }, /^PUBLIC_URL: /],
    [{ PUBLIC_URL: "https://a.example/console", ...SLACK }, /^PUBLIC_URL: /],
    [{ PUBLIC_URL: "https://a.example/?x", ...SLACK }, /^PUBLIC_URL: /],
    [{ PUBLIC_URL: "https://me:secret@a.example", ...SLACK }, /^PUBLIC_URL: /],
    [{ PUBLIC_URL: "a.example", ...SLACK }, /^PUBLIC_URL: /],
    [{ PUBLIC_URL: "https://a.example", LANTIAN_DEMO: "1", LANTIAN_OPEN_DEMO: "1", ...SLACK }, /contradict/],
  ])("%j is refused", (environment, says) => {
    expect(() => wayBy(environment)).toThrow(ConfigFault);
    expect(() => wayBy(environment)).toThrow(says);
  });
});

describe("secrets out of files of their own", () => {
  const holding = (text: string) => {
    const file = join(aFolder(), "secret");
    writeFileSync(file, text);
    return file;
  };

  test.each([
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_APP_TOKEN",
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_WEBHOOK_SECRET",
  ])("%s_FILE", (name) => {
    expect(withSecretFiles({ [`${name}_FILE`]: holding("s3cret\n") })[name]).toBe("s3cret");
  });

  test("other programs' files, an empty name and what is no secret are left alone", () => {
    const given = { GITHUB_TOKEN_FILE: "/nowhere", SLACK_BOT_TOKEN_FILE: "", SLACK_API_URL_FILE: "/nowhere" };
    expect(withSecretFiles(given)).toEqual(given);
  });

  test.each<[Record<string, string>, RegExp]>([
    [
      { SLACK_BOT_TOKEN_FILE: "/nowhere/slack" },
      /^SLACK_BOT_TOKEN_FILE: cannot read \/nowhere\/slack: ENOENT/,
    ],
    [
      { SLACK_BOT_TOKEN: "xoxb-1", SLACK_BOT_TOKEN_FILE: "/nowhere" },
      /SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set/,
    ],
    [{ TELEGRAM_BOT_TOKEN_FILE: "/dev/null" }, /^TELEGRAM_BOT_TOKEN_FILE: .* is empty/],
  ])("%j is refused", (given, says) => {
    expect(() => withSecretFiles(given)).toThrow(ConfigFault);
    expect(() => withSecretFiles(given)).toThrow(says);
  });
});

test.skipIf(process.platform === "win32").each([
  [0o600, null],
  [0o400, null],
  [0o640, /chmod 600 .*其他用户可读/],
  [0o604, /chmod 600/],
])("a file of settings with the rights %o is accepted, or refused in one line: %s", (rights, says) => {
  const file = join(aFolder(), ".env");
  writeFileSync(file, "SLACK_BOT_TOKEN=xoxb-secret");
  chmodSync(file, rights);
  if (says === null) return refuseWhatOthersRead(file);
  expect(() => refuseWhatOthersRead(file)).toThrow(says);
  expect(() => refuseWhatOthersRead(file)).not.toThrow(/xoxb|\n/);
});
