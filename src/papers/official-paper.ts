import type { Block, Card } from "../chat/card.ts";
import type { CatchUp, Context, Slot } from "../chat/command.ts";
import type { RunsMechanism } from "../chat/mechanism.ts";
import type { Refusal } from "../chat/refusal.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { When } from "../domain/day-rule.ts";
import type { DepartmentId, RegionId } from "../domain/ids.ts";
import type { PrintedFigure } from "../domain/papers/figures.ts";
import type { PaperSource } from "../domain/papers/sources.ts";
import type { Period } from "../domain/period.ts";
import type { OfficialSetting } from "../domain/plan/pack-papers.ts";
import type { Role } from "../domain/roles.ts";
import type { TimeOfDay } from "../domain/time-of-day.ts";
import type { Office } from "../office/office.ts";
import type { PaperModel } from "../output/paper-model.ts";
import type { Chat } from "../store/chats.ts";
import type { DeliveryClass } from "../store/outbox.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import type { Vault } from "../store/vault.ts";

/** What one paper of a kind is about, as JSON: it is kept with the paper, and its facts are asked for by it again. */
export type About = {
  /** Names it among the papers of its kind: there is one paper a key. `2020-06`, `2020-06-08/haian`. */
  key: string;
  /** In words, behind the title: 6月8日至6月14日, 海安市. */
  label: string;
  /** The days that it is about, both inclusive. */
  from: IsoDate;
  to: IsoDate;
  /** The county or department that it is about, where it is about one. */
  regionId?: RegionId | null;
  departmentId?: DepartmentId | null;
};

/** What stands on a paper beside its facts, from the course that it has taken. */
export type PaperStamp = {
  /** Its number, 通气办函〔2020〕3号; null until it is signed, and where its kind has none. */
  number: string | null;
  /** The day on which it was issued, or on which this draft was made. */
  date: Temporal.PlainDate;
  /** Who has signed it, 李四代张三; null where nobody has, or need not. */
  signedBy: string | null;
  /** 落款单位. */
  body: string;
  /** 红头; null where the pack has none. */
  redHead: string | null;
  /** Have to stand on each page, sheet and picture: 待签发, 快报, 演示数据. */
  marks: readonly string[];
  /** The paper that this one corrects, and its figures that are others now. */
  corrects: Correcting | null;
};
export type Correcting = {
  number: string | null;
  title: string;
  date: Temporal.PlainDate;
  changes: readonly { of: string; figure: string; before: string; after: string }[];
};

/** The files that an issued paper may have. */
export const PAPER_LOOKS = ["picture", "word", "excel"] as const;
export type PaperLook = (typeof PAPER_LOOKS)[number];

/** Who reads a card: their county or department, where they stand for one. */
export type PaperReader = { regionId: RegionId | null; departmentId: DepartmentId | null; isOffice: boolean };

/** A person in one of their posts, or a bound group, that a paper goes to. */
export type Addressee = {
  to: { person: Person } | { chat: Chat };
  /** Left out, `must-not-repeat`. */
  class?: DeliveryClass;
  /** What only they are told with it: no part of the paper. */
  beside?: readonly Block[];
};

/** Who has to answer: a county or a department. */
export type AnsweringUnit = { regionId: RegionId } | { departmentId: DepartmentId };
/** What answer is due: from whom, within how many working days of the issue, and what it says beside its measures. */
export type AnswerDue = {
  units: readonly AnsweringUnit[];
  within: number;
  asks: readonly ("cause" | "measures" | "date")[];
};

/** What a file is drawn with beside the facts; `reader` is whose it is where each has their own, left out for all of it. */
export type DrawnFor<A extends About = About> = {
  about: A;
  stamp: PaperStamp;
  office: Office;
  reader?: PaperReader;
};

/**
 * A kind of paper that the office issues. `A` is what one of them is about, `F` its facts: all that is printed, as JSON. Facts
 * are frozen with each draft; card, document, workbook and picture are drawn from them and from nothing else.
 */
