import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { platformName } from "../chat/platform.ts";
import { shortTime } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { holdsRole } from "../domain/posts.ts";
import { accountInUse, codeMakers } from "../office/code-makers.ts";
import type { MadeAccount } from "../store/accounts.ts";
import type { Account, Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

const unbind = buttonsOf("accounts.unbind", z.object({}));
const vouch = buttonsOf("accounts.vouch", z.object({}));
const endSignIn = buttonsOf("accounts.end-sign-in", z.object({}));

/** A person's accounts and sign-ins as somebody sees them: their own, or the office anybody's. */
export async function accountsCard(
  title: string,
  whose: Person,
  viewer: Person,
  context: Context<Reader>,
): Promise<Card> {
  const { store, office, now, platforms } = context;
  const time = (at: EpochMs) => shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(at)));
  const accounts = await store.accounts.of(whose.id);
  const signIns = await store.signIns.of(whose.id, now.epochMilliseconds);
  const here = context.identity === undefined ? null : await accountInUse(context.identity, context);
  const rows: { account: Account; cells: string[]; doubt: boolean }[] = [];
  for (const made of accounts) {
    const { account } = made;
    const doubt = (await codeMakers(account, store)).length > 0;
    rows.push({
      account,
      doubt,
      cells: [
        `#${account.id}`,
        `${platformName(platforms, account.platform)} ${tailOf(account)}${account.id === here?.id ? "（正在使用）" : ""}`,
        time(account.createdAt),
        await madeByWords(made, context),
      ],
    });
  }
  const isOwn = whose.id === viewer.id;
  const mayVouch = holdsRole(viewer, "office") && !isOwn;
  return {
    title,
    subject: `accounts:${whose.id}`,
    blocks: [
      rows.length === 0
        ? { kind: "text", text: `${isOwn ? "您" : whose.name}没有绑定账号。` }
        : {
            kind: "table",
            columns: [{ title: "编号" }, { title: "账号" }, { title: "绑定时间" }, { title: "由谁开通" }],
            rows: rows.map(({ cells }) => cells),
          },
      ...(signIns.length === 0
        ? []
        : [
            {
              kind: "table" as const,
              columns: [
                { title: "网页登录" },
                { title: "浏览器" },
                { title: "登录时间" },
                { title: "有效至" },
              ],
              rows: signIns.map((one) => [
                `#${one.id}`,
                one.browser,
                time(one.createdAt),
                time(one.expiresAt),
              ]),
            },
          ]),
      {
        kind: "note",
        text: isOwn
          ? "不认识的账号或登录请立即解绑、结束，并告诉市办；加账号请发送“绑定新账号”"
          : "由一人开通、未经他人核实的账号，不能审批开通人提出的事项；请向本人核实后再按“核实”",
      },
    ],
    buttons: [
      ...rows.map(({ account }) => unbind(`解绑 #${account.id}`, { account: account.id })),
      ...(mayVouch
        ? rows
            .filter(({ doubt }) => doubt)
            .map(({ account }) => vouch(`核实 #${account.id}`, { account: account.id }))
        : []),
      ...signIns.map(({ id }) => endSignIn(`结束登录 #${id}`, { signIn: id })),
    ],
    facts: {
      person: whose.name,
      accounts: accounts.map(({ account, madeBy }) => ({
        id: account.id,
        platform: account.platform,
        boundAt: Temporal.Instant.fromEpochMilliseconds(account.createdAt).toString(),
        invitation: madeBy?.id ?? null,
        vouched: account.vouchedBy !== null,
      })),
      signIns: signIns.map(({ id, browser, expiresAt }) => ({
        id,
        browser,
        expiresAt: Temporal.Instant.fromEpochMilliseconds(expiresAt).toString(),
      })),
    },
  };
}

/** The end of what a platform calls somebody: enough to tell two of them apart. */
export const tailOf = ({ userKey }: Pick<Account, "userKey">): string => `…${userKey.slice(-4)}`;

async function madeByWords(
  { account, madeBy }: MadeAccount,
  { store }: Pick<Context<Reader>, "store">,
): Promise<string> {
  const nameOf = async (id: Account["personId"] | null) =>
    id === null ? null : ((await store.people.byId(id))?.name ?? null);
  if (madeBy === null) return "—";
  if (madeBy.createdBy === account.personId) return "本人";
  const second = (await nameOf(madeBy.secondBy)) ?? (await nameOf(account.vouchedBy));
  return [(await nameOf(madeBy.createdBy)) ?? "系统启动", second === null ? "" : `${second}核实`]
    .filter(Boolean)
    .join("，");
}
