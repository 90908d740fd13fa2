import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { receive } from "../../src/delivery/inbound.ts";
import { startLanes } from "../../src/delivery/lanes.ts";
import { roundsOf } from "../../src/delivery/rounds.ts";
import { textOf } from "../../src/ops/card-text.ts";
import { webDoor } from "../../src/platforms/web/door.ts";
import { officeConsole } from "../../src/platforms/web/office-console.ts";
import { startWebConsole } from "../../src/platforms/web/server.ts";
import { keyHashOf } from "../../src/platforms/web/sign-ins.ts";
import { walk } from "../../src/scheduler/walk.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { aSlackOffice } from "../support/slack/office.ts";
import { aStage } from "../support/telegram/stage.ts";
import { until } from "../support/until.ts";
import { openPage } from "../support/web/page.ts";

const CHANGE = "交办 海安 “没有地方写” 3个工作日";
const titles = async ({ bot }: Pick<AnOffice, "bot">) =>
  (await bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 1000))).rows
    .map(({ title }) => title)
    .filter((title) => title === "没有地方写");

/** Ways in which nothing can be written, each with what people are told of it. */
const FAULTS = [
  ["a file that can only be read", "数据库文件不可写入", (office: AnOffice) => office.writesNothing()],
  [
    "another program that holds the database",
    "数据库正被另一个程序占用",
    ({ file }: AnOffice) => {
      const other = new Database(file);
      other.exec("BEGIN IMMEDIATE");
      return () => other.close();
    },
  ],
] as const;

test.each(FAULTS)(
  "on the console, with %s, a question is answered, a change says that it wasn't done and when to try, and both work again afterwards",
  async (_, why, hinder) => {
    const office = await anOffice();
    const faults: string[] = [];
    const report = (error: unknown) => void faults.push(String(error));
    const rounds = roundsOf(office.bot, [webDoor(office.bot)], report);
    const service = officeConsole({ ...office.bot, report }, { rounds, walk });
    const web = await startWebConsole(service, { host: "127.0.0.1", port: 0, onFailure: report });
    const page = await openPage(web.url);
    onTestFinished(async () => {
      page.disconnect();
      await rounds.stop();
      await web.close();
      office.close();
    });
    const id = (await office.speakerOf("市办")).person?.id ?? 0;
    const identity = { platform: "web", workspace: "", userKey: keyHashOf(page.key()) };
    await office.bot.store.write((w) => w.people.bind(id, identity, 0));
    const said = async (text: string) => {
      const all = await page.asks("say", { text });
      return { ids: all.map((one) => one.id), answer: all.at(-1)?.card };
    };
    await said("全市");
    const ends = hinder(office);
    const asked = await said("排名 5月");
    expect(asked.answer?.title).toContain("排名");
    // It stands below what the page has, and above what will come.
    const newest = await office.bot.store.read((r) => r.messages.newestId());
    expect(asked.ids.every((one) => one > newest && one < newest + 1)).toBe(true);
    const refused = textOf(await said(CHANGE).then(({ answer }) => answer as never));
    expect(refused).toContain(why);
    expect(refused).toMatch(/没有办理.*再试/);
    expect(await titles(office)).toEqual([]);
    ends();
    await said(CHANGE);
    expect(await titles(office)).toEqual(["没有地方写"]);
    expect(faults).not.toEqual([]);
  },
);

test("in Slack, while nothing can be written, a question is answered once and acknowledged; a change is neither acknowledged nor lost", async () => {
  const here = await aSlackOffice();
  onTestFinished(() => here.close());
  const user = await here.link("市办");
  const stands = () => here.slack.directTo(user).map(({ blocks }) => here.seen(blocks));
  const ends = here.office.writesNothing();
  expect((await here.sends.message(user, "排名 5月")).status).toBe(200);
  expect(stands()).toEqual([expect.stringContaining("排名")]);
  const command = await here.sends.command(user, "/assign", "海安 “没有地方写” 3个工作日");
  expect(command.status).toBe(200);
  expect(here.told(user).length + stands().length).toBeGreaterThan(1);
  const event = await here.sends.message(user, CHANGE);
  expect(event.status).not.toBe(200);
  expect(stands().at(-1)).toMatch(/数据库文件不可写入.*没有办理.*会自动办理/s);
  expect(await titles(here)).toEqual([]);
  ends();
  const before = stands().length;
  expect((await here.sends.message(user, CHANGE)).status).toBe(200);
  await here.settled();
  expect(await titles(here)).toEqual(["没有地方写"]);
  expect(stands()).toHaveLength(before + 1);
});

