import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Lantian, Speaker } from "../../src/bot/lantian.ts";
import { press } from "../../src/bot/router.ts";
import type { DrawnCard } from "../../src/chat/card.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { roundsOf } from "../../src/delivery/rounds.ts";
import { kindsFolder, loadKinds } from "../../src/incoming/load-kinds.ts";
import { receiveFile } from "../../src/incoming/received-file.ts";
import { textOf } from "../../src/ops/card-text.ts";
import { webDoor } from "../../src/platforms/web/door.ts";
import { officeConsole } from "../../src/platforms/web/office-console.ts";
import { walk } from "../../src/scheduler/walk.ts";
import { anOffice } from "../support/office.ts";
import { aSlackOffice } from "../support/slack/office.ts";
import { documentOf } from "../support/telegram/announced.ts";
import { aStage } from "../support/telegram/stage.ts";
import { until } from "../support/until.ts";
import { GATE } from "./gate.ts";

const opens = () => writeFileSync(GATE, "");
const shuts = () => rmSync(GATE, { force: true });
beforeEach(shuts);
afterEach(opens);
afterAll(shuts);

const TABLE = new TextEncoder().encode("县区,慢量\n海安,5\n如皋,6\n");

/** The bot's own kinds and the slow one. */
async function withSlowKind({ registry }: Lantian): Promise<void> {
  const { imports } = registry;
  const folders = [kindsFolder, join(import.meta.dirname, "slow-kind")];
  Object.assign(registry, { imports: await loadKinds(folders) });
  onTestFinished(() => void Object.assign(registry, { imports }));
}

const runsOf = async ({ store }: Lantian) => (await store.read((r) => r.batches.latest(10))).length;

/** Somebody whose file is being read, what they are shown meanwhile, and what comes of it. */
async function sending(bot: Lantian, speaker: Speaker, name = "慢.csv") {
  const shown: DrawnCard[] = [];
  const meanwhile = async (card: DrawnCard) => void shown.push(card);
  const answer = receiveFile(bot, { ...speaker, meanwhile }, { name }, async () => TABLE);
  const said = answer.then((card) => (isRefusal(card) ? card.message : textOf(card)));
  return { shown, said };
}

describe("what takes over two seconds", () => {
  test("is shown with a button that stops it; then nothing of it is in, and its answer says so", async () => {
    const office = await anOffice();
    onTestFinished(() => office.close());
    await withSlowKind(office.bot);
    const speaker = await office.speakerOf("市办");
    const { shown, said } = await sending(office.bot, speaker);
    await until(() => shown.length > 0);
    expect(shown[0]).toMatchObject({ title: "正在读入：慢.csv", buttons: [{ label: "取消" }] });
    const [button] = shown[0]?.buttons ?? [];
    const token = button !== undefined && "token" in button ? button.token : "";
    // Nobody else's button.
    const other = await press(office.bot, await office.speakerOf("海安联络员"), token);
    expect(other.answer).toMatchObject({ code: "stale-action" });
    const stopped = await press(office.bot, speaker, token);
    expect(stopped.answer).toMatchObject({ card: { title: "已取消导入" } });
    expect(await said).toContain("已按您的要求取消，什么也没有导入");
    expect(await runsOf(office.bot)).toBe(0);
    const again = await press(office.bot, speaker, token);
    expect(again.answer).toMatchObject({ message: expect.stringContaining("已经处理完了") });
    opens();
    // The same file sent again is read as if nothing had been.
    expect(await (await sending(office.bot, speaker)).said).toMatch(/已导入：慢.csv.*新增：2/s);
  });

  test("says that it waits for others; of the same file from two people one has an effect", async () => {
    const office = await anOffice();
    onTestFinished(() => office.close());
    await withSlowKind(office.bot);
    const speaker = await office.speakerOf("市办");
    const other = await office.speakerOf("督查");
    const three = await Promise.all(
      ["一.csv", "二.csv", "三.csv"].map((name, i) => sending(office.bot, i === 1 ? other : speaker, name)),
    );
    await until(() => three.every(({ shown }) => shown.length > 0));
    const fourth = await sending(office.bot, speaker, "四.csv");
    await until(() => fourth.shown.length > 0);
    const [stop] = fourth.shown[0]?.buttons ?? [];
    await press(office.bot, speaker, stop !== undefined && "token" in stop ? stop.token : "");
    // Whoever still waits is told at once.
    expect(await fourth.said).toContain("已按您的要求取消");
    const words = three.map(({ shown }) => (shown[0] ? JSON.stringify(shown[0].blocks) : ""));
    expect(words.map((text) => text.includes("前面还有文件在处理"))).toEqual([false, false, true]);
    opens();
    // The others are told whose file it was.
    const said = (await Promise.all(three.map((one) => one.said))).sort();
    expect(said.filter((text) => text.includes("新增：2"))).toHaveLength(1);
    expect(said.filter((text) => /未变：2/.test(text) && text.includes("导入的文件相同"))).toHaveLength(2);
    expect(await runsOf(office.bot)).toBe(1);
  });
});

