import type { z } from "zod";
import type { When } from "../domain/day-rule.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Period } from "../domain/period.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { Role } from "../domain/roles.ts";
import type { Names } from "../office/names.ts";
import type { Office } from "../office/office.ts";
import type { BatchBy } from "../store/batches.ts";
import type { Chat } from "../store/chats.ts";
import type { Delivery, DeliveryClass } from "../store/outbox.ts";
import type { Identity, Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import type { Access } from "./access.ts";
import type { ArgKind } from "./args.ts";
import type { Card } from "./card.ts";
import type { Condition } from "./condition.ts";
import type { DaysAhead, Foreseen } from "./foreseen.ts";
import type { RunsMechanism } from "./mechanism.ts";
import type { Platforms } from "./platform.ts";
import type { Refusal } from "./refusal.ts";
import type { TakenBack } from "./take-back.ts";

/** What every command, action and schedule is handed. `S` is what it may do with the store. */
export type Context<S> = {
  store: S;
  office: Office;
  names: Names;
  /** The commands there are, for help and menus. */
  commands: readonly AnyCommand[];
  platforms: Platforms;
  /** The kinds of import there are. */
  imports: readonly Imported[];
  /** The jobs that the clock asks, but for those that only prepare another one's slots. */
  schedules: readonly Schedule[];
  /** The kinds of paper that the office issues. */
  officialPapers: readonly IssuedKind[];
  /** What would go to whom, for a command that looks ahead. */
  foreseen?: readonly Foreseen[];
  /** How the bot's own parts are, for a command that looks at them. */
  condition?: readonly Condition[];
  now: Temporal.Instant;
  today: Temporal.PlainDate;
  /** Shown figures come from demonstration data. */
  demo: boolean;
  /** Where the console is found, where one is served. */
  consoleAt?: ConsoleAddress;
  /** Where this is asked, for what is kept of a person's questions there; a scheduled job is asked nowhere. */
  place?: string;
  /** The chat in which this is asked, where a platform has chats; a scheduled job is asked in none. */
  chat?: ChatHere;
  /** From where somebody speaks; a scheduled job has nobody. */
  identity?: Identity;
};

/** Where the console is found: under an address that everybody may open, or on this machine alone. */
export type ConsoleAddress = { url: string; onNetwork: boolean };

/** Who takes an import back, and why. */
export type TakingBack = Context<Writer> & { person: Person; reason: string | null };

/** A kind of paper that the office issues, by its names: the shelf of papers knows the rest. */
export type IssuedKind = {
  id: string;
  title: string;
  words: readonly string[];
  mechanism?: RunsMechanism;
};

/** A kind of import by its name, and how an import of it is taken back. */
export type Imported = {
  id: string;
  title: string;
  /**
   * Has stand again what stood before an import, in the transaction that notes it; refuses when that can't be told. Without
   * it an import of the kind can't be taken back.
   */
  takeBack?(batch: BatchBy, context: TakingBack): Promise<TakenBack | Refusal>;
};

/**
 * What happens to slots that passed while the bot was down.
 * all: each is run late; latest-within-N-days: only the newest, if it is not older; skip: none.
 */
export type CatchUp = "all" | `latest-within-${number}-days` | "skip";

export type Slot = {
  /** The planned instant, whatever day off it falls on, and not the time of running: `today` is the day on which it goes out. */
  at: Temporal.ZonedDateTime;
  /** When it is really worked off: later than it was due where the bot was down. */
  workedOffAt?: EpochMs;
};

/** One notice to one person or one bound group. */
export type SlotDelivery = {
  to: { person: Person } | { chat: Chat };
  card: Card;
  class: DeliveryClass;
  uncounted?: NonNullable<Delivery["uncounted"]>;
};

/** A scheduled job: a command that the clock asks. One file in `schedules/`, default export. */
export type Schedule = {
  kind: "schedule";
  name: string;
  title: string;
  /** What else people call it. */
  words?: readonly string[];
  /** The mechanisms of the plan that it runs. */
  mechanism?: RunsMechanism;
  /** Cron with a day rule, one working day of each month or quarter, or every working day. */
  when: When;
  /** The same as a plan pack has it, where that names the days. */
  whenIn?(pack: PlanPack): When;
  catchUp: CatchUp;
  /** The roles that it may reach: they find it in their calendar, where the office sees to whom it goes. */
  audience: readonly Role[];
  /** Bound groups get it as well. */
  groups?: true;
  /** What its slots make is checked and signed before it goes out: on that day only the office has to do with it. */
  drafts?: true;
  /** The period whose figures a slot publishes: none of them makes another one needless, or goes out before it is over. */
  publishes?(slot: Slot): Period;
  /**
   * The job that it prepares something for: it is paused with that one, and nobody misses it, since that one does it itself where
   * this was dropped.
   */
  prepares?: string;
  /** That other job, from its side: it is moved with this one. */
  preparedBy?: Schedule;
  /** The deliveries of one slot; they are queued in the transaction that records the slot, with what the job writes itself. */
  deliver(slot: Slot, context: Context<Writer>): Promise<readonly SlotDelivery[]>;
};

/** Where somebody speaks: alone with the bot, or in a group that everybody in it reads. */
export type ChatHere = Pick<Identity, "platform" | "workspace"> & {
  /** The platform's own id of the chat. */
  chatKey: string;
  /** The topic of the group, where it has topics. */
  topic?: string;
  /** What its people call it, where the platform has told that. */
  title?: string;
  kind: "private" | "group";
  /** Set where nobody but whoever asks reads the answer, although others are there. */
  quiet?: true;
};

/**
 * Who may read an answer that is given in a group: whoever asked and nobody else, the unit that the group is bound to, or
 * whoever happens to be there.
 */
export type AnswerAudience = "person" | "scope" | "anyone";

type Request<A> = { args: A; person: Person };

/** Something that bears a name: what it is, in Chinese, and the phrase that shows it. */
export type NamedThing = { name: string; what: string; say: string };

/** What may follow what somebody has typed so far. */
export type Offer = { text: string; note: string };

type Declaration<A extends z.ZodObject> = {
  /** Latin name, as chat platforms demand. */
  name: string;
  /** Chinese name, first, and what else it is called. */
  words: readonly [string, ...string[]];
  /** Words of another command that are this one's where this argument stands beside them: 更正 周通报, beside 更正 6. */
  sharedWords?: { words: readonly string[]; beside: string };
  /** Words that hint at it inside a sentence without being its name: 到哪一步. */
  hints?: readonly string[];
  /** Arguments that ask for it by themselves, without a word of its own: a county's name asks for the county. */
  impliedBy?: readonly string[];
  help: { does: string; example: string };
  /** The mechanisms of the plan that it runs. */
  mechanism?: RunsMechanism;
  who: Access;
  /**
   * Who may read its answer in a group; left out, only whoever asked. `scope` is for answers that follow from what
   * `person` may see: in a group it is asked once more on behalf of the group's unit.
   */
  audience?: AnswerAudience;
  args: A;
  /** What arguments come to that weren't said, where that depends on others that were: a deadline by its level. */
  usual?(
    args: Readonly<Record<string, unknown>>,
    on: { office: Office; today: Temporal.PlainDate },
  ): Record<string, unknown>;
  /** Values of a kind of argument that begin as somebody types, among what they may see: the console completes them. */
  offers?: {
    kind: ArgKind;
    like(begun: string, person: Person, context: Context<Reader>): Promise<readonly Offer[]>;
  };
  /** What of an order speaks against itself, and how to mend it: nothing of it is read back or asked before. */
  contradicts?(
    args: Readonly<Record<string, unknown>>,
    on: { office: Office; today: Temporal.PlainDate },
  ): Refusal | null;
  /** Title of the form that asks for what is missing; without it a missing argument is a usage error. */
  form?: string;
};

/** A command that only asks. It sees one snapshot of the store. */
export type Command<A extends z.ZodObject = z.ZodObject> = Declaration<A> & {
  kind: "command";
  /** What it shows that bears a name, or whose name holds it, and that somebody may look at: for who says nothing but a name. */
  shows?(name: string, person: Person, context: Context<Reader>): Promise<readonly NamedThing[]>;
  /** The days that it looks ahead to: they are played on a copy before its snapshot is taken. */
  looksAhead?(args: z.output<A>, today: Temporal.PlainDate): DaysAhead;
  /** It tells how the bot itself is: that is looked at before its snapshot is taken. */
  looksAtBot?: true;
  answer(request: Request<z.output<A>>, context: Context<Reader>): Promise<Card | Refusal>;
};

/** A command that changes something: all of it, its audit row and the deliveries it causes are one transaction. */
export type Change<A extends z.ZodObject = z.ZodObject> = Declaration<A> & {
  kind: "change";
  /** What was done is done by a person: nobody else's scope answers for it. */
  audience?: Exclude<AnswerAudience, "scope">;
  /** What has to be asked or refused before anything is changed; null when it can be carried out. */
  instead?(request: Request<z.output<A>>, context: Context<Reader>): Promise<Card | Refusal | null>;
  /** Whether the bot will write in the group from then on: whether it may is looked at before that is promised. */
  promisesPosts?(args: z.output<A>): boolean;
  /**
   * What its answer holds that is shown nowhere but in a private chat, in Chinese: not quietly in a channel, and not among
   * the facts of how a phrase was understood.
   */
  secret?: string;
  /** `identity`: the account that the person speaks from. */
  answer(
    request: Request<z.output<A>> & { identity: Identity },
    context: Context<Writer>,
  ): Promise<Card | Refusal>;
};

/** The one command that a stranger may use: it turns an identity into a person. */
export type Welcome<A extends z.ZodObject = z.ZodObject> = Declaration<A> & {
  kind: "welcome";
  answer(
    request: { args: z.output<A>; identity: Identity; person: Person | null },
    context: Context<Writer>,
  ): Promise<Card | Refusal>;
};

// biome-ignore lint/suspicious/noExplicitAny: the registry holds commands of all argument shapes; the router checks each against its own schema
export type AnyCommand = Command<any> | Change<any> | Welcome<any>;

/** Declares a command; see `commands/` for examples. One file, default export. */
export function command<A extends z.ZodObject>(spec: Omit<Command<A>, "kind">): Command<A> {
  return { kind: "command", ...spec };
}

/** Declares a command that changes something. */
export function change<A extends z.ZodObject>(spec: Omit<Change<A>, "kind">): Change<A> {
  return { kind: "change", ...spec };
}

/** Declares the command by which a stranger becomes known. */
export function welcome<A extends z.ZodObject>(spec: Omit<Welcome<A>, "kind">): Welcome<A> {
  return { kind: "welcome", ...spec };
}
