import { noteActivity } from "../../bot/activity.ts";
import type { Connected } from "../../bot/connected.ts";
import { healthOf } from "../../bot/health.ts";
import { hint } from "../../bot/hint.ts";
import type { Lantian, Speaker } from "../../bot/lantian.ts";
import { metricsOf } from "../../bot/metrics.ts";
import { ask, open, press } from "../../bot/router.ts";
import { roleNames, scopeName } from "../../chat/access.ts";
import type { DrawnCard } from "../../chat/card.ts";
import { isRefusal } from "../../chat/refusal.ts";
import { commandsFor, commonPhrases, exampleFor } from "../../chat/suggestions.ts";
import type { Rounds } from "../../delivery/rounds.ts";
import { refuseSender } from "../../incoming/file-sender.ts";
import { revealCodes } from "../../office/shown-codes.ts";
import type { Conversation } from "../../store/messages.ts";
import type { Person } from "../../store/people.ts";
import type { Doing } from "../kit/flood.ts";
import { calendarFeeds } from "./calendar-feeds.ts";
import type { ClockMove, Console, ConsoleMessage, Persona, SignIns, Visitor } from "./console.ts";
import { ingestDoor } from "./ingest-door.ts";
import { ConsoleRefusal } from "./refusal.ts";
import { type AnswerInPlace, requestsOf, type ShownRow } from "./requests.ts";
import { keyHashOf } from "./sign-ins.ts";
import { receivedFile } from "./taken-file.ts";
import { messageWatch } from "./watch.ts";

/** Works off the demonstration clock from one instant to another; `after` is called at each stop. */
type Walk = (
  bot: Lantian,
  from: Temporal.Instant,
  to: Temporal.Instant,
  after: (there: Lantian) => Promise<unknown>,
) => Promise<{ ran: number; caughtUp: number }>;

/**
 * The console's side of the bot: who sits before the browser, their conversation, and in a demonstration the clock.
 * In a running office a visitor is a stranger until an invitation code is redeemed; a persona can be picked in a
 * demonstration only.
 */
