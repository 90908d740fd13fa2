import { keysOf } from "../bot/earlier.ts";
import type { Lantian } from "../bot/lantian.ts";
import type { Card } from "../chat/card.ts";
import { shortTime } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { withoutCodes } from "../office/sealed-codes.ts";
import type { Inbound, PlatformName } from "../store/inbox.ts";
import type { Identity } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { TROUBLE } from "./trouble.ts";

/** What somebody did who said nothing, and what they have to do once more where no answer came. */
const DEEDS = {
  press: ["您按的按钮", "请再按一次"],
  form: ["您提交的表单", "请重新提交"],
  file: ["您发的文件", "请重新发送"],
} as const;
/** What a message brought, in its sender's own words where it said something. */
export type Brought = { said: string } | { did: keyof typeof DEEDS };
/** Who has sent a message, and what. */
export type Asker = Brought & { identity: Identity };
/** One answer that nobody got. `isDone`: what was asked for has been done all the same. */
type Lost = Asker & { at: EpochMs; isDone: boolean };

export type LostAnswers = {
  /** The answer to a message could not be said, or may not have arrived, and is tried no more. */
  note(inbound: number): Promise<void>;
  /** The platform takes calls: whoever is owed a word gets it now. */
  reached(): void;
  /** Settles when everything is written down. */
  written(): Promise<void>;
};

/** Answers that are kept for a platform that is away, the newest; whoever looks after it is told of it anyway. */
const MOST = 500;
/** Questions that one message names. */
const NAMED = 10;
const LONGEST = 40;

/**
 * Keeps whose answer was lost while one platform was away, also over a restart, and tells each of them once it takes calls
 * again: one message, whatever was lost of theirs. A stranger is owed nothing. `askerOf`: null where nobody can be told.
 */
export function lostAnswersOn(
  bot: Lantian,
  platform: PlatformName,
  {
    askerOf,
    onFault,
    afterwards,
  }: { askerOf: (row: Inbound) => Asker | null; onFault: (error: unknown) => void; afterwards: () => void },
): LostAnswers {
  const key = `lost-answers/${platform}` as const;
  const kept = async ({ settings }: Pick<Reader, "settings">) =>
    JSON.parse((await settings.get(key)) ?? "[]") as Lost[];
  // Some may be left from before this start.
  let mayBeSome = true;
  let writing = Promise.resolve();

  const tell = async () => {
    if ((await bot.store.read(kept)).length === 0) return;
    const timeOf = (at: EpochMs) => shortTime(bot.office.local(Temporal.Instant.fromEpochMilliseconds(at)));
    const at = (await bot.clock.now()).epochMilliseconds;
    await bot.store.write(async (writer) => {
      const { people, outbox, settings } = writer;
      const lost = await kept(writer);
      await settings.set(key, "[]");
      for (const those of Map.groupBy(lost, ({ identity }) => identity.userKey).values()) {
        const { userKey, workspace } = (those[0] as Lost).identity;
        const person = await people.byIdentity({ platform, workspace, userKey });
        const accounts = person === null ? [] : await people.accountsOf(person.id);
        const account = accounts.find((own) => own.platform === platform && own.userKey === userKey);
        if (person === null || account === undefined) continue;
        await outbox.queue(
          {
            key: `${TROUBLE}answers-${account.id}/${await outbox.newestId()}`,
            to: { personId: person.id, accountId: account.id },
            class: "must-arrive",
            uncounted: "alarm",
            card: cardOf(those, timeOf),
          },
          at,
        );
      }
    });
    afterwards();
  };
  return {
    async note(inbound) {
      await bot.store.write(async (writer) => {
        const row = await writer.inbox.byId(inbound);
        const asker = row && askerOf(row);
        if (row === null || asker === null) return;
        if ((await writer.people.byIdentity(asker.identity)) === null) return;
        const isDone = (await writer.effects.of(keysOf({ inbound, person: null }))) !== null;
        const all = [...(await kept(writer)), { ...asker, at: row.receivedAt, isDone }];
        await writer.settings.set(key, JSON.stringify(all.slice(-MOST)));
        // It is made up for by this, and not once more by the next start.
        await writer.inbox.answered(inbound);
      });
      mayBeSome = true;
    },
    reached() {
      if (!mayBeSome) return;
      mayBeSome = false;
      writing = writing.then(tell).catch((error: unknown) => {
        mayBeSome = true;
        onFault(error);
      });
    },
    written: () => writing,
  };
}

function cardOf(lost: readonly Lost[], timeOf: (at: EpochMs) => string): Card {
  const lineOf = (one: Lost) => {
    const [what, again] = "said" in one ? [quoted(one.said), "请重新发送"] : DEEDS[one.did];
    const end = one.isDone ? "已经办理，只是答复没有送达，不用重发" : `没有得到答复，${again}`;
    return `${what}（${timeOf(one.at)}）${end}。`;
  };
  const left = lost.length - NAMED;
  const lines = [...lost.slice(0, NAMED).map(lineOf), ...(left > 0 ? [`另有${left}条，请查看上文。`] : [])];
  const [only] = lost;
  const say = lost.length === 1 && only && "said" in only && !only.isDone ? only.said : "";
  // A code is kept as its hash, which nobody can say.
  const asks = say !== "" && withoutCodes(say) === say;
  return {
    title: lost.length === 1 ? "有一条答复没有送达" : `有${lost.length}条答复没有送达`,
    tone: "notice",
    blocks: [{ kind: "text", text: lines.join("\n") }],
    buttons: asks ? [{ kind: "say", label: "重新发送", say }] : [],
  };
}

function quoted(said: string): string {
  const shown = withoutCodes(said);
  return `“${shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown}”`;
}
