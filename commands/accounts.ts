import { z } from "zod";
import { everybody } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { platformName } from "../src/chat/platform.ts";
import { type Refusal, refuse } from "../src/chat/refusal.ts";
import { holdsRole } from "../src/domain/posts.ts";
import { accountsCard, tailOf } from "../src/members/accounts-card.ts";
import { codeMakers, codeMakersOf } from "../src/office/code-makers.ts";
import { accountSubject } from "../src/office/invitation.ts";
import type { Account, Person } from "../src/store/people.ts";
import { CONSOLE } from "../src/store/schema.ts";
import type { Reader, Writer } from "../src/store/store.ts";

/** 我的账号：from where somebody speaks, and how to end it; the office looks at and ends anybody's. */
export default command({
  name: "accounts",
  words: ["我的账号", "账号", "我的登录"],
  help: { does: "看和解绑自己的账号、网页登录；市办可看成员的", example: "我的账号" },
  who: everybody,
  audience: "person",
  args: z.object({ name: arg.maybe.text("姓名", { rest: true, maxLength: 30 }) }),

  async answer({ args: { name }, person }, context) {
    if (name === undefined || name === person.name) return accountsCard("我的账号", person, person, context);
    if (!holdsRole(person, "office"))
      return refuse("forbidden", "只能看自己的账号，请发送“我的账号”；成员的账号由市办管理。", ["我的账号"]);
    const everybody = await context.store.people.ever();
    const whose = everybody.find((one) => one.name === name.normalize("NFKC").trim());
    if (whose !== undefined) return accountsCard(`账号：${whose.name}`, whose, person, context);
    const near = context.names.nearest(
      name,
      everybody.map((one) => one.name),
    );
    return refuse(
      "unknown-person",
      `成员里没有“${name.slice(0, 20)}”。${near.length > 0 ? `您要找的是${near.map((one) => `“${one}”`).join("或")}吗？` : "发送“人员”看名单。"}`,
      near.length > 0 ? near.map((one) => `账号 ${one}`) : ["人员"],
    );
  },
});

/** 解绑：from then on nobody speaks from that account, whoever is signed in by it included. */
export const unbind = action({
  name: "accounts.unbind",
  label: "解绑",
  forEnterprises: true,
  params: z.object({ account: z.int() }),
  fields: z.object({}),
  async press({ params, person }, context) {
    const found = await accountFor(params.account, person, context);
    if ("code" in found) return found;
    const { account, whose } = found;
    const { store, now, platforms } = context;
    const isOwn = whose.id === person.id;
    const others = (await store.people.accountsOf(whose.id)).filter(({ id }) => id !== account.id);
    if (isOwn && others.length === 0)
      return refuse(
        "conflict",
        "这是您唯一的账号，解绑后您就不能再办理了。请先发送“绑定新账号”加一个，或请市办解绑。",
        ["绑定新账号"],
      );
    const at = now.epochMilliseconds;
    if (!(await store.accounts.end(account.id, at, "账号已解绑"))) return gone;
    const signIns = await store.signIns.endAll({ personId: whose.id, accountId: account.id }, at);
    // Notices go where somebody still is.
    if (whose.pushPlatform === account.platform && !others.some((one) => one.platform === account.platform)) {
      const next = others.find((one) => platforms.get(one.platform)?.pushes === "linked");
      await store.people.pushTo(whose.id, next?.platform ?? CONSOLE);
    }
    const name = `${platformName(platforms, account.platform)} ${tailOf(account)}`;
    await tellOwner(whose, person, `账号已解绑：${name}`, `从这个账号不能再以您的名义办理。`, context);
    return {
      ...(await accountsCard(`已解绑：${name}`, { ...whose }, person, context)),
      tone: "good",
      subject: accountSubject(account),
      audit: {
        account: account.id,
        of: { id: whose.id, name: whose.name },
        before: "bound",
        after: "ended",
        signIns,
      },
    };
  },
});

