import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readTable } from "../../../src/intake/table.ts";
import { aSlackOffice, type SlackOffice, TOKEN } from "../../support/slack/office.ts";
import type { Fault } from "../../support/slack/server.ts";
import { filesIn } from "../../support/slack/sharing.ts";
import { pdf, pictures, withEvidence } from "../../support/telegram/evidence.ts";

/** An issue of Hai'an that waits for its unit. */
const NO = "NT-2020-000006";
const LIAISON = "海安联络员";

let here: SlackOffice;
let user: string;
beforeEach(async () => {
  here = await aSlackOffice();
  user = await here.link(LIAISON);
});
afterEach(() => here.close());

const says = async (text: string) => {
  const before = here.slack.directTo(user).length;
  await here.sends.message(user, text);
  await here.settled();
  return here.slack.directTo(user).slice(before);
};
const evidence = (files: Parameters<typeof withEvidence>[3]) =>
  withEvidence(here as never, LIAISON, NO, files);
const seen = (messages: readonly { blocks: unknown }[]) => messages.map(({ blocks }) => here.seen(blocks));

describe("an answer's files follow it", () => {
  test("a list of issues brings the ledger, which can be read again", async () => {
    const [list, ledger, ...more] = await says("问题 导出");
    expect(more).toEqual([]);
    expect(list?.files).toBeUndefined();
    expect(ledger?.files?.map(({ name, title }) => [name, title])).toEqual([
      ["问题台账-2020-06-15.xlsx", "问题台账-2020-06-15.xlsx"],
    ]);
    const sheets = await readTable(ledger?.files?.[0]?.bytes ?? new Uint8Array(), "问题台账.xlsx");
    if ("refusal" in sheets) throw new Error(sheets.refusal);
    expect(JSON.stringify(sheets)).toContain(NO);
    expect(here.slack.refusals).toEqual([]);
  });

  test("a table as a picture is a png, and as a workbook one, by a word after the answer", async () => {
    await says("排名 5月");
    const [, workbook] = await says("导出");
    expect(workbook?.files?.map(({ name }) => name)).toEqual(["2020年5月各县（市、区）综合指数排名.xlsx"]);
    const [, drawn] = await says("图片");
    const [file] = drawn?.files ?? [];
    expect(file?.name).toMatch(/\.png$/);
    expect(
      Buffer.from(file?.bytes ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
  });

  test("an issue's pictures and documents stand together in one message, with the kept bytes", async () => {
    const { hashes } = await evidence([...(await pictures(2)), { name: "方案.pdf", bytes: pdf(1) }]);
    const [card, ...files] = await says(`问题 ${NO}`);
    expect(here.seen(card?.blocks)).toContain(NO);
    expect(filesIn(files)).toEqual([
      ["现场0.jpg", "现场1.jpg", "方案.pdf"].map((name, i) => ({ name, hash: hashes[i] })),
    ]);
    expect(here.slack.refusals).toEqual([]);
  });

  test("more than ten are several messages", async () => {
    const { hashes } = await evidence(await pictures(12));
    const files = filesIn(await says(`照片 ${NO}`));
    expect(files.map((together) => together.length)).toEqual([10, 2]);
    expect(files.flat().map(({ hash }) => hash)).toEqual(hashes);
  });

  test("in a channel they go to whoever asked, in direct messages, and the answer says so", async () => {
    const { hashes } = await evidence(await pictures(1));
    await here.sends.command(user, "/issue", NO);
    await here.settled();
    expect(seen(here.told(user))).toEqual([expect.stringContaining("附件只发到私信")]);
    expect(filesIn(here.slack.directTo(user))).toEqual([[{ name: "现场0.jpg", hash: hashes[0] }]]);
    expect(filesIn(here.slack.channels.get("C0GENERAL")?.messages ?? [])).toEqual([]);
  });

  test("what can't be opened any more is a line beside the others, or in their place", async () => {
    const { hashes } = await evidence(await pictures(2));
    const { read } = here.bot.vault;
    here.bot.vault.read = async (hash) => {
      if (hash === hashes[0]) throw new Error("the disk has lost it");
      return read.call(here.bot.vault, hash);
    };
    const [, files] = await says(`问题 ${NO}`);
    expect(filesIn(files ? [files] : [])).toEqual([[{ name: "现场1.jpg", hash: hashes[1] }]]);
    expect(files?.text).toMatch(/^附件“现场0\.jpg”：暂时打不开/);
    here.bot.vault.read = () => Promise.reject(new Error("the disk has lost it"));
    const [, line, ...more] = await says(`问题 ${NO}`);
    expect(more).toEqual([]);
    expect(here.seen(line?.blocks)).toMatch(/附件“现场0\.jpg”：暂时打不开.*附件“现场1\.jpg”：暂时打不开/s);
  });
});

describe("an answer's files in a bad network", () => {
  test("before the last step anything is repeated: the words and the files stand once", async () => {
    const { hashes } = await evidence(await pictures(1));
    here.slack.plan("files.getUploadURLExternal", "reset after");
    here.slack.plan("upload", "500 after");
    here.slack.plan("files.completeUploadExternal", "429");
    const [card, files, ...more] = await says(`问题 ${NO}`);
    expect(here.seen(card?.blocks)).toContain(NO);
    expect(filesIn(files ? [files] : [])).toEqual([[{ name: "现场0.jpg", hash: hashes[0] }]]);
    expect(more).toEqual([]);
    expect(here.slack.refusals).toEqual([]);
  });

  test.each(["reset after", "500 after", "cut answer after"] as const)(
    "the last step's answer is lost (%s): the files are found by their ids, and nothing is said",
    async (fault) => {
      await evidence(await pictures(1));
      here.slack.plan("files.completeUploadExternal", fault);
      const messages = await says(`问题 ${NO}`);
      expect(filesIn(messages)).toHaveLength(1);
      expect(messages).toHaveLength(2);
      expect(here.faults).toEqual([]);
    },
  );

  test("the last step never arrives, or the chat can't be asked: the reader is told which they are, with a button", async () => {
    await evidence(await pictures(1));
    here.slack.plan("files.completeUploadExternal", "reset before");
    const unsent = await says(`问题 ${NO}`);
    here.slack.plan("files.completeUploadExternal", "reset after");
    here.slack.plan("conversations.history", "500 before");
    const sent = await says(`问题 ${NO}`);
    expect([unsent, sent].map((messages) => filesIn(messages).length)).toEqual([0, 1]);
    for (const messages of [unsent, sent])
      expect(here.seen(messages.at(-1)?.blocks)).toMatch(
        new RegExp(`附件可能没有送达.*“现场0.jpg”.*${NO}.*重新发送`, "s"),
      );
  });

  test("without the right to send files the answer stands, and its reader is told", async () => {
    await evidence(await pictures(1));
    here.slack.grant("files:write", false);
    const messages = await says(`问题 ${NO}`);
    expect(messages).toHaveLength(2);
    expect(here.seen(messages[1]?.blocks)).toContain("附件未能发送");
    expect(here.faults.join()).toContain("missing_scope");
  });

  test("neither the token nor the address of an upload stands in a fault, a message or the log", async () => {
    await evidence(await pictures(1));
    const faults: Fault[] = ["reset before", "500 before", "cut answer after", "429 without header"];
    for (const method of ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
      for (const fault of faults) {
        for (let i = 0; i < 4; i++) here.slack.plan(method, fault);
        await says(`问题 ${NO}`);
      }
    expect(here.faults.length).toBeGreaterThan(5);
    const told = JSON.stringify([
      here.faults,
      here.slack.directTo(user).map(({ text, blocks }) => [text, blocks]),
    ]);
    const keys = [...here.slack.uploads.values()].map(({ key }) => key);
    expect(keys.length).toBeGreaterThan(0);
    for (const secret of [TOKEN, ...keys]) expect(told).not.toContain(secret);
    expect(here.slack.refusals.filter((r) => r.includes("token"))).toEqual([]);
  });
});
