import { afterEach, beforeEach, expect, test } from "vitest";
import type { Card } from "../../src/chat/card.ts";
import { receive, workOne } from "../../src/delivery/inbound.ts";
import { type Brought, type LostAnswers, lostAnswersOn } from "../../src/delivery/lost-answers.ts";
import { newCode } from "../../src/office/invitation.ts";
import type { Inbound } from "../../src/store/inbox.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const users = { U1: "海安联络员", U2: "市办" } as const;
let office: AnOffice;
let lost: LostAnswers;
let rounds: number;
let serial = 0;

const startAnew = () => {
  lost = lostAnswersOn(office.bot, "slack", {
    askerOf({ payload }) {
      const { user, ...brought } = JSON.parse(payload) as Brought & { user: string };
      return { identity: { platform: "slack", workspace: "T1", userKey: user }, ...brought };
    },
    onFault: (error) => expect(error).toBeUndefined(),
    afterwards: () => {
      rounds += 1;
    },
  });
};
beforeEach(async () => {
  office = await anOffice();
  rounds = 0;
  startAnew();
  for (const [userKey, name] of Object.entries(users)) {
    const person = await office.bot.store.read((r) => r.people.byName(name));
    const identity = { platform: "slack", workspace: "T1", userKey };
    await office.bot.store.write((w) => w.people.bind(person?.id ?? 0, identity, 0));
  }
});
afterEach(() => office.close());

const comesIn = async (user: string, brought: Brought) =>
  (await receive(office.bot, {
    platform: "slack",
    externalId: `E${serial++}`,
    payload: { user, ...brought },
  })) as Inbound;
/** A message whose answer fails until it is given up. */
const isLost = async (user: string, what: string | Brought, { done = false } = {}) => {
  const row = await comesIn(user, typeof what === "string" ? { said: what } : what);
  const keys = [`message/${row.id}`];
  const effect = { personId: null, act: "assign", title: "已交办", subject: null, at: 0 };
  if (done)
    await office.bot.store.write(async (w) => {
      await w.inbox.takeEffect(row.id);
      await w.effects.record(keys, effect);
    });
  const bot = { ...office.bot, report: () => undefined };
  const away = () => Promise.reject(new Error("away"));
  for (let attempts = 0; attempts < 5; attempts++) await workOne(bot, { ...row, attempts }, away, lost.note);
};
/** What askers have been told: to whom, on which account's platform, and the lines. */
const told = async () => {
  lost.reached();
  await lost.written();
  const all = await office.bot.store.read((r) => r.outbox.after(0));
  return all
    .filter(({ row }) => row.key.startsWith("trouble/answers-"))
    .map(({ row, audience }) => {
      const { title, blocks, buttons = [] } = JSON.parse(row.card) as Card;
      const [text] = blocks.map((block) => (block.kind === "text" ? block.text : ""));
      return {
        audience,
        title,
        lines: text?.split("\n"),
        says: buttons.map((b) => b.kind === "say" && b.say),
      };
    });
};

test("whoever's answer was lost is told once, by the question, when the platform takes calls again", async () => {
  expect(await told()).toEqual([]);
  await isLost("U1", "排名 5月");
  const expected = {
    audience: "海安联络员",
    title: "有一条答复没有送达",
    lines: [expect.stringMatching(/^“排名 5月”（6月15日.*）没有得到答复，请重新发送。$/)],
    says: ["排名 5月"],
  };
  expect(await told()).toEqual([expected]);
  expect(await told()).toEqual([expected]);
  expect(rounds).toBe(1);
});

test.each([
  ["press", /^您按的按钮（.*）没有得到答复，请再按一次。$/],
  ["form", /^您提交的表单（.*）没有得到答复，请重新提交。$/],
  ["file", /^您发的文件（.*）没有得到答复，请重新发送。$/],
] as const)("what wasn't said (%s) is named, and isn't offered to be said once more", async (did, line) => {
  await isLost("U1", { did });
  expect(await told()).toMatchObject([{ lines: [expect.stringMatching(line)], says: [] }]);
});

test("a code in it is shown to nobody, nor its hash", async () => {
  const { code, hash: codeHash } = newCode();
  const invited = { codeHash, name: "王芳", role: "office", createdAt: 0, expiresAt: 1e15 } as const;
  await office.bot.store.write((w) => w.people.invite(invited));
  await isLost("U1", `绑定 ${code}`);
  const [notice] = await told();
  expect(notice?.lines).toEqual([expect.stringMatching(/^“绑定 ••••.*”（/)]);
  expect(notice?.says).toEqual([]);
});

test("several of one person are one message; what was done is not to be said again, nor made up for by the next start", async () => {
  await isLost("U1", "排名 5月");
  await isLost("U2", "交办 海安 “扬尘”", { done: true });
  await isLost("U1", "今日");
  const [first, second, ...more] = await told();
  expect(more).toEqual([]);
  expect(first).toMatchObject({ audience: "海安联络员", title: "有2条答复没有送达", says: [] });
  expect(first?.lines?.map((line) => line.slice(0, 4))).toEqual(["“排名 ", "“今日”"]);
  expect(second).toMatchObject({ audience: "市办", says: [] });
  expect(second?.lines?.join()).toContain("已经办理，只是答复没有送达，不用重发");
  expect(await office.bot.store.read((r) => r.inbox.unanswered("slack"))).toEqual([]);
});

test("a restart in between loses nothing, and a stranger is owed nothing", async () => {
  await isLost("U9", "你好");
  await isLost("U1", "今日");
  startAnew();
  expect((await told()).map(({ audience }) => audience)).toEqual(["海安联络员"]);
});
