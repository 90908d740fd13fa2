import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { metricsOf } from "../../src/bot/metrics.ts";
import { startBackingUp } from "../../src/ops/keep-backups.ts";
import { startTicking } from "../../src/scheduler/tick.ts";
import { anOffice } from "../support/office.ts";
import { run } from "../support/scripts.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const documents = [
  "docs/operations.md",
  "docs/runbook.md",
  "docs/security.md",
  "docs/deploy/lantian.service",
  "docs/deploy/Containerfile",
];

test.each(documents)("%s names scripts, settings, files and folders that exist", (path) => {
  const text = read(path);
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  for (const [, name = ""] of text.matchAll(/npm run (?:-s )?([a-z:]+)/g))
    expect(scripts, name).toHaveProperty([name]);
  const settings = read(".env.example");
  for (const [, name = ""] of text.matchAll(
    /\b((?:LANTIAN|SLACK|TELEGRAM|BACKUP|HEARTBEAT|MONITOR)_[A-Z_]+?)(?:_FILE)?\b/g,
  ))
    expect(settings, name).toMatch(new RegExp(`^${name}=`, "m"));
  for (const [, link = ""] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g))
    expect(existsSync(join(root, dirname(path), link)), link).toBe(true);
  for (const [, copied = ""] of text.matchAll(/^COPY ([a-z]+) /gm))
    expect(existsSync(join(root, copied)), copied).toBe(true);
});

test("docs/security.md names files, tests and folders that are there, and judges each point", () => {
  const text = read("docs/security.md");
  const paths = [...text.matchAll(/`((?:src|test|docs)\/[^`]+)`/g)].map(([, path = ""]) => path);
  expect(paths.length).toBeGreaterThan(40);
  for (const path of paths) expect(existsSync(join(root, path)), path).toBe(true);
  const points = text.split("\n").filter((line) => /^\| (?!point|---)/.test(line));
  for (const line of points) expect(line.split(" | ")[1], line).toMatch(/^(yes|part|no|office)$/);
});

test("what the service and the container start is what `npm start` starts", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: { start: string } };
  const command = scripts.start.replace(/^node /, "");
  expect(read("docs/deploy/lantian.service")).toContain(`bin/node ${command}\n`);
  const words = command.split(" ").map((word) => JSON.stringify(word));
  expect(read("docs/deploy/Containerfile")).toContain(`CMD ["node", ${words.join(", ")}]`);
});

test("each metric that the alerts and the table name is printed by a running office, and the other way round", async () => {
  const office = await anOffice();
  const { bot } = office;
  expect((await run("backup", [], bot.store.file)).status).toBe(0);
  const ticking = startTicking(
    bot,
    async () => undefined,
    () => undefined,
  );
  const keeping = startBackingUp({ databaseFile: bot.store.file, backupKeep: 1 }, () => undefined);
  const today = office.bot.office.today(await bot.clock.now());
  const text = await metricsOf(bot, today, { platforms: [ticking, keeping], machineNow: Date.now() });
  await Promise.all([ticking.stop(), keeping.stop()]);
  office.close();

  const printed = new Set([...text.matchAll(/^(lantian_\w+)/gm)].map(([name]) => name));
  const { groups } = parse(read("docs/deploy/alerts.yml")) as { groups: { rules: { expr: string }[] }[] };
  const asked = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)).join("\n");
  const described = read("docs/operations.md");
  for (const named of [asked, described])
    for (const [name] of named.matchAll(/\blantian_\w+/g)) expect(printed, name).toContain(name);
  for (const name of printed) expect(described).toContain(name);
});

test("what the runbook quotes of a refused start is what the code says", () => {
  const said = [
    "src/store/open.ts",
    "src/store/seal.ts",
    "src/ops/self-check.ts",
    "src/ops/rights.ts",
    "src/config.ts",
  ]
    .concat(["src/platforms/web/server.ts", "src/platforms/web/way.ts"])
    .map(read)
    .join("\n");
  const quoted = read("docs/runbook.md").split("## The start is refused")[1]?.split("\n## ")[0] ?? "";
  const lines = [...quoted.matchAll(/^\| `([^`]+)`/gm)].map(([, text = ""]) => text);
  expect(lines.length).toBeGreaterThan(6);
  for (const line of lines)
    for (const piece of line.split("…").map((part) => part.trim()))
      if (!/^(HOST=|Port 8020|others may read \.env)?$/.test(piece)) expect(said, line).toContain(piece);
});