export type OfficialPaper<A extends About, F extends object> = {
  kind: "official-paper";
  /** Stable name, the file's, and the job's where the clock drafts it. */
  id: string;
  /** 空气质量周通报 */
  title: string;
  /** What else people call it: 周通报. */
  words: readonly string[];
  /** The mechanisms of the plan that it runs. */
  mechanism?: RunsMechanism;
  /** How it is signed and numbered unless the pack's `papers.official` says otherwise. */
  usually: OfficialSetting;
  /** The slots at which it goes out, or is drafted where it has to be signed. */
  clock?: {
    when: When;
    catchUp: CatchUp;
    /** Drafted at this earlier time of the slot's day, to be checked or signed before the slot; left out, at the slot. */
    draftedAt?: TimeOfDay;
    /** The roles that it may reach, and whether bound groups get it: they find it in their calendar. */
    readers: readonly Role[];
    groups?: true;
    /** The period that a slot's papers are about, where each slot has one of its own. */
    period?(slot: Slot): Period;
    /** What a slot's papers are about: one, several, or none. */
    about(slot: Slot, context: Context<Reader>): Promise<readonly A[]> | readonly A[];
  };
  /** What a paper is about that somebody of the office asks for: 拟稿 月度公开排名 5月. Without it nobody can. */
  asked?(
    said: { period?: Period; regionId?: RegionId },
    context: Context<Reader>,
  ): Promise<A | Refusal> | A | Refusal;
  /** What is said to begin one, where that is more than a draft: 提醒函. */
  begunBy?: string;
  /**
   * Everything that is printed, from one snapshot; refuses with the list of what is lacking. Asked again before the issue and
   * after corrections: from the same data it has to be the same, whenever it is asked.
   */
  facts(about: A, context: Context<Reader>): Promise<F | Refusal>;
  /** Each figure as printed; `own` asks for those in one reader's rows alone, where each has their own. */
  printed(facts: F, own?: { reader: PaperReader; office: Office }): readonly PrintedFigure[];
  /** The days of air data that it rests on, those that its figures are compared with too. */
  restsOn(about: A): readonly (readonly [from: IsoDate, to: IsoDate])[];
  /** What else its figures are of: a correction of that is held against it, too. */
  alsoRestsOn?: readonly PaperSource[];
  card(facts: F, on: { about: A; reader: PaperReader; stamp: PaperStamp; office: Office }): Card;
  /**
   * Pictures that stand in its document, each under a name of its own: charts, photos. Made outside any transaction; the same
   * facts give the same pictures.
   */
  inserts?(facts: F, on: { vault: Vault }): Promise<ReadonlyMap<string, Uint8Array>>;
  /**
   * Set where its files are each reader's own, as its card is: a county's has its own rows, the city's have all. They are made when
   * they are opened; none goes with the card that brings it.
   */
  perReader?: true;
  /** Word and the pages that are read on a phone. `inserted` is one of its pictures; empty while only its pages are counted. */
  document?(facts: F, on: DrawnFor<A> & { inserted: (name: string) => Uint8Array }): PaperModel;
  /** .xlsx, made outside any transaction. */
  workbook?(facts: F, on: DrawnFor<A>): Promise<Uint8Array>;
  /** .png, made outside any transaction. */
  picture?(facts: F, on: { about: A; stamp: PaperStamp; office: Office }): Promise<Uint8Array>;
  /** Which of its files go with the card that brings it; all of them can be had with 文件. */
  attaches?: readonly PaperLook[];
  /** The day on which a job of its own issues it: until then a draft that is asked for stays a draft. */
  issuedOn?(about: A): IsoDate | null;
  /** Who else may read it, once it is issued, than whom it was sent to. */
  alsoReads?(about: A, person: Person, context: Context<Reader>): Promise<boolean>;
  /** Whom it is sent to. */
  to(about: A, facts: F, context: Context<Reader>): Promise<readonly Addressee[]>;
  /** What answer is due; null where none is. */
  answer?(about: A, facts: F): AnswerDue | null;
  /** Set where it is of its day only, for the office's own use: a later correction isn't held against it, nor does it keep an import. */
  passing?: true;
};

// biome-ignore lint/suspicious/noExplicitAny: the registry holds papers of all facts; each draws its own
export type AnyOfficialPaper = OfficialPaper<any, any>;

/**
 * Declares a kind of official paper: one file of `src/papers/kinds`, named by its id, default export. Its drafting job, 待审签,
 * its buttons, numbers, deliveries, files, corrections, and its place in 文件 follow.
 */
export function officialPaper<A extends About, F extends object>(
  spec: Omit<OfficialPaper<A, F>, "kind">,
): OfficialPaper<A, F> {
  return { kind: "official-paper", ...spec };
}
