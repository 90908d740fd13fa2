import { rmSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { readTable } from "../../../src/intake/table.ts";
import { photoOf, picture } from "../../support/telegram/announced.ts";
import { filesIn, pdf, pictures, withEvidence } from "../../support/telegram/evidence.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

/** An issue of Hai'an that waits for its unit. */
const NO = "NT-2020-000006";
const LIAISON = "海安联络员";
const GROUP = -9;

let stage: Stage;
afterEach(() => stage.close());

const opened = async (files: Parameters<typeof withEvidence>[3]) => {
  stage = await aStage();
  const user = await stage.member(LIAISON);
  return { user, ...(await withEvidence(stage, LIAISON, NO, files)) };
};
const words = (user: number) => stage.server.to(user).filter(({ file }) => file === undefined);

describe("an answer's files follow it", () => {
  test("a list of issues brings the ledger, which can be read again", async () => {
    stage = await aStage();
    const user = await stage.member(LIAISON);
    const [list, ledger, ...more] = await stage.says(user, "问题 导出");
    expect(more).toEqual([]);
    expect(list?.file).toBeUndefined();
    expect(ledger?.file).toMatchObject({ kind: "document", name: "问题台账-2020-06-15.xlsx" });
    expect(ledger?.text).toBe(list?.text.split("\n")[0]?.replace(/^[🟢🟡🔴] /u, ""));
    const bytes = ledger?.file?.bytes ?? Buffer.alloc(0);
    const sheets = await readTable(bytes, "问题台账.xlsx");
    if ("refusal" in sheets) throw new Error(sheets.refusal);
    expect(JSON.stringify(sheets)).toContain(NO);
    expect(stage.server.violations).toEqual([]);
  });

  test("the last answer as a workbook and as a picture, by a word after it", async () => {
    stage = await aStage();
    const user = await stage.member(LIAISON);
    await stage.says(user, "排名 5月");
    const [, workbook] = await stage.says(user, "导出");
    expect(workbook?.file).toMatchObject({
      kind: "document",
      name: "2020年5月各县（市、区）综合指数排名.xlsx",
    });
    const [, picture] = await stage.says(user, "图片");
    expect(picture?.file?.kind).toBe("photo");
    expect(stage.server.violations).toEqual([]);
  });

  test("an issue's pictures as one album, its documents one by one, all with the kept bytes", async () => {
    const { user, hashes } = await opened([
      ...(await pictures(3)),
      { name: "方案.pdf", bytes: pdf(1) },
      { name: "说明.pdf", bytes: pdf(2) },
    ]);
    const [card, ...files] = await stage.says(user, `问题 ${NO}`);
    expect(card?.text).toContain(NO);
    expect(filesIn(files)).toEqual([
      ...hashes.slice(0, 3).map((hash) => ({ kind: "photo", hash })),
      ...hashes.slice(3).map((hash) => ({ kind: "document", hash })),
    ]);
    expect(new Set(files.slice(0, 3).map(({ album }) => album))).not.toContain(undefined);
    expect(files.map(({ file }) => file?.name).slice(3)).toEqual(["方案.pdf", "说明.pdf"]);
    expect(stage.server.violations).toEqual([]);
  });

  test("more pictures than an album holds are several albums", async () => {
    const { user, hashes } = await opened(await pictures(13));
    const sent = await stage.says(user, `照片 ${NO}`);
    expect(filesIn(sent).map(({ hash }) => hash)).toEqual(hashes);
    const methods = stage.server.calls.map(({ method }) => method).filter((m) => m.startsWith("send"));
    expect(methods.slice(-2)).toEqual(["sendMediaGroup", "sendMediaGroup"]);
  });

  test("a picture that Telegram won't show goes as a file; one that is alone as a photo", async () => {
    const { user, hashes } = await opened([
      { name: "窄.jpg", bytes: await picture(5, { width: 800, height: 8 }) },
    ]);
    const [, narrow] = await stage.says(user, `问题 ${NO}`);
    expect(filesIn(narrow ? [narrow] : [])).toEqual([{ kind: "document", hash: hashes[0] }]);
    await stage.close();
    const other = await opened(await pictures(1));
    const [, photo] = await stage.says(other.user, `问题 ${NO}`);
    expect(filesIn(photo ? [photo] : [])).toEqual([{ kind: "photo", hash: other.hashes[0] }]);
  });

  test("names that mean something in a request arrive whole, endless ones shortened", async () => {
    const { user } = await opened([
      { name: `关于"整改";filename=x 的方案.pdf`, bytes: pdf(3) },
      { name: `${"长".repeat(190)}.pdf`, bytes: pdf(4) },
    ]);
    const files = (await stage.says(user, `问题 ${NO}`)).slice(1);
    expect(files.map(({ file }) => file?.name)).toEqual([
      "关于_整改_；filename=x 的方案.pdf",
      `${"长".repeat(80)}.pdf`,
    ]);
  });

  test("what can't be opened any more is a line, and the rest comes", async () => {
    const { user, hashes } = await opened([...(await pictures(2)), { name: "方案.pdf", bytes: pdf() }]);
    const folder = `${stage.office.file.replace(/\.db$/, "")}-files`;
    for (const hash of hashes.slice(1)) rmSync(`${folder}/${hash.slice(0, 2)}/${hash}`);
    const [, photo, line] = await stage.says(user, `问题 ${NO}`);
    expect(filesIn(photo ? [photo] : [])).toEqual([{ kind: "photo", hash: hashes[0] }]);
    // A name that would become a link is broken up by a sign that nobody sees.
    const shown = [photo, line].map((message) => message?.text.replaceAll("\u2060", ""));
    expect(shown[0]).toContain("附件“现场1.jpg”：暂时打不开");
    expect(shown[1]).toContain("附件“方案.pdf”：暂时打不开");
    expect(stage.logged.filter((entry) => entry.includes("is missing"))).toHaveLength(2);
  });

  test("after a form as well; whoever sends a photo is answered in words", async () => {
    stage = await aStage();
    const inspector = await stage.member("督查");
    const announced = photoOf(stage.server, await picture(9));
    const [question, ...none] = await stage.answers(inspector, () =>
      stage.server.bring(stage.server.messageOf(inspector, inspector, announced)),
    );
    expect(none).toEqual([]);
    await stage.presses(inspector, question as never, "作为新问题");
    let answers = await stage.says(inspector, "海安演示路工地裸土未覆盖");
    // What may be left out is.
    for (let i = 0; i < 5 && answers[0]?.text.includes("可不填"); i += 1)
      answers = await stage.says(inspector, "跳过");
    const [issue, photo] = answers;
    expect(issue?.text).toContain("待市办交办");
    expect(filesIn(photo ? [photo] : [])).toMatchObject([{ kind: "photo" }]);
  });
});

describe("an answer's files in a bad network", () => {
  test("patience is kept, what certainly never left is sent again, and the words stand once", async () => {
    const { user, hashes } = await opened(await pictures(2));
    stage.server.fail("sendMediaGroup", "429", "429-bare");
    const sent = await stage.says(user, `问题 ${NO}`);
    expect(filesIn(sent).map(({ hash }) => hash)).toEqual(hashes);
    expect(words(user)).toHaveLength(1);
    expect(stage.server.violations).toEqual([]);
  });

  test.each([
    ["400-file", "附件未能发送"],
    ["reset-before", "附件可能没有送达"],
    ["reset-after", "附件可能没有送达"],
    ["500-after", "附件可能没有送达"],
  ] as const)(
    "%s without end: nothing is doubled, and the person is told which files it is, with a button",
    async (fault, title) => {
      const { user } = await opened(await pictures(1));
      stage.server.fail("sendPhoto", fault, fault, fault, fault);
      stage.server.fail("sendDocument", fault, fault, fault, fault);
      const sent = await stage.says(user, `问题 ${NO}`);
      expect(filesIn(sent)).toHaveLength(fault.endsWith("-after") ? 1 : 0);
      const told = sent.slice(1).filter(({ file }) => !file);
      expect(told.map(({ text }) => text.split("\n")[0])).toEqual([`🟡 ${title}`]);
      for (const word of ["现场0", NO]) expect(told[0]?.text).toContain(word);
      expect(told[0]?.keyboard.flat().map((button) => button.text)).toEqual(["重新发送"]);
    },
  );

  test("of several messages of files only what may be lost is named, and comes with the button", async () => {
    const { user, hashes } = await opened([...(await pictures(1)), { name: "方案.pdf", bytes: pdf() }]);
    stage.server.fail("sendDocument", "reset-before");
    const sent = await stage.says(user, `问题 ${NO}`);
    expect(filesIn(sent).map(({ hash }) => hash)).toEqual([hashes[0]]);
    expect(sent.at(-1)?.text.replaceAll("\u2060", "")).toContain("附件“方案.pdf”");
    const again = await stage.presses(user, sent.at(-1) as never, "重新发送");
    expect(filesIn(again).map(({ hash }) => hash)).toEqual([hashes[1]]);
  });

  test("somebody who blocks the bot in between is left alone", async () => {
    const { user } = await opened(await pictures(1));
    stage.server.fail("sendPhoto", "403-blocked");
    expect(await stage.says(user, `问题 ${NO}`)).toHaveLength(1);
    expect(await stage.says(user, "海安")).toHaveLength(1);
  });
});

describe("asked for in a group", () => {
  test("they go to whoever asked, in private", async () => {
    const { user, hashes } = await opened(await pictures(1));
    await stage.binds(GROUP, { regionId: "haian" });
    const inGroup = await stage.says(user, `/issue ${NO}`, { chat: GROUP });
    expect(inGroup.map(({ file }) => file)).toEqual([undefined]);
    expect(filesIn(stage.server.to(user)).map(({ hash }) => hash)).toEqual(hashes);
  });

  test("who has no private chat is told to open one", async () => {
    const { user } = await opened(await pictures(1));
    await stage.binds(GROUP, { regionId: "haian" });
    stage.server.blocked.add(user);
    const [, hint, ...more] = await stage.says(user, `/issue ${NO}`, { chat: GROUP });
    expect(hint?.text).toContain("附件只发到私聊");
    expect(more).toEqual([]);
  });
});
