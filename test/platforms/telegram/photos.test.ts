import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { documentOf, photoOf, picture } from "../../support/telegram/announced.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

/** An issue of Hai'an that waits for its unit. */
const NO = "NT-2020-000006";
const GROUP = -9;
const PDF = Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");

let stage: Stage;
let liaison: number;
beforeEach(async () => {
  stage = await aStage();
  liaison = await stage.member("海安联络员");
});
afterEach(() => stage.close());

const sends = (what: object, { chat = liaison, ...more }: { chat?: number } & Record<string, unknown> = {}) =>
  stage.answers(chat, () => stage.server.bring(stage.server.messageOf(liaison, chat, { ...what, ...more })));
const kept = async (no = NO) => {
  const issue = await stage.bot.store.read((r) => r.issues.byNo(no));
  return stage.bot.store.read((r) => r.evidence.of(issue?.id ?? 0));
};
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("a photo", () => {
  test("with a number and 整改前 lands in the issue at its largest; its sender isn't sent it back", async () => {
    const bytes = await picture(10);
    const answers = await sends(photoOf(stage.server, bytes), { caption: `${NO} 整改前` });
    expect(answers.map(({ text, file }) => [text.split("\n")[0], file])).toEqual([
      [expect.stringContaining(`已收到${NO}的整改前`), undefined],
    ]);
    const [evidence] = await kept();
    expect(evidence).toMatchObject({
      kind: "before",
      sentSha256: hash(bytes),
      name: expect.stringMatching(/^照片\d{8}-\d{4}-\d+\.jpg$/),
    });
  });

  test("that Telegram brings again is kept once", async () => {
    const message = stage.server.messageOf(liaison, liaison, {
      ...photoOf(stage.server, await picture(11)),
      caption: `${NO} 整改前`,
    });
    await stage.answers(liaison, () => stage.server.bring(message, 9_000));
    stage.server.bring(message, 9_000);
    await stage.says(liaison, "海安");
    expect(await kept()).toHaveLength(1);
  });

  test("is fetched when the line holds again", async () => {
    stage.server.fail("getFile", "reset-before", "429");
    stage.server.fail("file", "reset-before");
    await sends(photoOf(stage.server, await picture(12)), { caption: `${NO} 后` });
    expect((await kept()).map(({ kind }) => kind)).toEqual(["after"]);
  });

  test("of a stranger is not even fetched", async () => {
    const stranger = stage.stranger();
    const photo = photoOf(stage.server, await picture(13));
    const [answer] = await stage.answers(stranger, () =>
      stage.server.bring(stage.server.messageOf(stranger, stranger, photo)),
    );
    expect(answer?.text).toContain("还没有绑定");
    expect(stage.server.calls.map(({ method }) => method)).not.toContain("getFile");
  });

  test("without a number is asked about, and placed by the press of a button", async () => {
    const [question] = await sends(photoOf(stage.server, await picture(14)));
    expect(question?.text).toContain("用于哪件问题");
    expect(await kept()).toEqual([]);
    const [answer] = await stage.presses(liaison, question as never, `${NO} 整改后`);
    expect(answer?.text).toContain(`已收到${NO}的整改后`);
    expect((await kept()).map(({ kind }) => kind)).toEqual(["after"]);
    const [again] = await stage.presses(liaison, question as never, `${NO} 整改前`);
    expect(again?.text).toContain("已经归入问题");
    expect((await kept()).map(({ kind }) => kind)).toEqual(["after"]);
  });
});

test("an album of three has one text, which counts for all of them", async () => {
  for (const [i, more] of [{ caption: `${NO} 整改前` }, {}, {}].entries())
    await sends(photoOf(stage.server, await picture(20 + i)), { media_group_id: "album-1", ...more });
  expect((await kept()).map(({ kind, album }) => [kind, album])).toEqual([
    ["before", "album-1"],
    ["before", "album-1"],
    ["before", "album-1"],
  ]);
});

