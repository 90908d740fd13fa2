import type { z } from "zod";
import type { Refusal } from "../chat/refusal.ts";
import type { DueDate } from "../domain/deadline-words.ts";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import { lineId } from "../domain/issues/line.ts";
import type { StepRule } from "../domain/issues/step-rule.ts";
import type { PaperKind } from "../domain/plan/pack-papers.ts";
import type { Office } from "../office/office.ts";
import type { Issue, IssueChange } from "../store/issues.ts";
import type { Transfer } from "../store/transfers.ts";
import type { Audience } from "./audience.ts";
import type { PartsChange } from "./settle-parts.ts";

/** What somebody says with a step; `change` is what the step brings beside what its rule changes. */
export type Said = {
  text?: string | undefined;
  due?: DueDate | undefined;
  change?: IssueChange;
  /** Which other units have a part from then on. */
  parts?: PartsChange;
  /** Whose parts it is about, as somebody calls them; all that stand so where nobody is named. */
  units?: string | undefined;
  /** What the history says when no text was given. */
  note?: string;
  /** What of the form papers need apart from the text: the history keeps it. */
  detail?: Readonly<Record<string, string>>;
};

/** A step in the office's words: they are drawn when they are shown, and never stored. */
export type StepWords = {
  /** On its button, and wherever it is spoken of. */
  name: string;
  /** What it is called once it is done: 销号. */
  done: string;
  /** How a notice of it begins: 有新的交办. */
  told: string;
  /** Why it can't be taken once more, and what can be done instead. */
  usedUp?: string;
  tooLate?: (due: Temporal.PlainDate) => string;
  /** Why it can't be taken where the issue stands by now, and what can be done instead. */
  elsewhere?: string;
};

/** How a step is spoken of while somebody has to take it. */
export type Owed = {
  /** 等县区签收: who, and what. */
  whom: string;
  what: string;
  /** The word by which 问题 lists what waits for it. */
  asked: string;
  /** It is asked for when the deadline comes near, not on the first day. */
  nearDue?: true;
  /** It is asked for only where the pack wants the public to see an issue first. */
  displayed?: true;
};

type Declared<F extends z.ZodObject> = {
  form: F;
  /** What the form means, on the issue as it stands. Without it `text` and `due` are what they are called. */
  reads?(
    fields: z.output<F>,
    around: { issue: Issue; office: Office; today: Temporal.PlainDate },
  ): Said | Refusal;
  /** Who hears of it; whoever takes it is never told. */
  told: readonly Audience[];
  button: {
    /** Buttons stand in this order, and so do the rows of docs/issues.md. */
    place: number;
    style?: "primary" | "danger";
    /** Nobody is waiting for it: it stands behind 更多. */
    rare?: true;
  };
  /**
   * Its takers have to take it, or what stands against it: until then the issue waits for them, in 今日 and in what others
   * are told of it. A step without it may be taken, and nobody waits for that.
   */
  owed?: Owed;
  /** Its notices come with the pictures: somebody has to judge by them. */
  pictures?: true;
  /**
   * It takes back or changes what people were told: their messages are drawn anew where they stand, whoever was told before
   * hears of it, too, and one line says what is different.
   */
  inPlace?: true;
  /** It speaks against the unit: the timeline marks it in red. */
  setback?: true;
  /** Columns that the machine doesn't look at: who took it, and when. */
  stamps?(taken: { by: PersonId | null; at: EpochMs }): IssueChange;
  /** It closes the issue: the lot may draw it for a look on the spot. */
  spotCheck?: true;
  /** It ends the issue, which goes on as the one that its form names as `into`; why not as this one, or null. */
  into?(issue: Issue, other: Issue): Refusal | null;
  /** It is taken on the whole file that the issue is in, and leaves the file so: 提请移送 opens one. */
  file?: Transfer["state"];
  /** A paper goes out with it, which gets its number with it. */
  issues?: Exclude<PaperKind, "transfer">;
  /** It takes the order back: its number stays in the register, void. */
  takesBack?: true;
  /** It says anew where an issue is, so that it may be one too many at its place. */
  locates?: true;
  /** Why 挂牌督办 is proposed to the office's head after it; null where there is no reason. */
  proposes?(moved: Issue): string | null;
};

/** A step of the closed loop: its rule for the machine, and what everything else derives from. */
export type Step<F extends z.ZodObject = z.ZodObject> = StepRule & {
  kind: "step";
  words: StepWords;
} & Declared<F>;

type Spec<F extends z.ZodObject> = Omit<StepRule, "id"> &
  Declared<F> & { id: string; words: Pick<StepWords, "name"> & Partial<StepWords> };

/**
 * Declares a step of the loop: one file of `src/issues/steps`, named by its id, default export. All of it is data and pure
 * functions. Its button, form, action, notices, history and row of docs/issues.md follow from it.
 *
 * @example
 * export default step({
 *   id: "summon",
 *   words: { name: "约谈", told: "被约谈" },
 *   from: UNIT_ACTS,
 *   to: "stay",
 *   by: ASSIGNERS,
 *   needs: { text: "reason" },
 *   form: z.object({ text: reason("约谈要求") }),
 *   told: ["unit"],
 *   button: { place: 15 },
 * });
 */
export function step<F extends z.ZodObject>({ id, words, ...spec }: Spec<F>): Step<F> {
  const { name, done = name, told = `已${done}` } = words;
  return { kind: "step", ...spec, id: lineId.parse(id), words: { ...words, name, done, told } };
}
