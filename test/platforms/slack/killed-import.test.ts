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
const full = process.env.TEST_FULL === "1";
const ROWS = full ? 6_300 : 2_700;
const COUNTIES = ["海安", "如皋", "如东", "启东", "崇川", "港闸", "通州", "市开发区", "通州湾示范区"];

const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** Days of the counties from a day on, before 2019: the demonstration has none of them. */
function table(from: string): Uint8Array {
  const days = Array.from({ length: ROWS / COUNTIES.length }, (_, n) =>
    Temporal.PlainDate.from(from).add({ days: n }),
  );
  const lines = days.flatMap((date) => COUNTIES.map((county) => `${date},${county},35,60,9,30,1.0,90`));
  return new TextEncoder().encode(["日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h", ...lines].join("\n"));
}

/**
 * When it is killed: as soon as the file was fetched; with a part of the rows written to the log; and, though it may be too
 * late to be in the midst, once rows can be read. Each with a file of its own, from its day on.
 */
const MOMENTS = [
  ["fetched", "2013-01-01"],
  ["writing", "2015-01-01"],
  ["committed", "2017-01-01"],
] as const;

test("killed in the midst of an import: nothing of the file or all of it, and its sender is told at the next start", async () => {
  const office = await anOffice();
  const slack = await localSlack({ token: TOKEN, now: hurriedClock(clock.start, clock.speed).now });
  const port = await freePort();
  const settings: ChildSettings = {
    ...{ file: office.file, port, apiUrl: slack.apiUrl, botToken: TOKEN, signingSecret: SECRET },
    ...{ timeoutMs: 5000, clock },
  };
  const start = async () => {
    const child = startChild(script, JSON.stringify(settings));
    await once(child.stdout, "data");
    return child;
  };
  const user = slack.addUser("U0001");
  await office.bot.store.write(async ({ people }) => {
    const person = await people.byName("市办");
    await people.bind(person?.id ?? 0, { platform: "slack", workspace: TEAM, userKey: user }, 0);
  });
  const raw = new Database(office.file, { readonly: true });
  let bot = await start();
  onTestFinished(async () => {
    bot.kill("SIGKILL");
    await slack.close();
    raw.close();
    office.close();
  });
  const sends = senderOf(slack, { url: () => `http://127.0.0.1:${port}/slack/events`, secret: SECRET });
  const log = () => statSync(`${office.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const count = (sql: string) => raw.prepare(`select count(*) from ${sql}`).pluck().get() as number;

  // That a file that was fetched and not yet read is spoken of at the next start, the console's killed import holds each time.
  for (const [moment, from] of full ? MOMENTS : MOMENTS.slice(1)) {
    const name = `历年${from.slice(0, 4)}`;
    const to = Temporal.PlainDate.from(from).add({ years: 2 });
    const entered = () => count(`region_day where date >= '${from}' and date < '${to}' and pm25 is not null`);
    const batches = () => count("batch");
    const [batchesBefore, fetchedBefore, logBefore] = [batches(), slack.fileCalls.length, log()];
    const toldBefore = slack.directTo(user).length;
    const bytes = table(from);
    const url = slack.addFile(moment, { bytes, type: "application/octet-stream" });
    const shared = { id: moment, name: `${name}.csv`, size: bytes.length, mode: "hosted", url_private: url };
    const sent = await sends.message(user, "", { subtype: "file_share", files: [shared] });
    expect(sent.status).toBe(200);
    await until(() => slack.fileCalls.length > fetchedBefore);
    if (moment === "writing") await until(() => log() > logBefore + 200_000 || entered() !== 0);
    if (moment === "committed") await until(() => entered() !== 0);
    const gone = once(bot, "exit");
    bot.kill("SIGKILL");
    await gone;
    expect([0, ROWS], moment).toContain(entered());
    expect(batches() - batchesBefore, moment).toBe(entered() === 0 ? 0 : 1);

    // The bot that the next moment finds is the one that has started anew.
    bot = await start();
    const told = () => slack.directTo(user).slice(toldBefore);
    const answered = () => JSON.stringify(told().map(({ blocks }) => blocks));
    const isIn = () => answered().includes(`已导入：${name}`);
    const stopped = new RegExp(`${name}[^\\]]*中途停止，什么也没有导入。请重新发送`);
    await until(() => isIn() || stopped.test(answered()));
    expect([moment, entered(), batches() - batchesBefore]).toEqual([
      moment,
      ...(isIn() ? [ROWS, 1] : [0, 0]),
    ]);
    expect(count("import_run")).toBe(0);
    if (moment === "committed") expect(isIn()).toBe(true);
    if (moment === "committed" && !new RegExp(`新增[^未]*${ROWS}`).test(answered()))
      expect(answered()).toContain("导入的文件相同");
  }
});