test("an album without a text is asked about once, and one press places all of it", async () => {
  for (const red of [70, 71, 72])
    await sends(photoOf(stage.server, await picture(red)), { media_group_id: "album-2" });
  const told = stage.server.to(liaison);
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain("已收到3张照片");
  const [answer] = await stage.presses(liaison, told[0] as never, `${NO} 整改后`);
  expect(answer?.text).toContain(`已收到${NO}的整改后照片（3张）`);
  expect((await kept()).map(({ kind }) => kind)).toEqual(["after", "after", "after"]);
});

test("an album with a text has one answer, and a file of it that isn't taken is named there", async () => {
  await sends(photoOf(stage.server, await picture(73)), {
    media_group_id: "album-3",
    caption: `${NO} 整改前`,
  });
  await sends(documentOf(stage.server, "坏.jpg", "<script>alert(1)</script>"), { media_group_id: "album-3" });
  await sends(photoOf(stage.server, await picture(74)), { media_group_id: "album-3" });
  const told = stage.server.to(liaison);
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain("（2张）");
  expect(told[0]?.text).toContain("jpg没有收下：不能接收这种文件");
});

describe("in a group", () => {
  const group = async (red: number, more: object = {}) =>
    sends(photoOf(stage.server, await picture(red)), { chat: GROUP, ...more });

  test("people's photos are their own; one with a mention of the bot, or in answer to it, is taken", async () => {
    expect(await group(30, { caption: `${NO} 整改前` })).toEqual([]);
    expect(await group(31)).toEqual([]);
    expect(stage.server.calls.map(({ method }) => method)).not.toContain("getFile");
    const [word] = await group(32, { caption: `@lantian_bot ${NO} 整改前` });
    expect(word?.text).toBe("文件的办理结果已发到您的私聊。");
    await group(33, { caption: `${NO} 整改后`, reply_to_message: { message_id: 1, from: stage.server.me } });
    const rows = await kept();
    expect(rows.map(({ kind, caption }) => [kind, caption])).toEqual([
      ["before", `${NO} 整改前`],
      ["after", `${NO} 整改后`],
    ]);
  });

  test("an album is taken whole when its first picture mentions the bot, another one is not", async () => {
    await group(40, { media_group_id: "a", caption: `@lantian_bot ${NO} 整改前` });
    await group(41, { media_group_id: "a" });
    expect(await group(42, { media_group_id: "b" })).toEqual([]);
    expect(await kept()).toHaveLength(2);
  });
});

test("a document is evidence, whatever its name hides", async () => {
  const name = `a/b\\整改;"方案\u202e${"长".repeat(300)}.pdf`;
  const [answer] = await sends(documentOf(stage.server, name, PDF), { caption: NO });
  expect(answer?.text).toContain("已收到");
  const [evidence] = await kept();
  expect(evidence).toMatchObject({ kind: "document", type: "application/pdf", sha256: hash(PDF) });
  expect(evidence?.name).toMatch(/^整改;_方案长{150,}\.pdf$/);
  const [script] = await sends(documentOf(stage.server, "照片.jpg", "<script>alert(1)</script>"));
  expect(script?.text).toContain("不能接收这种文件");
});

test("a position belongs to the photo before it; without one it is told what to do first", async () => {
  const location = { latitude: 32.5331, longitude: 120.4676 };
  const [early] = await sends({ location });
  expect(early?.text).toContain("请先发照片");
  await sends(photoOf(stage.server, await picture(50)), { caption: `${NO} 整改前` });
  const [answer] = await sends({ location });
  expect(answer?.text).toContain("已记下位置");
  expect((await kept())[0]).toMatchObject(location);
  expect(await sends({ location: { latitude: 0, longitude: 0 } }, { chat: GROUP })).toEqual([]);
  expect((await kept())[0]).toMatchObject(location);
});
