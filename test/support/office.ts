import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { Lantian, Reply, Speaker } from "../../src/bot/lantian.ts";
import { ask, open, press } from "../../src/bot/router.ts";
import type { DrawnCard } from "../../src/chat/card.ts";
import type { Made } from "../../src/chat/paper.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import type { Clock } from "../../src/clock.ts";
import { type Config, readConfig } from "../../src/config.ts";
import { deliverDue } from "../../src/delivery/worker.ts";
import { boot } from "../../src/ops/boot.ts";
import { textOf } from "../../src/ops/card-text.ts";
import { foresee } from "../../src/ops/foresee.ts";
import { webDoor } from "../../src/platforms/web/door.ts";
import { beat } from "../../src/scheduler/beat.ts";
import type { SlotCount } from "../../src/scheduler/reconcile.ts";
import { walk } from "../../src/scheduler/walk.ts";
import type { EvidenceKind } from "../../src/store/evidence.ts";
import { type Connection, openConnection } from "../../src/store/open.ts";
import { storeOn } from "../../src/store/store.ts";
import { vaultBeside } from "../../src/store/vault.ts";
import { demonstration, newOffice } from "./demonstration.ts";
import { keepAsSpare, writeDatabase } from "./spare-files.ts";

/** A member by name, nobody (a stranger), somebody before a browser of their own, linked or not, or a member in a group. */
export type Who = string | null | { browser: string } | { member: string; group: string };
export type Fill = Readonly<Record<string, string>>;
/** What somebody must have been sent: the name, and what the card's title says. */
export type Expected = { to: string; title: string | RegExp };

export type AnOffice = Awaited<ReturnType<typeof anOffice>>;

type Setting = {
  /** Office time that the clock stands at. */
  at?: string;
  /** A database file to open as it is, instead of a fresh copy of the demonstration office. */
  database?: string;
  /** false: a new office that runs on real data and has nobody in it. */
  demoData?: boolean;
  /** Folder of the plan pack. */
  plan?: string;
  /** false: no job of the schedule runs, where their notices bear on nothing and would only take time. Deadlines keep running. */
  jobs?: boolean;
};

/**
 * A whole office: real file, real commands, real schedules, the demonstration's people, air and issues, and a clock that
 * only the test moves. Two offices never share anything.
 */
