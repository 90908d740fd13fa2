import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn, anOffice } from "../support/office.ts";
import { run, runJson, start, startHere } from "../support/scripts.ts";
import { addressOf } from "./console.ts";

/** Seeds the template before the clock of a single test runs. */
beforeAll(async () => (await anOffice()).close());

const FREE = { PORT: "0", LOG_LEVEL: "silent" };

test("starts, answers on its address, and ends cleanly when told to", async () => {
  const file = await aDatabaseIn(aFolder());
  const running = start("start", [], file, FREE);
  const url = await addressOf(running);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(await (await fetch(`${url}/metrics`)).text()).toContain("lantian_outbox_deliveries");

  // The terminal works beside it; that a second bot doesn't, `instances` holds.
  expect((await run("say", ["--as", "市办", "海安"], file)).status).toBe(0);

  const ended = await running.stop();
  expect(ended).toMatchObject({ status: 0, stderr: "" });
  expect(ended.stdout).toContain("演示数据");
});

test("an occupied port is said in one line, exit status 2", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const port = String((taken.address() as AddressInfo).port);
  const ran = await startHere([], await aDatabaseIn(aFolder()), { ...FREE, PORT: port }).ended;
  taken.close();
  expect(ran).toMatchObject({ status: 2, stdout: "" });
  expect(ran.stderr.trim()).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is already in use.*$`));
});

test("a new office that runs on real data prints a code at each start until it has a member; the one before is void", async () => {
  const file = join(aFolder(), "a.db");
  const env = { ...FREE, LANTIAN_DEMO: "0" };
  const printed = /绑定 ([A-Z2-9]{8}) {2}within 24 hours/;
  const before = startHere([], file, env);
  const [, earlier = ""] = await before.said(printed);
  await before.stop();
  const running = startHere([], file, env);
  const url = await addressOf(running);
  const [, code = ""] = await running.said(printed);
  expect((await runJson("say", [`绑定 ${earlier}`], file)).json).toMatchObject({
    ok: false,
    error: { code: "bad-code" },
  });
  const linked = await runJson("say", [`绑定 ${code}`], file);
  expect(linked.json).toMatchObject({ ok: true, facts: { person: "市办", role: "office" } });
  expect(linked.json.card.text).not.toContain("演示数据");
  const session = (await (await fetch(`${url}/api/session`)).json()) as { demo: boolean; people: unknown[] };
  expect(session).toMatchObject({ demo: false, people: [] });
  expect((await running.stop()).status).toBe(0);
  // On an administrator's word there is one more, whoever is of the office already.
  const asked = startHere(["--office-code"], file, env);
  expect((await asked.said(printed)).input).toContain("Another member of the office");
  await asked.stop();
});
