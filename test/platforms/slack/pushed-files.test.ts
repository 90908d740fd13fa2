import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CardFile } from "../../../src/chat/card.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";
import { filesIn } from "../../support/slack/sharing.ts";
import { pdf, pictures, withEvidence } from "../../support/telegram/evidence.ts";

/** An issue of Hai'an that waits for its unit. */
const NO = "NT-2020-000006";
const LIAISON = "海安联络员";
const TITLE = "新的交办";

let here: SlackOffice;
let user: string;
let personId: number;
let files: CardFile[];
let expected: { name: string; hash: string | undefined }[][];
beforeEach(async () => {
  here = await aSlackOffice();
  user = await here.link(LIAISON);
  personId = (await here.bot.store.read((r) => r.people.byName(LIAISON)))?.id ?? 0;
  const sent = [...(await pictures(2)), { name: "方案.pdf", bytes: pdf() }];
  const kept = await withEvidence(here as never, LIAISON, NO, sent);
  files = kept.files;
  expected = [sent.map(({ name }, i) => ({ name, hash: kept.hashes[i] }))];
});
afterEach(() => here.close());

const cardOf = () => ({ title: TITLE, blocks: [], files, facts: { issue: { no: NO } } });
const push = (to: { personId: number } | { chatId: number } = { personId }) =>
  here.bot.store.write((w) =>
    w.outbox.queue({ key: "notice/1", to, class: "must-arrive", card: cardOf() }, 0),
  );
/** What stands in the outbox of the push and of what follows it. */
const states = () =>
  here.bot.store.read(async (r) =>
    (await r.outbox.after(0))
      .map(({ row }) => row)
      .filter(({ key }) => key === "notice/1" || key.startsWith("slack-files/"))
      .map(({ state }) => state),
  );
const words = () =>
  here.slack
    .directTo(user)
    .filter((m) => !m.files)
    .map(({ blocks }) => here.seen(blocks));
const cards = () => words().filter((text) => text.includes(TITLE));

test("a pushed card comes first and its files after it, each once and accounted for", async () => {
  await push();
  await here.delivers();
  await here.delivers();
  const [card, ...rest] = here.slack.directTo(user);
  expect(here.seen(card?.blocks)).toContain(TITLE);
  expect(filesIn(rest)).toEqual(expected);
  expect(rest).toHaveLength(1);
  expect(await states()).toEqual(["sent", "sent"]);
  expect(here.slack.refusals).toEqual([]);
  expect(here.faults).toEqual([]);
});

test("a channel gets the card alone, and a redrawing sends no files again", async () => {
  const channel = await here.bot.store.write((w) =>
    w.chats.bind({
      platform: "slack",
      workspace: "T0HOME",
      chatKey: "C0GENERAL",
      regionId: "haian",
      boundAt: 0,
    }),
  );
  await push({ chatId: channel.id });
  await here.delivers();
  const inChannel = here.slack.channels.get("C0GENERAL")?.messages ?? [];
  expect(inChannel).toHaveLength(1);
  expect(filesIn(inChannel)).toEqual([]);
  expect(filesIn(here.slack.directTo(user))).toEqual([]);

  await here.bot.store.write((w) =>
    w.outbox.queue({ key: "notice/2", to: { personId }, class: "must-arrive", card: cardOf() }, 0),
  );
  await here.delivers();
  const before = here.slack.directTo(user).length;
  const shown = await here.bot.store.read((r) => r.messages.history("slack", { personId }, 10));
  const standing = shown.find(({ outboxId }) => outboxId !== null);
  const card = { ...cardOf(), title: "已签收" };
  await here.bot.store.write((w) =>
    w.outbox.queueEdit({ messageId: standing?.id ?? 0, personId, card, version: 2 }, 0),
  );
  await here.delivers();
  expect(cards()).toEqual([]);
  expect(words()).toEqual([expect.stringContaining("已签收")]);
  expect(here.slack.directTo(user)).toHaveLength(before);
});

describe("in a bad network", () => {
  test("before the last step nothing is visible, so anything is tried again", async () => {
    here.slack.plan("files.getUploadURLExternal", "reset after");
    here.slack.plan("files.getUploadURLExternal", "429");
    here.slack.plan("upload", "reset before");
    here.slack.plan("upload", "500 after");
    here.slack.plan("files.completeUploadExternal", "429 without header");
    await push();
    await here.delivers();
    expect(filesIn(here.slack.directTo(user))).toEqual(expected);
    expect(cards()).toHaveLength(1);
    expect(await states()).toEqual(["sent", "sent"]);
    expect(here.slack.refusals).toEqual([]);
  });

  test.each(["reset after", "reset before", "500 after", "internal_error after"] as const)(
    "the last step's answer is lost (%s): the files are looked for by their ids, and sent again only where they aren't there",
    async (fault) => {
      here.slack.plan("files.completeUploadExternal", fault);
      await push();
      await here.delivers();
      expect(await states()).toEqual(["sent", "sent"]);
      expect(filesIn(here.slack.directTo(user))).toEqual(expected);
      expect(words().filter((text) => text.includes("附件可能"))).toEqual([]);
    },
  );

  test("the card's own answer is lost: it is found in the history, and its files still come", async () => {
    here.slack.plan("chat.postMessage", "reset after");
    await push();
    await here.delivers();
    expect(cards()).toHaveLength(1);
    expect(filesIn(here.slack.directTo(user))).toEqual(expected);
    expect(await states()).toEqual(["sent", "sent"]);
  });

  test("without the right to send files they fail alone; other notices go on", async () => {
    here.slack.grant("files:write", false);
    await push();
    await here.delivers();
    expect(await states()).toEqual(["sent", "failed"]);
    expect(words().at(-1)).toContain("附件未能发送");
    const card = { title: "另一件", blocks: [] };
    await here.bot.store.write((w) =>
      w.outbox.queue({ key: "notice/3", to: { personId }, class: "must-arrive", card }, 0),
    );
    await here.delivers();
    expect(words()).toContain("另一件\n演示数据，非真实监测结果");
  });
});

test("stopped while files were on their way: in doubt and listed, they never go again, and their reader is told", async () => {
  await push();
  await here.deliverOnce();
  const row = (await here.bot.store.read((r) => r.outbox.after(0)))
    .map(({ row }) => row)
    .find(({ key }) => key.startsWith("slack-files/"));
  if (row?.state === "pending") await here.bot.store.write((w) => w.outbox.claim(row));
  await here.restart();
  await here.delivers();
  expect(await states()).toEqual(["sent", "ambiguous"]);
  expect(filesIn(here.slack.directTo(user))).toEqual([]);
  expect(
    words().filter((text) => /附件可能没有送达.*“现场0.jpg”等3个附件.*重新发送/s.test(text)),
  ).toHaveLength(1);
});
