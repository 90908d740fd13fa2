import { afterEach, beforeEach, expect, test } from "vitest";
import { firstMemberCode } from "../../src/bot/first-member.ts";
import { type AnOffice, anOffice, type Who } from "../support/office.ts";

const pc = { browser: "office-pc" };
const lead = { browser: "lead-pc" };
const phone = { browser: "phone" };

/** A running office: a member of it and a lead of the city, each with an account of their own. */
let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ demoData: false });
  const first = await firstMemberCode(office.bot);
  await office.says(pc, `绑定 ${first?.code}`);
  const { code } = (await office.says(pc, "邀请 市领导甲 市领导")).facts;
  await office.says(lead, `绑定 ${code}`);
  await office.expectCards([{ to: "市办", title: "新成员：市领导甲（市领导）" }]);
});
afterEach(() => office.close());

const who = async (someone: Who) => (await office.says(someone, "我的设置")).code;
const personOf = (name: string) => office.bot.store.read((r) => r.people.byName(name));
const codeOf = async (someone: Who) => (await office.says(someone, "绑定新账号")).facts.code as string;

test("a member binds a further account with a code from an account of their own", async () => {
  const made = await office.says(lead, "绑定新账号");
  expect(made.facts).toMatchObject({ name: "市领导甲", expiresAt: "2020-06-15T00:40:00Z" });
  expect((await office.says(phone, `绑定 ${made.facts.code}`)).facts.person).toBe("市领导甲");
  expect(await who(phone)).toBeNull();
});

test("the code is good for ten minutes, once, and only the newest", async () => {
  const [older, newer] = [await codeOf(lead), await codeOf(lead)];
  expect((await office.says(phone, `绑定 ${older}`)).message).toContain("作废");
  expect((await office.says(phone, `绑定 ${newer}`)).code).toBeNull();
  expect((await office.says({ browser: "thief" }, `绑定 ${newer}`)).message).toContain("用过");
  const late = await codeOf(lead);
  await office.advanceTo("2020-06-15T08:40");
  expect((await office.says({ browser: "thief" }, `绑定 ${late}`)).message).toContain("过期");
});

test("the office becomes the city's lead by none of the ways that there are", async () => {
  const thief = { browser: "thief" };
  expect((await office.says(pc, "邀请 市领导甲 市领导")).code).toBe("conflict");
  expect((await office.says(pc, "邀请 市领导甲", { role: "市领导" })).code).toBe("conflict");
  // From the machine itself one speaks in anybody's name, but gets no account of theirs.
  expect((await office.says("市领导甲", "绑定新账号")).code).toBe("forbidden");
  // A code of one's own makes nobody else.
  expect((await office.says(thief, `绑定 ${await codeOf(pc)}`)).facts.person).toBe("市办");
  expect((await office.says({ browser: "other" }, `绑定 ${await codeOf(pc)}`)).facts.person).toBe("市办");
  const accounts = await office.bot.store.read(async ({ people }) =>
    people.accountsOf((await people.byName("市领导甲"))?.id ?? 0),
  );
  expect(accounts.map(({ userKey }) => userKey)).toEqual(["lead-pc"]);
  const denied = (await office.bot.store.read((r) => r.audit.latest(10))).filter(
    (a) => a.outcome === "denied",
  );
  expect(denied.map(({ act, actor }) => [act, actor])).toEqual([["account", "市领导甲"]]);
});

test("the member hears of it on every account held before, platform by platform, and not on the new one", async () => {
  const id = (await personOf("市领导甲"))?.id ?? 0;
  await office.bot.store.write(async ({ people }) => {
    for (const [platform, workspace, userKey] of [
      ["slack", "T1", "U1"],
      ["telegram", "", "71"],
      ["telegram", "", "72"],
      ["web", "", "tablet"],
    ] as const)
      await people.bind(id, { platform, workspace, userKey }, 0);
    await people.pushTo(id, "slack");
  });
  const before = await office.bot.store.read((r) => r.outbox.newestId());
  await office.says(phone, `绑定 ${await codeOf(lead)}`);

  const told = await office.bot.store.read(async ({ outbox, people }) => {
    const accounts = await people.accountsOf(id);
    return (await outbox.after(before)).map(({ row }) => ({
      title: row.title,
      class: row.class,
      to: accounts.find((a) => a.id === row.accountId)?.userKey,
    }));
  });
  const notice = { title: "您的身份绑定了新账号", class: "must-arrive" };
  // Two browsers are one conversation.
  expect(told).toEqual(["lead-pc", "U1", "71", "72"].map((to) => ({ ...notice, to })));
  const due = await office.bot.store.read((r) =>
    r.outbox.due(Number.MAX_SAFE_INTEGER, 10, ["slack", "telegram"]),
  );
  expect(due.map(({ platform }) => platform)).toEqual(["slack", "telegram", "telegram"]);
  const [seen] = (await office.cardsOf("市领导甲")).filter((card) => card.title === notice.title);
  expect(JSON.stringify(seen)).toContain("告诉市办");
});

test("the audit says from which account a code was asked for and which account it became", async () => {
  const code = await codeOf(lead);
  await office.says(phone, `绑定 ${code}`);
  const rows = await office.bot.store.read((r) => r.audit.latest(2));
  const [linked, asked] = rows.map(({ act, detail }) => ({ act, ...JSON.parse(detail) }));
  expect(asked).toMatchObject({ act: "account", account: { platform: "web", userKey: "lead-pc" } });
  expect(linked).toMatchObject({
    act: "link",
    account: { platform: "web", userKey: "phone" },
    invitation: asked.invitation,
    inviter: { name: "市领导甲" },
    as: "further",
  });
  expect(JSON.stringify(rows)).not.toContain(code);
});

test("an account that is somebody's already becomes nobody else's", async () => {
  const code = await codeOf(lead);
  expect((await office.says(pc, `绑定 ${code}`)).code).toBe("already-done");
  expect((await office.says(pc, "我的设置")).code).toBeNull();
  expect((await office.bot.store.read((r) => r.people.byIdentity(accountOf("office-pc"))))?.name).toBe(
    "市办",
  );
});

const accountOf = (userKey: string) => ({ platform: "web", workspace: "", userKey }) as const;
