import { expect, test } from "vitest";
import { loadRegistry } from "../../../src/bot/registry.ts";
import { manifestOf } from "../../../src/platforms/slack/manifest.ts";

const { commands } = await loadRegistry();

test("every command there is has its own slash command, with a Chinese description, within Slack's limits", () => {
  const { features, display_information, oauth_config, settings } = manifestOf(commands, {
    prefix: "",
    url: "https://bot.example.org/",
  });
  const slashes = features.slash_commands;
  expect(slashes).toHaveLength(commands.length);
  expect(new Set(slashes.map((s) => s.command)).size).toBe(commands.length);
  for (const slash of slashes) {
    expect(slash.command).toMatch(/^\/[a-z0-9_-]{1,31}$/);
    expect(slash.description).toMatch(/\p{Script=Han}/u);
    expect(slash.url).toBe("https://bot.example.org/slack/events");
  }
  expect(display_information.name.length).toBeLessThanOrEqual(35);
  expect(display_information.description.length).toBeLessThanOrEqual(140);
  expect(features.bot_user.display_name.length).toBeLessThanOrEqual(80);
  expect(oauth_config.scopes.bot).toContain("chat:write");
  expect(settings).toMatchObject({ socket_mode_enabled: false, interactivity: { is_enabled: true } });
});

test("names that are Slack's own are avoided, whatever the prefix", () => {
  const names = (prefix: string) =>
    manifestOf(commands, { prefix, url: null }).features.slash_commands.map((s) => s.command);
  expect(names("")).toContain("/lt-invite");
  expect(names("")).not.toContain("/invite");
  expect(names("")).toContain("/county");
  expect(names("hb-").every((name) => name.startsWith("/hb-"))).toBe(true);
});

test("without an address it is a manifest for Socket Mode", () => {
  const manifest = manifestOf(commands, { prefix: "", url: null });
  expect(manifest.settings.socket_mode_enabled).toBe(true);
  expect(JSON.stringify(manifest)).not.toContain("request_url");
});

test("it may be installed in a whole organisation only where that is asked for", () => {
  const mayBe = (options: object) =>
    manifestOf(commands, { prefix: "", url: null, ...options }).settings.org_deploy_enabled;
  expect([mayBe({}), mayBe({ orgWide: true })]).toEqual([false, true]);
});

test("a prefix that Slack would not take is refused", () => {
  expect(() => manifestOf(commands, { prefix: "蓝天-", url: null })).toThrow(/small Latin letters/);
  expect(() => manifestOf(commands, { prefix: "x".repeat(40), url: null })).toThrow(/32 signs/);
  for (const url of ["http://bot.example.org", "bot.example.org", "https://", ""])
    expect(() => manifestOf(commands, { prefix: "", url }), url).toThrow(/https addresses only/);
});
