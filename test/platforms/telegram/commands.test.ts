import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { arg } from "../../../src/chat/args.ts";
import type { AnyCommand } from "../../../src/chat/command.ts";
import { menuOf as shownMenu } from "../../../src/platforms/telegram/menu.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

const full = process.env.TEST_FULL === "1";
let stage: Stage;
let office: number;
let liaison: number;
beforeAll(async () => {
  stage = await aStage();
  office = await stage.member("市办");
  liaison = await stage.member("海安联络员");
});
afterAll(() => stage.close());

describe("in a private chat", () => {
  test(`every command is answered as a slash command, and ${full ? "every" : "every third"} example as it stands`, async () => {
    for (const [nth, command] of stage.bot.registry.commands.filter((c) => c.name !== "here").entries()) {
      if (full || nth % 3 === 0) {
        const plain = await stage.says(office, command.help.example);
        expect(plain.length, command.help.example).toBeGreaterThan(0);
      }
      const [slash] = await stage.says(office, `/${command.name}`);
      expect(slash?.text, command.name).not.toContain("没看懂");
      const person = await stage.personId("市办");
      if (await stage.bot.store.read((r) => r.chats.dialogOf(person))) await stage.says(office, "取消");
    }
    expect(stage.server.violations).toEqual([]);
  });

  test("a county's card has its figures and its table keeps its columns", async () => {
    const [card] = await stage.says(liaison, "海安");
    expect(card?.text).toContain("海安");
    expect(card?.text).toContain("PM2.5");
    expect(card?.text).toContain("演示数据");
    const [ranking] = await stage.says(liaison, "排名 5月");
    expect(ranking?.entities.map((e) => e.type)).toContain("pre");
  });

  test("a stranger is told how to link and nothing else", async () => {
    const stranger = stage.stranger();
    expect((await stage.says(office, "取消"))[0]?.text).toContain("没有在填的表单");
    for (const text of ["海安", "/county 海安", "取消", "hello"]) {
      const [answer] = await stage.says(stranger, text);
      expect(answer?.text).toContain("还没有绑定");
    }
    await stage.settled();
    const file = new Database(stage.office.file, { readonly: true });
    const kept = file.prepare(
      "select count(*) from inbox where payload like ? union all select count(*) from heard where said like ?",
    );
    expect(kept.pluck().all(`%"id":${stranger},%`, `%/${stranger}/%`), "nothing of it is kept").toEqual([
      0, 0,
    ]);
    file.close();
  });

  test("a voice message is answered with what to send instead; a forwarded text is not obeyed", async () => {
    const [voice] = await stage.answers(office, () =>
      stage.server.bring(stage.server.messageOf(office, office, { voice: { file_id: "v", duration: 3 } })),
    );
    expect(voice?.text).toContain("请发文字、照片");
    const [forwarded] = await stage.says(office, "海安", { forward_origin: { type: "user", date: 1 } });
    expect(forwarded?.text).toContain("转发");
  });
});

describe("linking", () => {
  const invite = async (name: string, ...more: string[]) =>
    (await stage.office.says("市办", ["邀请", name, ...more].join(" "))).facts.code as string;

  test("a code binds by phrase, by /link and by a deep link, and pushes go to Telegram from then on", async () => {
    for (const [name, say] of [
      ["甲联络", (code: string) => `绑定 ${code}`],
      ["乙联络", (code: string) => `/link ${code}`],
      ["丙联络", (code: string) => `/start ${code}`],
    ] as const) {
      const user = stage.stranger();
      const [answer] = await stage.says(user, say(await invite(name, "县区联络员", "如东")));
      expect(answer?.text).toContain(`已绑定：${name}`);
      const person = await stage.bot.store.read((r) => r.people.byName(name));
      expect(person?.pushPlatform).toBe("telegram");
      expect((await stage.says(user, "如东"))[0]?.text).toContain("如东");
    }
  });

  test("a used code is refused", async () => {
    const code = await invite("丁联络", "县区联络员", "如东");
    await stage.says(stage.stranger(), `绑定 ${code}`);
    const [again] = await stage.says(stage.stranger(), `绑定 ${code}`);
    expect(again?.text).toContain("已经用过");
  });
});

