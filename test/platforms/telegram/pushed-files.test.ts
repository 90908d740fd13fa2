import { join } from "node:path";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import type { CardFile } from "../../../src/chat/card.ts";
import { startChild } from "../../support/child.ts";
import { filesIn, pdf, pictures, withEvidence } from "../../support/telegram/evidence.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

/** An issue of Hai'an that waits for its unit. */
const NO = "NT-2020-000006";
const LIAISON = "海安联络员";

let stage: Stage;
afterEach(() => stage.close());

/** A pushed card with two pictures and a document, due. */
async function pushed(knobs: Parameters<typeof aStage>[0] = {}) {
  stage = await aStage(knobs);
  const user = await stage.member(LIAISON);
  const evidence = [...(await pictures(2)), { name: "方案.pdf", bytes: pdf() }];
  const { files, hashes } = await withEvidence(stage, LIAISON, NO, evidence);
  const key = await push(files);
  const expected = [
    ...hashes.slice(0, 2).map((hash) => ({ kind: "photo", hash })),
    { kind: "document", hash: hashes[2] },
  ];
  return { user, key, files, expected };
}
async function push(files: readonly CardFile[], more: object = {}): Promise<string> {
  const card = { title: "新的交办", blocks: [], files, facts: { issue: { no: NO } } };
  return stage.queue({ personId: await stage.personId(LIAISON) }, { card, ...more });
}
/** State of the push and of what follows it. */
const states = async () =>
  (await stage.outbox()).filter(({ key }) => !key.startsWith("trouble/")).map(({ state }) => state);
const deliverAll = () =>
  stage.until("nothing waits", async () => {
    await stage.deliver();
    const rows = (await stage.outbox()).filter((row) => !row.key.startsWith("trouble/"));
    const soon = rows.filter((row) => row.nextAttemptAt < Number.MAX_SAFE_INTEGER);
    // What is in doubt is looked at once more after a minute.
    if (soon.some((row) => row.state === "ambiguous")) stage.pass(61_000);
    return soon.every((row) => ["sent", "failed"].includes(row.state));
  });
/** The first line of what is said of lost files, and what its button is called, once it is said. */
async function toldOf(user: number) {
  const told = () => texts(user).slice(1);
  await stage.until("something is said", async () => {
    await stage.deliver();
    return told().length > 0;
  });
  return told().map(({ text, keyboard }) => [text.split("\n")[0], ...keyboard.flat().map((b) => b.text)]);
}
const texts = (user: number) => stage.server.to(user).filter(({ file }) => !file);

test("a pushed card comes first, its pictures as an album and its document after it; each is accounted for", async () => {
  const { user, expected } = await pushed();
  await deliverAll();
  const [card, ...files] = stage.server.to(user);
  expect(card?.text).toContain("新的交办");
  expect(filesIn(files)).toEqual(expected);
  expect(files.map(({ text }) => text)).toEqual(["附件：新的交办", "", "附件：新的交办"]);
  expect(await states()).toEqual(["sent", "sent", "sent"]);
  expect(stage.server.violations).toEqual([]);
});

test("quiet hours: what must arrive comes at once, its files when the night is over", async () => {
  const { user, expected } = await pushed({ at: "2020-06-15T23:00" });
  const personId = await stage.personId(LIAISON);
  await stage.bot.store.write((w) => w.people.setQuiet(personId, { from: 22, to: 7 }));
  await stage.until("the files wait", async () => {
    await stage.deliver();
    return (await stage.outbox()).filter((row) => row.lastError === "quiet hours").length === 2;
  });
  expect(stage.server.to(user)).toHaveLength(1);
  const { timeZone } = stage.bot.office.pack;
  const morning = Temporal.PlainDateTime.from("2020-06-16T07:00").toZonedDateTime(timeZone).toInstant();
  stage.bot.clock = { now: async () => morning };
  await deliverAll();
  expect(filesIn(stage.server.to(user))).toEqual(expected);
});

test("a group gets the card alone, and a redrawing sends no files again", async () => {
  const { user, files } = await pushed();
  await deliverAll();
  const group = await stage.bot.store.write((w) =>
    w.chats.bind({ platform: "telegram", chatKey: "-100", regionId: "haian", boundAt: 0 }),
  );
  const card = { title: "新的交办", blocks: [], files };
  await stage.queue({ chatId: group.id }, { card });
  await deliverAll();
  expect(stage.server.to(-100).map(({ file }) => file)).toEqual([undefined]);
  const before = stage.server.to(user).length;
  const personId = await stage.personId(LIAISON);
  const shown = await stage.bot.store.read((r) => r.messages.history("telegram", { personId }, 10));
  const edit = { messageId: shown[0]?.id ?? 0, personId, card: { ...card, title: "已签收" }, version: 2 };
  await stage.bot.store.write((w) => w.outbox.queueEdit(edit, 0));
  await stage.until("the edit", async () => {
    await stage.deliver();
    return stage.server.to(user).some(({ edits }) => edits > 0);
  });
  expect(stage.server.to(user)).toHaveLength(before);
});

