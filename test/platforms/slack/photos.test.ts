import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";
import { announce, filesIn, hashOf, shares } from "../../support/slack/sharing.ts";
import { picture } from "../../support/telegram/announced.ts";

/** An issue of Hai'an that waits for its unit. */
const NO = "NT-2020-000006";

let here: SlackOffice;
let liaison: string;
beforeEach(async () => {
  here = await aSlackOffice();
  liaison = await here.link("海安联络员");
});
afterEach(() => here.close());

const photo = async (red: number) => ({ name: `IMG_${red}.jpg`, bytes: await picture(red) });
const kept = async () => {
  const issue = await here.bot.store.read((r) => r.issues.byNo(NO));
  return here.bot.store.read((r) => r.evidence.of(issue?.id ?? 0));
};
const seen = (messages: readonly { blocks: unknown }[]) => messages.map(({ blocks }) => here.seen(blocks));

describe("a photo", () => {
  test("with a number and 整改前 lands in the issue; its sender is answered in words", async () => {
    const sent = await photo(10);
    const answers = await shares(here, liaison, `${NO} 整改前`, [sent]);
    expect(seen(answers)).toEqual([expect.stringContaining(`已收到${NO}的整改前`)]);
    expect(filesIn(answers)).toEqual([]);
    expect(await kept()).toMatchObject([
      { kind: "before", name: sent.name, sentSha256: hashOf(sent.bytes), album: null },
    ]);
  });

  test("without a number is asked about, and placed by a button, once", async () => {
    const [question] = await shares(here, liaison, "", [await photo(11)]);
    expect(here.seen(question?.blocks)).toContain("用于哪件问题");
    expect(await kept()).toEqual([]);
    const where = { channel: here.slack.directId(liaison) };
    for (const label of [`${NO} 整改后`, `${NO} 整改前`]) {
      await here.sends.press(liaison, question?.blocks ?? [], label, where);
      await here.settled();
      const view = here.slack.views.at(-1)?.view;
      if (view) await here.sends.submit(liaison, view, {});
      await here.settled();
    }
    expect((await kept()).map(({ kind }) => kind)).toEqual(["after"]);
  });

  test("of a stranger, and of whoever has nothing to send, is not even fetched", async () => {
    const lead = await here.link("市领导");
    expect(seen(await shares(here, lead, `${NO} 整改前`, [await photo(13)]))).toEqual([
      expect.stringContaining("市领导不能发送文件"),
    ]);
    const stranger = here.slack.addUser("U0STRANGER");
    expect(seen(await shares(here, stranger, `${NO} 整改前`, [await photo(12)]))).toEqual([
      expect.stringContaining("还没有绑定"),
    ]);
    expect(here.slack.fileCalls).toEqual([]);
  });

  test("of which Slack's event says nothing but the id is asked for", async () => {
    here.slack.plan("files.info", "500 before");
    await shares(here, liaison, `${NO} 后`, [{ ...(await photo(13)), withheld: true }]);
    expect(await kept()).toMatchObject([{ kind: "after", name: "IMG_13.jpg" }]);
  });

  test("in a channel is answered to its sender only", async () => {
    const files = announce(here, [await photo(14)]);
    await here.sends.mention(liaison, `${NO} 整改前`, "C0GENERAL", { files });
    await here.settled();
    expect(here.told(liaison).map(({ blocks }) => here.seen(blocks))).toEqual([
      "文件的办理结果已发到您的私聊。",
    ]);
    expect(here.seen(here.slack.directTo(liaison).at(-1)?.blocks)).toContain(`已收到${NO}`);
    expect(await kept()).toHaveLength(1);
  });
});

describe("several in one message", () => {
  test("share its text and belong together; one answer is for all", async () => {
    const sent = [await photo(20), await photo(21)];
    expect(await shares(here, liaison, `${NO} 整改前`, sent)).toHaveLength(1);
    const rows = await kept();
    expect(rows.map(({ kind, name }) => [kind, name])).toEqual(sent.map(({ name }) => ["before", name]));
    expect(new Set(rows.map(({ album }) => album)).size).toBe(1);
    expect(rows[0]?.album).not.toBeNull();
  });

  test("of which one can't be fetched at first: none is lost, kept or answered twice", async () => {
    const [first, second, third] = announce(here, [await photo(22), await photo(23), await photo(26)]);
    // Slack's own word for the second file is asked for and lost.
    const withheld = { id: second?.id, file_access: "check_file_info" };
    for (let i = 0; i < 2; i++) here.slack.plan("files.info", "reset before");
    const files = [first, withheld, third];
    await here.sends.message(liaison, `${NO} 整改前`, { subtype: "file_share", files });
    await here.settled();
    const names = (await kept()).map(({ name }) => name);
    expect(names).toEqual(["IMG_22.jpg", "IMG_26.jpg", "IMG_23.jpg"]);
    const answers = seen(here.slack.directTo(liaison));
    // Said once, and mended where it stands when the last one has come.
    expect(answers).toHaveLength(1);
    expect(answers[0]).toContain(`已收到${NO}的整改前照片（3张）`);
    expect(answers.join()).not.toContain("不用重复发送");
  });

  test("without a text are asked about once, and placed by one press", async () => {
    const sent = await Promise.all([60, 61, 62].map(photo));
    const answers = await shares(here, liaison, "", sent);
    expect(seen(answers)).toEqual([expect.stringContaining("已收到3张照片")]);
    const where = { channel: here.slack.directId(liaison) };
    await here.sends.press(liaison, answers[0]?.blocks ?? [], `${NO} 整改后`, where);
    await here.settled();
    expect((await kept()).map(({ kind }) => kind)).toEqual(["after", "after", "after"]);
  });

  test("of which one isn't taken: the same answer says which and why", async () => {
    const script = { name: "坏.jpg", bytes: Buffer.from("<script>alert(1)</script>") };
    const answers = await shares(here, liaison, `${NO} 整改前`, [await photo(63), script, await photo(64)]);
    expect(seen(answers)).toEqual([expect.stringContaining("坏.jpg没有收下：不能接收这种文件")]);
    expect(seen(answers)[0]).toContain("（2张）");
    expect(await kept()).toHaveLength(2);
  });

  test("that Slack brings again are kept once", async () => {
    const body = here.sends.eventBody({
      type: "message",
      channel_type: "im",
      subtype: "file_share",
      channel: here.slack.directId(liaison),
      user: liaison,
      text: `${NO} 整改前`,
      ts: "7.7",
      team: "T0HOME",
      files: announce(here, [await photo(24), await photo(25)]),
    });
    for (let i = 0; i < 3; i++) {
      await here.sends.raw(body, { type: "application/json" });
      await here.settled();
    }
    expect(await kept()).toHaveLength(2);
  });
});

test("too large by its own word: nothing is fetched; too large in truth: nothing is kept", async () => {
  const fetched = here.slack.fileCalls.length;
  const [said] = await shares(here, liaison, NO, [{ ...(await photo(30)), size: 20 * 1024 * 1024 }]);
  expect(here.seen(said?.blocks)).toContain("15");
  expect(here.slack.fileCalls).toHaveLength(fetched);
  const large = { name: "大.jpg", bytes: new Uint8Array(16 * 1024 * 1024), size: 100 };
  const [given] = await shares(here, liaison, NO, [large]);
  expect(here.seen(given?.blocks)).toContain("15 MB");
  expect(await kept()).toEqual([]);
});