/** 核实：a second member of the office has made sure whose an account is. */
export const vouch = action({
  name: "accounts.vouch",
  label: "核实",
  forEnterprises: true,
  params: z.object({ account: z.int() }),
  fields: z.object({}),
  async press({ params, person }, context) {
    const { store } = context;
    if (!holdsRole(person, "office")) return refuse("forbidden", "核实账号须由市办办理。");
    const found = await accountFor(params.account, person, context);
    if ("code" in found) return found;
    const { account, whose } = found;
    if (whose.id === person.id) return refuse("forbidden", "自己的账号须由市办另一位成员核实。");
    const makers = await codeMakers(account, store);
    if (makers.length === 0)
      return refuse("already-done", "这个账号不用核实，或已经核实。", [`账号 ${whose.name}`]);
    const own = await codeMakersOf(person, context.identity, context);
    if (makers.includes(person.id) || own.some((id) => makers.includes(id)))
      return refuse("forbidden", "这个账号是由您，或开通您账号的人开通的，须由市办其他成员核实。");
    await store.accounts.vouch(account.id, person.id);
    return {
      ...(await accountsCard(`已核实：${whose.name}`, whose, person, context)),
      tone: "good",
      subject: accountSubject(account),
      audit: {
        account: account.id,
        of: { id: whose.id, name: whose.name },
        before: "made by one",
        after: "vouched",
      },
    };
  },
});

/** 结束登录：a browser is nobody's any more. */
export const endSignIn = action({
  name: "accounts.end-sign-in",
  label: "结束登录",
  forEnterprises: true,
  params: z.object({ signIn: z.int() }),
  fields: z.object({}),
  async press({ params, person }, context) {
    const { store, now } = context;
    const at = now.epochMilliseconds;
    const signIn = await store.signIns.byId(params.signIn);
    const whose = signIn === null ? null : await store.people.byId(signIn.personId);
    if (signIn === null || whose === null) return gone;
    if (whose.id !== person.id && !holdsRole(person, "office"))
      return refuse("forbidden", "只能结束自己的登录，成员的登录由市办管理。");
    if (!(await store.signIns.end(signIn.id, at))) return gone;
    await tellOwner(whose, person, `网页登录已结束：${signIn.browser}`, "要再用网页请重新登录。", context);
    return {
      ...(await accountsCard(`已结束登录 #${signIn.id}`, whose, person, context)),
      tone: "good",
      audit: { signIn: signIn.id, of: { id: whose.id, name: whose.name } },
    };
  },
});

const gone = refuse("already-done", "这个账号或登录已经解绑或结束。", ["我的账号"]);

/** An account that still stands, for its owner or the office. */
async function accountFor(
  id: number,
  person: Person,
  { store }: Pick<Context<Reader>, "store">,
): Promise<{ account: Account; whose: Person } | Refusal> {
  const made = await store.accounts.made(id);
  const whose = made === null ? null : await store.people.byId(made.account.personId);
  if (made === null || whose === null || made.account.endedAt !== null) return gone;
  if (whose.id !== person.id && !holdsRole(person, "office"))
    return refuse("forbidden", "只能解绑自己的账号，成员的账号由市办管理。");
  return { account: made.account, whose };
}

/** Tells somebody what the office has done with an account of theirs; what they do themselves they see. */
async function tellOwner(
  whose: Person,
  by: Person,
  title: string,
  after: string,
  { store, now }: Context<Writer>,
): Promise<void> {
  if (whose.id === by.id || !whose.active) return;
  const at = now.epochMilliseconds;
  const card: Card = {
    title,
    tone: "notice",
    blocks: [{ kind: "text", text: `由市办${by.name}办理。${after}如您不知道此事，请打电话向市办核实。` }],
    facts: { by: by.name },
  };
  const sending = { class: "must-arrive", uncounted: "alarm" } as const;
  await store.outbox.queue(
    { key: `accounts/${title}/${at}/${whose.id}`, to: { personId: whose.id }, ...sending, card },
    at,
  );
}