describe("in a group", () => {
  const chat = -1001;
  beforeAll(() => stage.binds(chat, { regionId: "haian" }));

  test("commands, mentions and answers to the bot are heard, talk among people is not", async () => {
    const heard: [string, object][] = [
      ["/county 海安", {}],
      [`/county@${"lantian_bot"} 海安`, {}],
      ["/County 海安", {}],
      ["/COUNTY@Lantian_Bot 海安", {}],
      ["@lantian_bot 海安", {}],
      ["海安", { reply_to_message: { from: { id: 100200300 } } }],
    ];
    for (const [text, more] of heard) {
      const [answer] = await stage.says(liaison, text, { chat, ...more });
      expect(answer?.text, text).toContain("海安");
    }
    const unheard = ["海安怎么样", "/county@other_bot 海安", "/unknowncommand", "@lantian_bots 海安"];
    for (const text of unheard) expect(await stage.says(liaison, text, { chat }), text).toEqual([]);
  });

  test("in a topic the answer stays in the topic", async () => {
    await stage.says(liaison, "/county 海安", { chat, is_topic_message: true, message_thread_id: 42 });
    const last = stage.server.calls.findLast((c) => c.method === "sendMessage");
    expect(last?.payload.message_thread_id).toBe(42);
  });

  test("personal buttons are not shown there, buttons that say a phrase are, and anybody may press those", async () => {
    const [issue] = await stage.says(liaison, "/issue NT-2020-000006", { chat });
    expect(issue?.keyboard).toEqual([]);
    expect(issue?.text).toContain("办理按钮只在私聊里显示");
    const [card] = await stage.says(liaison, "/issues", { chat });
    const data = card?.keyboard.flat().map((b) => b.callback_data) ?? [];
    expect(data.length).toBeGreaterThan(0);
    expect(data.every((d) => d.startsWith("s:"))).toBe(true);
    const opens = data.find((d) => d.includes("NT-2020-000006"));
    const [answer] = await stage.presses(office, card as never, opens ?? "");
    expect(answer?.text).toContain("NT-2020-000006");
  });

  test("scope is the person's, not the group's", async () => {
    const [other] = await stage.says(liaison, "/county 如东", { chat });
    expect(other?.text).toContain("权限");
  });

  test("whoever speaks as a group, a channel or a bot has no right to anything", async () => {
    const done = async () =>
      (await stage.bot.store.read((r) => r.audit.latest(1000))).filter(({ outcome }) => outcome === "done")
        .length;
    const before = await done();
    const [anonymous] = await stage.says(liaison, "/here 海安", {
      chat,
      sender_chat: { id: chat, type: "supergroup" },
    });
    expect(anonymous?.text).toContain("匿名");
    const bot = { from: { id: office, is_bot: true, first_name: "x" } };
    expect(await stage.says(office, "/here 海安", { chat, ...bot })).toEqual([]);
    expect(await done()).toBe(before);
  });
});

describe("绑定本群", () => {
  const group = (chatKey: number) =>
    stage.bot.store.read((r) =>
      r.chats.byIdentity({ platform: "telegram", workspace: "", chatKey: String(chatKey) }),
    );

  test.each([
    ["绑定本群 海安", { regionId: "haian", departmentId: null }],
    ["/here 住建局", { regionId: null }],
    ["绑定本群 全市", { regionId: null, departmentId: null }],
  ])("the office binds a group: %s", async (phrase, expected) => {
    const text = phrase.startsWith("/") ? phrase : `@lantian_bot ${phrase}`;
    const [answer] = await stage.says(office, text, { chat: -2002 });
    expect(answer?.text).toContain("本群已绑定");
    expect(await group(-2002)).toMatchObject({ active: true, ...expected });
  });

  test("and lets it go again; nobody else may, and not in private", async () => {
    const [denied] = await stage.says(liaison, "/here 海安", { chat: -2003 });
    expect(denied?.text).toContain("须由市办");
    expect(await group(-2003)).toBeNull();
    expect((await stage.says(office, "绑定本群 海安"))[0]?.text).toContain("请在要绑定的群里");
    expect((await stage.says(office, "/here", { chat: -2002 }))[0]?.text).toContain("请写明");
    await stage.says(office, "/here 解除", { chat: -2002 });
    expect(await group(-2002)).toMatchObject({ active: false });
  });
});