export async function anOffice({
  at = "2020-06-15T08:30",
  database,
  demoData = true,
  plan,
  jobs = true,
}: Setting = {}) {
  const folder = mkdtempSync(join(tmpdir(), "lantian-office-"));
  const faults: unknown[] = [];
  const isCopy = database === undefined && plan === undefined;
  const template = demoData ? demonstration : newOffice;
  const file = isCopy ? await aDatabaseIn(folder, template) : (database ?? join(folder, "lantian.db"));
  const connections: Connection[] = [];
  const connect = (name: string) => {
    const connection = openConnection(name);
    connections.push(connection);
    return connection;
  };
  const opened = isCopy
    ? { ...(await template()), store: storeOn(file, connect), vault: vaultBeside(file), demo: demoData }
    : await started(file, { demo: demoData, ...(plan ? { plan } : {}) });

  const instant = (local: string) =>
    Temporal.PlainDateTime.from(local).toZonedDateTime(opened.office.pack.timeZone).toInstant();
  let now = instant(at);
  const clock: Clock = { now: async () => now };
  const consoleAt = { url: "http://127.0.0.1:8020", onNetwork: false };
  const bot: Lantian = { ...opened, consoleAt, clock, foresee, report: (error) => faults.push(error) };
  if (!jobs) bot.registry = { ...bot.registry, schedules: [] };
  const setClock = async (to: Temporal.Instant) => {
    now = to;
    if (bot.demo) await bot.store.write((w) => w.settings.set("demo-clock", String(to.epochMilliseconds)));
  };
  if (database === undefined) await setClock(now);
  const deliver = (there: Lantian = bot) => deliverDue(there, [webDoor(there)], () => now.epochMilliseconds);

  const speakerOf = async (who: Who): Promise<Speaker> => {
    if (typeof who === "object" && who !== null && "member" in who) {
      const chat = { platform: "slack", workspace: "T1", chatKey: who.group, kind: "group" } as const;
      return { ...(await speakerOf(who.member)), chat };
    }
    const platform = typeof who === "string" || who === null ? "terminal" : "web";
    const userKey = typeof who === "string" ? who : (who?.browser ?? "stranger");
    const identity = { platform, workspace: "", userKey } as const;
    if (typeof who !== "string")
      return { identity, person: await bot.store.read((r) => r.people.byIdentity(identity)) };
    const person = await bot.store.read((r) => r.people.byName(who));
    if (person === null) throw new Error(`nobody is called ${who}`);
    return { identity, person };
  };
  const cardsOf = async (name: string): Promise<DrawnCard[]> => {
    const person = (await speakerOf(name)).person;
    const rows = await bot.store.read((r) => r.messages.history("web", { personId: person?.id ?? 0 }, 1000));
    return rows.flatMap((row) => (row.card === null ? [] : [JSON.parse(row.card) as DrawnCard]));
  };

  const lastCard = new Map<string, DrawnCard>();
  const answered = async (who: Who, reply: Reply) => {
    if (faults.length > 0) throw faults[0];
    if (reply.answer.kind === "card") lastCard.set(JSON.stringify(who), reply.answer.card);
    await deliver();
    return answerOf(reply);
  };
  const says = async (who: Who, text: string, fill: Fill = {}) =>
    answered(who, await ask(bot, await speakerOf(who), text, fill));

  let seen = await bot.store.read((r) => r.outbox.newestId());

  return {
    bot,
    file,
    says,
    speakerOf,
    cardsOf,
    /** Presses a button by its label, on the newest card that this person sees it on, or by its token. */
    async presses(who: Who, labelOrToken: string, fill: Fill = {}) {
      const pushed = typeof who === "string" ? (await cardsOf(who)).reverse() : [];
      const cards = [lastCard.get(JSON.stringify(who)), ...pushed].filter((card) => card !== undefined);
      const button = cards.flatMap((card) => card.buttons).find((b) => b.label === labelOrToken);
      if (button?.kind === "say") return says(who, button.say, fill);
      if (button === undefined && !/^[\w-]{22}$/.test(labelOrToken)) {
        throw new Error(
          `${String(who)} sees no button ${labelOrToken}, only ${cards.flatMap((c) => c.buttons.map((b) => b.label)).join("、")}`,
        );
      }
      return answered(who, await press(bot, await speakerOf(who), button?.token ?? labelOrToken, fill));
    },
    /** Opens a file of the newest card that this person sees one of this name on. */
    async opens(who: string, name: string): Promise<Made> {
      const cards = [lastCard.get(JSON.stringify(who)), ...(await cardsOf(who)).reverse()];
      const files = cards.flatMap((card) => card?.files ?? []);
      const file = files.find((f) => f.name === name);
      if (file === undefined)
        throw new Error(`${who} sees no file ${name}, only ${files.map((f) => f.name).join("、")}`);
      const made = await open(bot, await speakerOf(who), file.token);
      if (isRefusal(made)) throw new Error(`refused: ${made.message}`);
      return made;
    },
    /** Photos of an issue as if somebody had sent them: one before and one after, unless other kinds are named. */
    async photographs(who: string, no: string, kinds: readonly EvidenceKind[] = ["before", "after"]) {
      const person = (await speakerOf(who)).person;
      const issue = await bot.store.read((r) => r.issues.byNo(no));
      if (issue === null) throw new Error(`there is no issue ${no}`);
      for (const kind of kinds) {
        const kept = await bot.vault.keep(Buffer.from(`${no} ${kind}`));
        const row = {
          name: `${kind}.jpg`,
          type: "image/jpeg",
          personId: person?.id ?? null,
          at: now.epochMilliseconds,
        };
        await bot.store.write((w) =>
          w.evidence.add({
            ...row,
            ...kept,
            sentSha256: kept.sha256,
            issueId: issue.id,
            round: issue.round,
            kind,
          }),
        );
      }
    },
    /** Lets the clock run to an office time, as if the bot had been running all the while. */
    async advanceTo(local: string): Promise<SlotCount> {
      const count = await walk(bot, now, instant(local), async (there) => {
        now = await there.clock.now();
        return deliver(there);
      });
      await setClock(instant(local));
      return count;
    },
    /** The bot was switched off until this office time: what came due meanwhile goes by each job's policy. */
    async wakesAt(local: string): Promise<SlotCount> {
      await setClock(instant(local));
      const count = await beat(bot);
      await deliver();
      return count;
    },
    /** Since the last call exactly these cards have been sent, by one `job` or by all: one too many is as wrong as one too few. */
    async expectCards(expected: readonly Expected[], { job }: { job?: string } = {}) {
      const all = await bot.store.read((r) => r.outbox.after(seen));
      seen = Math.max(seen, ...all.map(({ row }) => row.id));
      const rows = all.filter(({ row }) => job === undefined || row.job === job);
      const unexpected = rows.map(({ row, audience }) => ({
        to: audience,
        title: row.title,
        state: row.state,
      }));
      const missing = expected.filter(({ to, title }) => {
        const at = unexpected.findIndex((card) => {
          const says = typeof title === "string" ? card.title === title : title.test(card.title);
          // What waits for a digest has been written, too.
          return card.to === to && says && (card.state === "sent" || card.state === "waiting");
        });
        if (at >= 0) unexpected.splice(at, 1);
        return at < 0;
      });
      expect({ missing, unexpected }).toEqual({ missing: [], unexpected: [] });
    },
    /** From now on nothing can be written, as on a disk that was mounted anew for reading only. @returns what ends that. */
    writesNothing(): () => void {
      const [writing] = connections;
      writing?.pragma("query_only = 1");
      return () => void writing?.pragma("query_only = 0");
    },
    close() {
      bot.store.close();
      if (isCopy) keepAsSpare(file, `${folder}.db`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A reply as a story needs it. Reading the facts of a refusal fails with its message. */
function answerOf(reply: Reply) {
  const refusal = isRefusal(reply.answer) ? reply.answer : null;
  const card = reply.answer.kind === "card" ? reply.answer.card : null;
  return {
    command: reply.command,
    deliveries: reply.deliveries,
    code: refusal?.code ?? null,
    message: refusal?.message ?? null,
    instead: refusal?.instead ?? [],
    labels: card?.buttons.map((b) => b.label) ?? [],
    get card(): DrawnCard {
      if (card === null) throw new Error(`refused: ${refusal?.code} ${refusal?.message}`);
      return card;
    },
    get text(): string {
      return textOf(this.card);
    },
    // biome-ignore lint/suspicious/noExplicitAny: facts are read the way a script reads them, as plain JSON
    get facts(): any {
      return JSON.parse(JSON.stringify(this.card.facts ?? null));
    },
  };
}

async function started(file: string, over: Partial<Config>): Promise<Lantian> {
  const config = { ...readConfig({}), databaseFile: file, logLevel: "silent" as const, ...over };
  return (await boot(config)).bot;
}

/** A fresh copy of the demonstration database in a folder, or of another one, for whoever opens it otherwise. */
export async function aDatabaseIn(folder: string, template = demonstration): Promise<string> {
  const file = join(folder, "lantian.db");
  writeDatabase(file, (await template()).bytes);
  return file;
}
