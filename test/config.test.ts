import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ConfigFault, readConfig } from "../src/config.ts";

test("nothing has to be set", () => {
  expect(readConfig({})).toMatchObject({
    databaseFile: "data/lantian.db",
    plan: "nantong-2020",
    demo: null,
    port: 8020,
    host: "127.0.0.1",
    hasPlatform: false,
    slack: null,
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
    [{ PORT: "70000" }, /^PORT: /],
    [{ LOG_LEVEL: "loud" }, /^LOG_LEVEL: /],
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

test(".env.example documents every LANTIAN_ variable that there is", () => {
  const documented = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  for (const name of documented.match(/LANTIAN_[A-Z]+/g) ?? []) {
    expect(() => readConfig({ [name]: "" })).not.toThrow(/is no setting/);
  }
  expect(documented).toContain("LANTIAN_DEMO");
});