export function officeConsole(
  bot: Lantian,
  {
    rounds,
    walk,
    platforms = [],
    signIns = null,
    machineNow = Date.now,
  }: {
    rounds: Rounds;
    walk: Walk;
    platforms?: readonly Connected[];
    /** On a network whoever has signed in is somebody, and nobody else is: no persona is picked there. */
    signIns?: SignIns | null;
    machineNow?: () => number;
  },
): Console {
  const picks = bot.demo && signIns === null;
  const personas = new Map<string, number | null>();
  const requests = requestsOf(bot, rounds, machineNow);
  const watch = messageWatch(bot.store);
  const identityOf = ({ key }: Visitor) => ({
    platform: "web" as const,
    workspace: "",
    // The cookie is a bearer secret: only its hash is kept.
    userKey: keyHashOf(key),
  });
  const speakerOf = async (v: Visitor): Promise<Speaker> => {
    const identity = identityOf(v);
    if (signIns !== null) return { identity, person: await signIns.holder(v.key) };
    const chosen = v.persona === undefined ? personas.get(identity.userKey) : v.persona;
    const person = await bot.store.read(async ({ people }) => {
      if (!picks || chosen === undefined) return people.byIdentity(identity);
      return chosen === null ? null : people.byId(chosen);
    });
    return { identity, person: person?.active ? person : null };
  };
  const conversationOf = ({ identity, person }: Speaker): Conversation =>
    person === null ? { chat: identity.userKey } : { personId: person.id };
  const localTime = (ms: number) =>
    bot.office
      .local(Temporal.Instant.fromEpochMilliseconds(ms))
      .toPlainDateTime()
      .toString({ smallestUnit: "minute" })
      .replace("T", " ");
  const shown = (row: ShownRow): ConsoleMessage => ({
    id: row.id,
    at: localTime(row.at),
    from: row.direction === "in" ? "me" : "bot",
    ...(row.text === null ? {} : { text: row.text }),
    ...(row.card === null ? {} : { card: JSON.parse(revealCodes(row.card)) as DrawnCard }),
    push: row.outboxId !== null,
  });
  const today = async () => bot.office.today(await bot.clock.now());

  const answer = async <Kept extends object>(
    v: Visitor,
    request: { id: string; doing: Doing; payload: Kept },
    reply: (speaker: Speaker, kept: Kept) => Promise<AnswerInPlace>,
  ) => {
    const speaker = await speakerOf(v);
    // Linking turns the stranger into a person: the answer belongs to the conversation that begins with it.
    const conversation = async () => conversationOf(speaker.person === null ? await speakerOf(v) : speaker);
    const rows = await requests.answer({ ...request, speaker, conversation, reply });
    watch.turned(v.key);
    return rows.map(shown);
  };

  return {
    calendar: calendarFeeds(bot, machineNow),
    ingest: ingestDoor(bot, machineNow),
    async session(v) {
      const { person } = await speakerOf(v);
      const now = await bot.clock.now();
      const local = bot.office.local(now);
      const day = local.toPlainDate();
      const persona = (p: Person): Persona => ({
        id: p.id,
        name: p.name,
        role: roleNames[p.role],
        scope: scopeName(p, bot.office, day),
      });
      const people = picks ? (await bot.store.read((r) => r.people.all())).map(persona) : [];
      return {
        persona: person && persona(person),
        demo: bot.demo,
        ...(signIns === null ? {} : { signedIn: true as const }),
        now: localTime(now.epochMilliseconds),
        weekday: `星期${"一二三四五六日"[local.dayOfWeek - 1]}`,
        plan: bot.office.pack.title,
        people,
        commands: commandsFor(person, bot.registry.commands, bot.office, day).map((c) => ({
          name: c.name,
          title: c.words[0],
          does: c.help.does,
          example: exampleFor(person, c, { office: bot.office, today: day }),
        })),
        phrases: commonPhrases(person, bot.office, day),
      };
    },
    async choosePersona(v, id) {
      if (!picks) throw new ConsoleRefusal("forbidden", "只有演示模式可以选择身份。");
      const key = identityOf(v).userKey;
      const person = id === null ? null : await bot.store.read((r) => r.people.byId(id));
      if (id !== null && !person?.active)
        throw new ConsoleRefusal("unknown-person", "没有这位成员，请刷新后重选。");
      personas.set(key, id);
      watch.turned(v.key);
    },
    async history(v, before) {
      await requests.madeUp;
      const speaker = await speakerOf(v);
      const conversation = conversationOf(speaker);
      // Whoever opens the conversation has its newest messages before them.
      if (before === undefined) await noteActivity(bot, speaker, "read", "");
      return (await bot.store.read((r) => r.messages.history("web", conversation, 50, before))).map(shown);
    },
    say: (v, { id, text, fill }) =>
      answer(v, { id, doing: "words", payload: { text, fill } }, (speaker, kept) =>
        ask(bot, speaker, kept.text, kept.fill),
      ),
    press: (v, { id, token, fill, form }) =>
      answer(v, { id, doing: "words", payload: { token, fill, form } }, (speaker, kept) =>
        press(bot, speaker, token, kept.fill, form && `web/${form}`),
      ),
    look: (v) => requests.look(identityOf(v)),
    hint: async (v, text) => hint(bot, await speakerOf(v), text),
    async admitFile(v) {
      const speaker = await speakerOf(v);
      requests.slowDown(speaker, "file");
      const refused = await refuseSender(bot, speaker);
      if (refused !== null) throw new ConsoleRefusal(refused.code, refused.message);
    },
    file: (v, { bytes, ...sent }) =>
      answer(v, { id: sent.id, doing: "file", payload: { ...sent, size: bytes.length } }, (speaker) =>
        receivedFile(bot, speaker, { ...sent, bytes }),
      ),
    async open(v, token) {
      const made = await open(bot, await speakerOf(v), token);
      if (isRefusal(made)) throw new ConsoleRefusal(made.code, made.message);
      return made;
    },
    async clock(_v, move) {
      if (!bot.demo) throw new ConsoleRefusal("forbidden", "正式运行使用真实时间，不能调整。");
      const now = await bot.clock.now();
      const to = targetOf(move, now, bot);
      const before = await bot.store.read((r) => r.outbox.newestId());
      const start = Temporal.Instant.compare(to, now) < 0 ? to : now;
      const slots = await walk(bot, start, to, rounds.send);
      // Set back by hand it stands where it was set.
      await bot.store.write((w) => w.settings.set("demo-clock", String(to.epochMilliseconds)));
      const deliveries = await bot.store.read((r) => r.outbox.after(before));
      return {
        now: localTime(to.epochMilliseconds),
        slots: slots.ran + slots.caughtUp,
        deliveries: deliveries.length,
      };
    },
    subscribe(v, onMessages, signal) {
      watch.add(
        {
          key: v.key,
          conversation: async () => conversationOf(await speakerOf(v)),
          onRows: (rows) => onMessages(rows.map(shown)),
        },
        signal,
      );
    },
    health: async () => healthOf(bot, await today(), platforms),
    metrics: async () => metricsOf(bot, await today(), { platforms, machineNow: machineNow() }),
  };
}

function targetOf(move: ClockMove, now: Temporal.Instant, bot: Lantian): Temporal.Instant {
  const zone = bot.office.pack.timeZone;
  const to =
    "set" in move
      ? Temporal.PlainDateTime.from(move.set).toZonedDateTime(zone)
      : bot.office.local(now).add(Temporal.Duration.from(move.advance));
  const days = Math.abs(bot.office.local(now).until(to, { largestUnit: "days" }).days);
  if (days > 3660) throw new ConsoleRefusal("bad-date", "一次最多调整十年，请改近一些的时间。");
  return to.toInstant();
}
