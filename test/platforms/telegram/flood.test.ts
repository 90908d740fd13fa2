import { afterEach, describe, expect, test } from "vitest";
import { keptWith } from "../../support/kept.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

const full = process.env.TEST_FULL === "1";
/** A flood of 200 messages a second. */
const seconds = full ? 30 : 1;
let stage: Stage;
afterEach(() => stage.close());

const textsTo = (chat: number) => stage.server.to(chat).map((m) => m.text);
const tooFast = (text: string) => text.includes("您发得太快了");
const says = (user: number, text: string, more = {}) => stage.noting(stage.server.says(user, text, more));

describe("a flood of one person's messages", () => {
  test("is worked on up to ten, answered once with a word on patience, and costs nobody else anything", async () => {
    stage = await aStage({ second: 50 });
    const [hasty, file, ...others] = [
      await stage.member("市办"),
      "evidence.csv",
      await stage.member("海安联络员"),
      await stage.member("如东联络员"),
    ] as const;
    stage.server.files.set(file, { path: "documents/1", bytes: Buffer.from("x") });
    for (let i = 0; i < seconds * 200; i += 1) {
      says(hasty, "海安", { date: 1_700_000_000 + Math.floor(i / 200) });
      if (i === 40) for (const other of others) says(other, "今日");
      if (i === 60)
        stage.noting(
          stage.server.bring(
            stage.server.messageOf(hasty, hasty, { document: { file_id: file, file_name: file } }),
          ),
        );
      if (i === 80) {
        stage.noting(stage.server.bring(stage.server.messageOf(hasty, -7, { migrate_to_chat_id: -1007 })));
        for (const other of others) says(other, "/city", { chat: -9 });
      }
    }
    const group = await stage.bot.store.write((w) =>
      w.chats.bind({ platform: "telegram", chatKey: "-7", boundAt: 0 }),
    );
    await stage.until("all is worked off", async () => {
      const waiting = await stage.bot.store.read((r) => r.inbox.waiting("telegram"));
      return stage.server.unconfirmed() === 0 && waiting.length === 0;
    });
    const answers = textsTo(hasty);
    const worked = 10 + (seconds - 1);
    expect(answers.filter((text) => /^\P{L}*海安/u.test(text))).toHaveLength(worked);
    expect(answers.filter(tooFast)).toHaveLength(1);
    expect(answers.filter((text) => text.includes("没有导入"))).toHaveLength(1);
    expect(answers).toHaveLength(worked + 2);
    for (const other of others) expect(textsTo(other)).toHaveLength(1);
    expect(textsTo(-9)).toHaveLength(others.length);
    expect(await stage.bot.store.read((r) => r.chats.byId(group.id))).toMatchObject({ chatKey: "-1007" });
    // Whoever flooded waits for their own answers; the others had theirs long before.
    const at = (chat: number) => stage.server.sent.findLastIndex((m) => m.chat === chat);
    for (const other of others) expect(at(other)).toBeLessThan(at(hasty));
    expect(stage.server.violations).toEqual([]);
  });

  test("ends with the flood: who has been quiet for ten seconds is answered again", async () => {
    stage = await aStage();
    const user = await stage.member("海安联络员");
    const sentAt = 1_700_000_000;
    for (let i = 0; i < 20; i += 1) says(user, "海安", { date: sentAt });
    await stage.settled();
    expect(textsTo(user).at(-1)).toSatisfy(tooFast);
    expect(keptWith(stage.office.file, "海安"), "what is too much isn't kept").toBe(10);
    const [answer] = await stage.says(user, "海安", { date: sentAt + 10 });
    expect(answer?.text).toContain("PM2.5");
  });

  test("is none when the messages were sent over an evening and come all at once after a break", async () => {
    stage = await aStage({ second: 5 });
    const user = await stage.member("海安联络员");
    for (let i = 0; i < 30; i += 1) says(user, "海安", { date: 1_700_000_000 + i * 60 });
    await stage.settled();
    expect(textsTo(user)).toHaveLength(30);
    expect(textsTo(user).some(tooFast)).toBe(false);
  });

  test("isn't one where people talk among themselves: what the bot isn't asked never counts", async () => {
    stage = await aStage();
    const user = await stage.member("海安联络员");
    for (let i = 0; i < 40; i += 1) says(user, "大家好", { chat: -5, date: 1_700_000_000 });
    says(user, "/city", { chat: -5, date: 1_700_000_000 });
    await stage.settled();
    expect(textsTo(-5)).toHaveLength(1);
    expect(textsTo(-5)[0]).toContain("PM2.5");
  });

  test("of presses ends in one word on the button", async () => {
    stage = await aStage({ frozen: true });
    const user = await stage.member("海安联络员");
    const [card] = await stage.says(user, "今日");
    for (let i = 0; i < 40; i += 1)
      stage.noting(stage.server.presses(user, { chat: user, id: card?.id ?? 0 }, "问题清单"));
    await stage.settled();
    expect(stage.server.answered.filter(({ text }) => tooFast(text))).toHaveLength(1);
    const lists = () => stage.server.to(user).filter(({ file }) => file === undefined);
    expect(lists()).toHaveLength(1 + 10);
    stage.pass(10_000);
    await stage.presses(user, { chat: user, id: card?.id ?? 0 }, "问题清单");
    expect(lists()).toHaveLength(1 + 11);
  });
});
