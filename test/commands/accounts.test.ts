import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice, type Who } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const phone = { browser: "phone" };
const tablet = { browser: "tablet" };
const joined = async () => {
  const { code } = (await office.says("市办", "邀请 王联络 县区联络员 海安")).facts;
  await office.says(phone, `绑定 ${code}`);
  const more = (await office.says(phone, "绑定新账号")).facts.code;
  await office.says(tablet, `绑定 ${more}`);
};
const accountsOf = async (who: Who, phrase = "我的账号") => (await office.says(who, phrase)).facts.accounts;
const audited = async () => {
  const [row] = await office.bot.store.read((r) => r.audit.latest(1));
  return { act: row?.act, outcome: row?.outcome, subject: row?.subject, ...JSON.parse(row?.detail ?? "{}") };
};

test("one's own accounts are listed with who made them, and unbound but for the last", async () => {
  await joined();
  const said = await office.says(phone, "我的账号");
  expect(said.text).toMatch(/网页 …hone（正在使用）[\s\S]*市办[\s\S]*网页 …blet[\s\S]*本人/);
  const [own, other] = said.facts.accounts;
  await office.presses(phone, `解绑 #${other.id}`);
  expect(await audited()).toMatchObject({
    act: "accounts.unbind",
    subject: "account:web//tablet",
    of: { name: "王联络" },
    before: "bound",
    after: "ended",
  });
  expect((await office.says(tablet, "海安")).code).toBe("not-linked");
  await office.says(phone, "我的账号");
  expect(await office.presses(phone, `解绑 #${own.id}`)).toMatchObject({ code: "conflict" });
  expect((await office.says(phone, "海安")).code).toBeNull();
});

test("the office lists and unbinds a member's, who is told; the identity may be bound anew", async () => {
  await joined();
  await office.expectCards([{ to: "王联络", title: "您的身份绑定了新账号" }]);
  const [, button] = (await office.says("市办", "账号 王联络")).card.buttons;
  const token = button?.kind === "press" ? button.token : "";
  await office.presses("市办", token);
  await office.expectCards([{ to: "王联络", title: /^账号已解绑：网页/ }]);
  expect((await office.presses("市办", token)).code).toBe("already-done");
  const { code } = (await office.says("市办", "邀请 李联络 县区联络员 如东")).facts;
  expect((await office.says(tablet, `绑定 ${code}`)).facts.person).toBe("李联络");
});

test.each([
  ["海安联络员", "账号 王联络", "forbidden"],
  ["海安领导", "账号 王联络", "forbidden"],
  ["市办", "账号 王联洛", "unknown-person"],
  ["海安联络员", "账号 海安联络员", null],
])("%s says %s: %s", async (who, phrase, code) => {
  await joined();
  expect((await office.says(who, phrase)).code).toBe(code);
});

test("a button of the office's card does nothing in another's hand", async () => {
  await joined();
  const { card } = await office.says("市办", "账号 王联络");
  const [button] = card.buttons;
  const token = button?.kind === "press" ? button.token : "";
  expect((await office.presses("海安领导", token)).code).toBe("stale-action");
  expect(await accountsOf(phone)).toHaveLength(2);
});

test("notices go on where an account is left", async () => {
  await joined();
  const [slack] = await office.bot.store.write(async ({ people, accounts }) => {
    const id = (await people.byName("王联络"))?.id ?? 0;
    await people.bind(id, { platform: "slack", workspace: "T1", userKey: "U1" }, 0);
    await people.pushTo(id, "slack");
    return (await accounts.of(id)).filter(({ account }) => account.platform === "slack");
  });
  await office.says(phone, "我的账号");
  await office.presses(phone, `解绑 #${slack?.account.id}`);
  expect((await office.says(phone, "我的设置")).facts.push).toBe("web");
});