describe("the command menu", () => {
  const namesOf = (menu: readonly { command: string }[] | null) => menu?.map(({ command }) => command) ?? [];
  const menuOf = async (user: number) => {
    await stage.says(user, "今日");
    await stage.until("the menu", () => stage.server.menu(`chat/${user}`) !== null);
    return stage.server.menu(`chat/${user}`);
  };

  test("is each person's own: what they may use, in Chinese, and no more than Telegram takes", async () => {
    const [own, offices] = [await menuOf(liaison), await menuOf(office)];
    const help = async (who: string) =>
      (await stage.office.says(who, "帮助")).facts.commands.map(({ name }: { name: string }) => name);
    expect(namesOf(own)).toEqual(await help("海安联络员"));
    expect(namesOf(own)).not.toContain("invite");
    expect(namesOf(offices)).toContain("invite");
    expect(offices?.length).toBeLessThanOrEqual(100);
    for (const { command, description } of [...(own ?? []), ...(offices ?? [])]) {
      expect(command).toMatch(/^[a-z0-9_]{1,32}$/);
      expect(description).toMatch(/\p{Script=Han}/u);
      expect([...description].length).toBeLessThanOrEqual(100);
    }
    // What there was no room for works all the same.
    const [unlisted] = (await help("市办")).filter((name: string) => !namesOf(offices).includes(name));
    if (unlisted !== undefined)
      expect((await stage.says(office, `/${unlisted}`))[0]?.text, unlisted).not.toContain("没看懂");
  });

  test("is a stranger's until they are linked; a group's has what is answered there", async () => {
    await stage.until("the groups' menu", () => stage.server.menu("all_group_chats") !== null);
    expect(namesOf(stage.server.menu())).toEqual(["help", "link"]);
    const groups = namesOf(stage.server.menu("all_group_chats"));
    expect(groups).toContain("ranking");
    for (const name of ["today", "assign", "invite"]) expect(groups).not.toContain(name);
    const user = stage.stranger();
    await stage.says(user, "海安");
    expect(stage.server.menu(`chat/${user}`)).toBeNull();
    const { code } = (await stage.office.says("市办", "邀请 戊联络 县区联络员 如东")).facts;
    await stage.says(user, `绑定 ${code}`);
    await stage.until("their own menu", () => stage.server.menu(`chat/${user}`) !== null);
    expect(namesOf(stage.server.menu(`chat/${user}`))).toContain("today");
  });

  test("has room for a hundred: what needs more words than its name gives way", () => {
    const bare = (name: string) => ({ ...helpCommand(), name });
    const all = Array.from({ length: 120 }, (_, i) =>
      bare(`${"abcdefghij"[i % 10]}${"abcdefghijkl"[Math.floor(i / 10)]}`),
    );
    const wordy = { ...all[0], name: "wordy", args: z.object({ word: arg.text("词") }) } as AnyCommand;
    const kept = namesOf(shownMenu([wordy, ...all.slice(0, 99)]));
    expect(kept).toHaveLength(100);
    expect(kept).toContain("wordy");
    const full = namesOf(shownMenu([wordy, ...all.slice(0, 100)]));
    expect(full).toHaveLength(100);
    expect(full).not.toContain("wordy");
    expect(shownMenu(all)).toHaveLength(100);
  });
  const helpCommand = (): AnyCommand =>
    stage.bot.registry.commands.find(({ name }) => name === "help") as AnyCommand;
});
