import { once } from "node:events";
import { statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { startChild } from "../../support/child.ts";
import { anOffice } from "../../support/office.ts";
import type { ChildSettings } from "../../support/slack/child.ts";
import { hurriedClock } from "../../support/slack/clock.ts";
import { TEAM } from "../../support/slack/memory.ts";
import { SECRET, TOKEN } from "../../support/slack/office.ts";
import { senderOf } from "../../support/slack/sender.ts";
import { localSlack } from "../../support/slack/server.ts";
import { until } from "../../support/until.ts";

const script = join(import.meta.dirname, "../../support/slack/child.ts");
const clock = { start: Date.now(), speed: 60 };
const ROWS = 18_000;

const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** Days of nine counties from 2013 on, none of which the demonstration has. */
function table(): Uint8Array {
  const counties = ["海安", "如皋", "如东", "启东", "崇川", "港闸", "通州", "市开发区", "通州湾示范区"];
  const lines = ["日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h"];
  for (let date = Temporal.PlainDate.from("2013-06-01"); lines.length <= ROWS; date = date.add({ days: 1 }))
    for (const county of counties) lines.push(`${date},${county},35,60,9,30,1.0,90`);
  return new TextEncoder().encode(lines.join("\n"));
}

// When it is killed: as soon as the file was fetched; with a part of the rows written to the log; and, though it may be
// too late to be in the midst, once rows can be read.
test.each(["fetched", "writing", "committed"] as const)(
  "killed in the midst of an import (%s): nothing of the file or all of it, and its sender is told at the next start",
  async (moment) => {
    const office = await anOffice();
    const slack = await localSlack({ token: TOKEN, now: hurriedClock(clock.start, clock.speed).now });
    const port = await freePort();
    const settings: ChildSettings = {
      ...{ file: office.file, port, apiUrl: slack.apiUrl, botToken: TOKEN, signingSecret: SECRET },
      ...{ timeoutMs: 5000, clock },
    };
    const start = () => {
      const child = startChild(script, JSON.stringify(settings));
      return { child, isUp: once(child.stdout, "data") };
    };
    let bot = start();
    const kill = async () => {
      const gone = once(bot.child, "exit");
      bot.child.kill("SIGKILL");
      await gone;
    };
    onTestFinished(async () => {
      bot.child.kill("SIGKILL");
      await slack.close();
      office.close();
    });
    const raw = new Database(office.file, { readonly: true });
    onTestFinished(() => void raw.close());
    const entered = () =>
      raw.prepare("select count(*) from region_day where date < '2019' and pm25 is not null").pluck().get();
    const batches = () => raw.prepare("select count(*) from batch").pluck().get();
    const user = slack.addUser("U0001");
    await office.bot.store.write(async ({ people }) => {
      const person = await people.byName("市办");
      await people.bind(person?.id ?? 0, { platform: "slack", workspace: TEAM, userKey: user }, 0);
    });
    await bot.isUp;
    const sends = senderOf(slack, { url: () => `http://127.0.0.1:${port}/slack/events`, secret: SECRET });
    const bytes = table();
    const url = slack.addFile("F1", { bytes, type: "application/octet-stream" });
    const shared = { id: "F1", name: "历年.csv", size: bytes.length, mode: "hosted", url_private: url };
    const log = () => statSync(`${office.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    const before = log();
    const sent = await sends.message(user, "", { subtype: "file_share", files: [shared] });
    expect(sent.status).toBe(200);
    await until(() => slack.fileCalls.length > 0);
    if (moment === "writing") await until(() => log() > before + 200_000 || entered() !== 0);
    if (moment === "committed") await until(() => entered() !== 0);
    await kill();
    expect([0, ROWS]).toContain(entered());
    expect(batches()).toBe(entered() === 0 ? 0 : 1);

    bot = start();
    await bot.isUp;
    const answered = () => JSON.stringify(slack.directTo(user).map(({ blocks }) => blocks));
    await until(() => /已导入：历年|历年.*中途停止，什么也没有导入。请重新发送/.test(answered()));
    const isIn = answered().includes("已导入");
    expect([entered(), batches()]).toEqual(isIn ? [ROWS, 1] : [0, 0]);
    expect(raw.prepare("select count(*) from import_run").pluck().get()).toBe(0);
    if (moment === "committed") expect(isIn).toBe(true);
    if (moment === "committed" && !/新增[^未]*18000/.test(answered()))
      expect(answered()).toContain("导入的文件相同");
  },
);