test("in a Slack channel, while nothing can be written, a command is answered quietly, and a stranger's mentions once", async () => {
  const here = await aSlackOffice();
  onTestFinished(() => here.close());
  const user = await here.link("市办");
  const stranger = here.slack.addUser("U0STRANGER");
  here.slack.addChannel("C0HAIAN", [user, stranger]);
  here.office.writesNothing();
  await here.sends.command(user, "/today", "", "C0HAIAN");
  expect(here.told(user).map(({ blocks }) => here.seen(blocks))).toEqual([
    expect.stringContaining("今日待办"),
  ]);
  expect(here.slack.directTo(user)).toEqual([]);
  for (let i = 0; i < 3; i++) await here.sends.mention(stranger, "海安", "C0HAIAN");
  expect(here.told(stranger).map(({ blocks }) => here.seen(blocks))).toEqual([
    expect.stringContaining("您还没有绑定身份"),
  ]);
});

test("in Telegram, while nothing can be written, a question is answered once; a change is told once that it waits, and is done when it can be kept", async () => {
  const stage = await aStage();
  onTestFinished(() => stage.close());
  const user = await stage.member("市办");
  const stands = () => stage.server.to(user).map(({ text }) => text);
  const ends = stage.office.writesNothing();
  stage.server.says(user, "排名 5月");
  await until(() => stands().length > 0);
  expect(stands()[0]).toContain("排名");
  stage.noting(stage.server.says(user, CHANGE));
  await until(() => stands().length > 1);
  expect(stands()[1]).toMatch(/数据库文件不可写入.*没有办理.*自动办理/s);
  const fetches = () => stage.server.calls.filter(({ method }) => method === "getUpdates").length;
  const since = fetches();
  await until(() => fetches() > since + 2);
  expect(stands()).toHaveLength(2);
  expect(await titles(stage)).toEqual([]);
  ends();
  await stage.settled();
  expect(await titles(stage)).toEqual(["没有地方写"]);
  expect(stands()).toHaveLength(3);
});

test("in a Telegram group, while nothing can be written, a stranger's mentions are answered once", async () => {
  const stage = await aStage();
  onTestFinished(() => stage.close());
  const stranger = stage.stranger();
  stage.office.writesNothing();
  for (const text of ["@lantian_bot 今日", "@lantian_bot 排名 5月"])
    stage.noting(stage.server.says(stranger, text, { chat: -3001 }));
  const told = () => stage.server.to(-3001).map(({ text }) => text);
  await until(() => told().length > 0);
  const fetches = () => stage.server.calls.filter(({ method }) => method === "getUpdates").length;
  const since = fetches();
  await until(() => fetches() > since + 1);
  expect(told()).toEqual([expect.stringContaining("您还没有绑定身份")]);
});

test("in Telegram, while nothing can be written, an answer to a form's question is none to a question of its own", async () => {
  const stage = await aStage();
  onTestFinished(() => stage.close());
  const user = await stage.member("市办");
  await stage.says(user, "交办 海安");
  const before = stage.server.to(user).length;
  stage.office.writesNothing();
  stage.noting(stage.server.says(user, "今日"));
  const told = () => stage.server.to(user).slice(before);
  await until(() => told().length > 0);
  expect(told().map(({ text }) => text)).toEqual([expect.stringMatching(/不可写入.*没有办理.*自动办理/s)]);
});

test("an answer whose being given can't be written down is given once, and that is written down when it can be", async () => {
  const office = await anOffice();
  onTestFinished(() => office.close());
  const faults: unknown[] = [];
  const bot = { ...office.bot, report: (error: unknown) => faults.push(error) };
  const answered: number[] = [];
  let ends = () => {};
  const row = await receive(bot, { platform: "slack", externalId: "m1", payload: {} });
  const lanes = startLanes(bot, "slack", {
    laneOf: () => "one",
    second: 1,
    onLost: async () => undefined,
    async handle({ id }) {
      answered.push(id);
      ends = office.writesNothing();
    },
  });
  lanes.wake();
  await until(() => faults.length > 2);
  ends();
  await until(async () => (await bot.store.read((r) => r.inbox.find("slack", "m1")))?.state === "done");
  await lanes.stop();
  expect(answered).toEqual([row?.id]);
});