test("in Slack it stands where the answer will, and 取消 acts at once", async () => {
  const here = await aSlackOffice();
  onTestFinished(() => here.close());
  await withSlowKind(here.bot);
  const user = await here.link("市办");
  const url = here.slack.addFile("F1", { bytes: TABLE, type: "application/octet-stream" });
  const file = { id: "F1", name: "慢.csv", size: TABLE.length, mode: "hosted", url_private: url };
  const sends = () => here.sends.message(user, "", { subtype: "file_share", files: [file] });
  await sends();
  await until(() => here.slack.directTo(user).length > 0);
  const [shown] = here.slack.directTo(user);
  expect(here.seen(shown?.blocks)).toContain("正在读入：慢.csv");
  await here.sends.press(user, shown?.blocks ?? [], "取消", { channel: here.slack.directId(user) });
  await here.settled();
  const after = here.slack.directTo(user).map(({ blocks }) => here.seen(blocks));
  expect(after).toHaveLength(2);
  expect(after[0]).toMatch(/没有导入：慢.csv.*已按您的要求取消/s);
  expect(after[1]).toContain("已取消导入");
  expect(here.faults).toEqual([]);
});

test("in Telegram it is one message that is edited into the answer", async () => {
  const stage = await aStage();
  onTestFinished(() => stage.close());
  await withSlowKind(stage.bot);
  const user = await stage.member("市办");
  const announced = documentOf(stage.server, "慢.csv", TABLE);
  stage.noting((await stage.server.bring(stage.server.messageOf(user, user, announced))) as object);
  await stage.until("it is shown", () => stage.server.to(user).length > 0);
  const [shown] = stage.server.to(user);
  expect(shown?.text).toMatch(/正在读入：慢/);
  opens();
  await stage.settled();
  expect(stage.server.to(user)).toHaveLength(1);
  expect(stage.server.to(user)[0]?.text).toMatch(/已导入：慢.*新增/s);
});

test("in the console it stands in the conversation, and the answer in its place", async () => {
  const office = await anOffice();
  onTestFinished(() => office.close());
  await withSlowKind(office.bot);
  const rounds = roundsOf(office.bot, [webDoor(office.bot)], () => undefined);
  const console = officeConsole(office.bot, { rounds, walk });
  const visitor = { key: "a-browser" };
  const person = await office.bot.store.read((r) => r.people.byName("市办"));
  await console.choosePersona(visitor, person?.id ?? 0);
  const before = (await console.history(visitor)).length;
  const sent = console.file(visitor, { id: "1", name: "慢.csv", bytes: TABLE, caption: "" });
  const news = async () => (await console.history(visitor)).slice(before);
  await until(async () => (await news()).length > 0);
  const [mine, shown] = await news();
  expect(mine).toMatchObject({ from: "me", text: "[文件] 慢.csv" });
  expect(shown?.card).toMatchObject({ title: "正在读入：慢.csv", buttons: [{ label: "取消" }] });
  opens();
  expect((await sent).map(({ id, card }) => [id, card?.title])).toEqual([
    [mine?.id, undefined],
    [shown?.id, "已导入：慢.csv"],
  ]);
  expect((await news()).map(({ id }) => id)).toEqual([mine?.id, shown?.id]);
  // Sent once more by a page that has lost the answer: the same answer.
  const again = await console.file(visitor, { id: "1", name: "慢.csv", bytes: TABLE, caption: "" });
  expect(again.map(({ id }) => id)).toEqual([shown?.id]);
});
