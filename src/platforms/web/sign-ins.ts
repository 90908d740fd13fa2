import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Lantian } from "../../bot/lantian.ts";
import type { Card } from "../../chat/card.ts";
import { platformName } from "../../chat/platform.ts";
import { accountSubject, hashOfCode, newCode } from "../../office/invitation.ts";
import { asTyped } from "../../office/sealed-codes.ts";
import { concealCodes } from "../../office/shown-codes.ts";
import type { Account, Person } from "../../store/people.ts";
import { floodGate } from "../kit/flood.ts";
import type { CodeAsked, CodeRedeemed, SignIns } from "./console.ts";

/** How long somebody stays signed in. */
export const SIGN_IN_HOURS = 12;
export const CODE_MINUTES = 10;
/** Wrong tries after which a code is good for nothing. */
const TRIES = 5;
/** Codes that one person is sent within an hour: a stranger who knows a name can't fill their chat. */
const CODES_AN_HOUR = 5;
const HOUR_MS = 3_600_000;
/** What one address may ask for or try at once, and how fast that fills up again; an office may sit behind one address. */
const PACE = { each: { burst: 20, perSecond: 1 / 60 }, all: { burst: 200, perSecond: 1 } };

/**
 * Sign-ins to the console on a network: a code goes to a chat account that is bound to the person, and makes the browser
 * that asked for it theirs for twelve hours. Whoever asks learns nothing of whether a name is anybody's.
 */
export function signInsOf(
  bot: Lantian,
  options: {
    origin: string;
    /** What was queued is to be sent. */
    send: () => Promise<void>;
    /** Whether a chat platform still hears an account: a guest of its workspace doesn't sign in either. */
    hears?: (account: Account) => Promise<boolean>;
    machineNow?: () => number;
  },
): SignIns {
  const { origin, send, hears = async () => true, machineNow = Date.now } = options;
  const [asking, trying] = [floodGate(machineNow, PACE), floodGate(machineNow, PACE)];
  const underWay = new Set<Promise<void>>();

  /** The chat account that a person's codes go to: where their notices go, or the one bound last. */
  const accountOf = async (person: Person): Promise<Account | null> => {
    const accounts = (await bot.store.read((r) => r.people.accountsOf(person.id))).filter(
      ({ platform }) => bot.registry.platforms.get(platform)?.pushes === "linked",
    );
    const account = accounts.findLast(({ platform }) => platform === person.pushPlatform) ?? accounts.at(-1);
    return account !== undefined && (await hears(account)) ? account : null;
  };

  const sendCode = async (name: string, browserHash: string): Promise<void> => {
    const person = await bot.store.read((r) => r.people.byName(name));
    const account = person?.active ? await accountOf(person) : null;
    if (person === null || account === null) return;
    const now = await bot.clock.now();
    const at = now.epochMilliseconds;
    await bot.store.write(async ({ signIns, outbox, audit }) => {
      if ((await signIns.countCodes(person.id, at - HOUR_MS)) >= CODES_AN_HOUR) return;
      const { code, hash } = newCode();
      const row = await signIns.addCode({
        personId: person.id,
        accountId: account.id,
        codeHash: hash,
        browserHash,
        createdAt: at,
        expiresAt: now.add({ minutes: CODE_MINUTES }).epochMilliseconds,
      });
      const card = JSON.parse(concealCodes(JSON.stringify(codeCard(code, origin)))) as Card;
      const to = { personId: person.id, accountId: account.id };
      const sending = { class: "must-arrive", uncounted: "asked" } as const;
      await outbox.queue({ key: `sign-in/${row.id}`, to, ...sending, card }, at);
      await audit.append({
        at,
        personId: person.id,
        actor: person.name,
        act: "sign-in.code",
        subject: accountSubject(account),
        outcome: "done",
        detail: { code: row.id },
      });
    });
    await send();
  };

  return {
    async ask(name, browserKey, address): Promise<CodeAsked> {
      if (asking.admit(address) !== "work") return "too-many";
      // Not waited for: how long it takes would tell whether the name is anybody's.
      const sending: Promise<void> = sendCode(name.trim(), keyHashOf(browserKey))
        .catch((error: unknown) => bot.report(error, "sign-in"))
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
      return "asked";
    },
    async redeem(typed, browserKey, { address, browser }): Promise<CodeRedeemed> {
      if (trying.admit(address) !== "work") return { kind: "too-many" };
      const at = (await bot.clock.now()).epochMilliseconds;
      return bot.store.write(async ({ signIns, people, accounts, audit }) => {
        const code = await signIns.codeFor(keyHashOf(browserKey), at);
        const isRight = sameHash(hashOfCode(asTyped(typed)), code?.codeHash ?? keyHashOf(browserKey));
        if (code === null || code.tries >= TRIES) return { kind: "wrong" };
        const person = await people.byId(code.personId);
        const account = (await accounts.made(code.accountId))?.account ?? null;
        const who = { at, personId: code.personId, actor: person?.name ?? "陌生人", act: "sign-in" };
        const subject = account === null ? "account:" : accountSubject(account);
        if (!isRight) {
          if ((await signIns.tried(code.id)) === TRIES)
            await audit.append({
              ...who,
              subject,
              outcome: "denied",
              detail: { why: "wrong codes", code: code.id },
            });
          return { kind: "wrong" };
        }
        if (!person?.active || account === null || account.endedAt !== null) return { kind: "wrong" };
        if (!(await signIns.useCode(code.id, at))) return { kind: "wrong" };
        const key = randomBytes(32).toString("base64url");
        const { id } = await signIns.begin({
          personId: person.id,
          accountId: account.id,
          keyHash: keyHashOf(key),
          browser,
          createdAt: at,
          expiresAt: at + SIGN_IN_HOURS * HOUR_MS,
        });
        await audit.append({ ...who, subject, outcome: "done", detail: { signIn: id, browser } });
        return { kind: "signed-in", key };
      });
    },
    async holder(key) {
      const at = (await bot.clock.now()).epochMilliseconds;
      return (await bot.store.read((r) => r.signIns.holder(keyHashOf(key), at)))?.person ?? null;
    },
    async end(key) {
      const at = (await bot.clock.now()).epochMilliseconds;
      await bot.store.write(async ({ signIns, audit }) => {
        const held = await signIns.holder(keyHashOf(key), at);
        if (held === null || !(await signIns.end(held.signIn.id, at))) return;
        const { person, signIn } = held;
        await audit.append({
          at,
          personId: person.id,
          actor: person.name,
          act: "sign-out",
          subject: `person:${person.id}`,
          outcome: "done",
          detail: { signIn: signIn.id },
        });
      });
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    where: [...bot.registry.platforms.values()]
      .filter(({ pushes }) => pushes === "linked")
      .map(({ name }) => platformName(bot.registry.platforms, name))
      .join("或"),
  };
}

/** A cookie's key is a bearer secret: only its hash is kept. */
export const keyHashOf = (key: string): string => createHash("sha256").update(key).digest("hex");

const sameHash = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(a, "hex"), Buffer.from(b, "hex"));

function codeCard(code: string, origin: string): Card {
  return {
    title: "网页登录码",
    tone: "notice",
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "登录码", value: code },
          { label: "有效期", value: `${CODE_MINUTES}分钟，只能用在刚才的浏览器里` },
          { label: "网址", value: origin },
        ],
      },
      {
        kind: "text",
        text: "不要告诉任何人：谁用了它，谁就能以您的名义办理。不是您本人在登录的，不用理会；再三收到请告诉市办。",
      },
    ],
    facts: { origin },
  };
}
