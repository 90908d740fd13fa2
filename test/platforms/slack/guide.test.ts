import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadRegistry } from "../../../src/bot/registry.ts";
import { manifestOf } from "../../../src/platforms/slack/manifest.ts";

const guide = readFileSync(join(import.meta.dirname, "../../../docs/slack.md"), "utf8");
const { commands } = await loadRegistry();
const { oauth_config, settings, features } = manifestOf(commands, { prefix: "", url: null });
/** Rows of the guide's tables: what stands in backticks in the first cell, each with an explanation beside it. */
const explained = [...guide.matchAll(/^\| ([^|]*`[^|]*) \| ([^|]{5,})/gm)].flatMap(([, names = ""]) =>
  [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
);

test("the guide explains every scope, event and command of the manifest", () => {
  const asked = [
    ...oauth_config.scopes.bot,
    ...settings.event_subscriptions.bot_events,
    ...features.slash_commands.map(({ command }) => command),
  ];
  expect(asked.filter((name) => !explained.includes(name))).toEqual([]);
});

test("the guide explains no scope and no command that there isn't", () => {
  const scopes = explained.filter((name) => /^[a-z_]+:[a-z]+$/.test(name ?? ""));
  expect(scopes.filter((name) => !oauth_config.scopes.bot.includes(name as never))).toEqual([]);
  const slashes = explained.filter((name) => /^\/[a-z-]+$/.test(name ?? ""));
  const known = new Set(features.slash_commands.map(({ command }) => command));
  expect(slashes.filter((name) => !known.has(name ?? ""))).toEqual([]);
});