describe("in a bad network", () => {
  test("patience is kept in the midst of files, and each goes once", async () => {
    const { user, expected } = await pushed();
    stage.server.fail("sendMediaGroup", "429", "429-bare");
    stage.server.fail("sendDocument", "429");
    await deliverAll();
    // What had to wait may be overtaken.
    const got = filesIn(stage.server.to(user));
    expect(got).toHaveLength(expected.length);
    expect(got).toEqual(expect.arrayContaining(expected));
    expect(texts(user)).toHaveLength(1);
    expect(stage.server.violations).toEqual([]);
  });

  test.each(["reset-after", "reset-before", "500-after", "502-html"] as const)(
    "%s: the card is sent, the files are in doubt and not repeated; the person and the office are told",
    async (fault) => {
      const { user, expected } = await pushed();
      stage.server.fail("sendMediaGroup", fault);
      await deliverAll();
      for (let i = 0; i < 5; i += 1) {
        stage.pass(700_000);
        await stage.deliver();
      }
      expect(await states()).toEqual(["sent", "ambiguous", "sent"]);
      expect(filesIn(stage.server.to(user))).toEqual(expected.slice(fault.endsWith("-after") ? 0 : 2));
      expect(await toldOf(user)).toEqual([["🟡 附件可能没有送达", "重新发送"]]);
      expect(texts(user)[1]?.text.replaceAll("\u2060", "")).toContain(
        `“现场0.jpg”等2个附件（${NO} 新的交办）`,
      );
      const listed = await stage.bot.store.read((r) => r.outbox.troubled(10));
      expect(listed.map(({ row }) => row.title)).toEqual(["附件：新的交办"]);
    },
  );

  test("files that Telegram won't take: the card stays sent, the files are listed, the person is told", async () => {
    const { user } = await pushed();
    stage.server.fail("sendMediaGroup", "400-file", "400-file");
    await deliverAll();
    expect(await states()).toEqual(["sent", "failed", "sent"]);
    expect(await toldOf(user)).toEqual([["🟡 附件未能发送", "重新发送"]]);
  });

  test("somebody who blocks the bot after the card gets no more", async () => {
    const { user } = await pushed();
    stage.server.fail("sendMediaGroup", "403-blocked");
    stage.server.fail("sendDocument", "403-blocked");
    await deliverAll();
    expect(await states()).toEqual(["sent", "failed", "failed"]);
    expect(stage.server.to(user)).toHaveLength(1);
  });

  test("a file that the person may no longer see is a line that says so", async () => {
    const { user, files } = await pushed();
    await deliverAll();
    const before = stage.server.to(user).length;
    await stage.office.says("市办", "交办 如东 “别处的问题”");
    const elsewhere = await withEvidence(stage, "市办", "NT-2020-000001", await pictures(1));
    await push([...elsewhere.files, ...files.slice(2)]);
    await deliverAll();
    const [card, line, document] = stage.server.to(user).slice(before);
    expect(card?.text).toContain("新的交办");
    expect(line?.text).toContain("不在您的权限范围内");
    expect(document?.file?.kind).toBe("document");
  });
});

test("stopped while files were on their way: they are in doubt and listed, never go again, and their reader is told", async () => {
  const { user } = await pushed();
  stage.server.fail("sendMediaGroup", "hang-before");
  const isOnItsWay = () => stage.server.calls.some(({ method }) => method === "sendMediaGroup");
  const rounds = stage.until("no round is held up any more", () => stage.deliver().then(isOnItsWay));
  await stage.until("the album is on its way", isOnItsWay);
  await stage.restart();
  await rounds;
  await deliverAll();
  expect(await states()).toEqual(["sent", "ambiguous", "sent"]);
  expect(filesIn(stage.server.to(user)).map(({ kind }) => kind)).toEqual(["document"]);
  expect(await toldOf(user)).toEqual([["🟡 附件可能没有送达", "重新发送"]]);
});

test("killed between the card and its files: they come after the next start, the card doesn't again", async () => {
  const { user, expected } = await pushed({ start: false, second: 4 });
  const script = join(import.meta.dirname, "../../support/telegram/child.ts");
  const start = (second: number) => {
    const { server, office } = stage;
    const child = startChild(script, office.file, server.apiRoot, server.token, String(second));
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const kill = async () => {
      child.kill("SIGKILL");
      await gone;
    };
    onTestFinished(kill);
    return kill;
  };
  // Its seconds are long: the files have to wait for their turn.
  const kill = start(3_000);
  await stage.until("the card", async () => (await states())[0] === "sent");
  await kill();
  expect(await states()).toEqual(["sent", "pending", "pending"]);
  expect(stage.server.to(user)).toHaveLength(1);
  start(4);
  await stage.until("all is sent", async () => !/pending|sending/.test(String(await states())));
  expect(await states()).toEqual(["sent", "sent", "sent"]);
  expect(filesIn(stage.server.to(user))).toEqual(expected);
  expect(texts(user)).toHaveLength(1);
});
