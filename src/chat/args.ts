import { z } from "zod";
import type { DueDate } from "../domain/deadline-words.ts";
import type { Period } from "../domain/period.ts";
import type { Department, Measure } from "../domain/plan/pack.ts";
import type { Place } from "../office/office.ts";

/** How a word of a phrase, or a form's input, becomes an argument. */
export type ArgKind =
  | "county"
  | "counties"
  | "period"
  | "department"
  | "subunit"
  | "units"
  | "measure"
  | "category"
  | "issue"
  | "choice"
  | "number"
  | "top"
  | "bottom"
  | "topic"
  | "date"
  | "deadline"
  | "text"
  | "longtext";

export type ArgMeta = {
  kind: ArgKind;
  /** Chinese name, shown in forms and errors. */
  label: string;
  optional: boolean;
  hint?: string;
  /** The phrase that stands for this argument when nothing is said: `本年`. */
  otherwise?: string;
  /** For `choice`: what may be said, and the value it means. */
  choices?: Readonly<Record<string, string>>;
  /** Other wordings of a choice that a phrase may have and a form doesn't offer. */
  says?: Readonly<Record<string, string>>;
  /** Values of a choice that give way to a narrower one said beside them: 超期 of 超期未整改. */
  yields?: readonly string[];
  /** A unit is this argument where one of these words stands beside it: 住建局主办, 配合城管局. */
  beside?: readonly string[];
  /** Of what lies below the counties the towns alone. */
  townsOnly?: true;
  /** The county itself: its bureau (海安住建局) is somebody else. */
  itself?: true;
  /** How many counties there must be at least. */
  least?: number;
  /** Text that takes all of a phrase but the command's name. */
  rest?: boolean;
  /** Such a text is the whole phrase, the command's name included, wherever in it that stands: 省里发布橙色预警，…. */
  wholly?: true;
  /** Text that is the first word behind the command's name, whatever it says: a person's name. */
  first?: boolean;
  maxLength?: number;
  /**
   * Text that says why, behind the value of this other argument: behind a number, a county or a department all that is left of the
   * phrase (暂停夜施 1 海安群众投诉), behind a name what nothing else explains.
   */
  behind?: string;
  /** Text that a phrase gives only in quotes or behind this word: 批次省第3批. */
  prefix?: string;
  /** Number that is taken without a word of its own, behind the command's name: 撤回导入 12. */
  bare?: boolean;
  /** Words by which a phrase says that its value comes next: 时限 6月20日, 地点 城南路. */
  called?: readonly string[];
  /** Units that may stand behind a number: 5天, 40微克. */
  units?: readonly string[];
  /** A form keeps the lines in which it was written; otherwise they are one. */
  lines?: true;
  /** Number that is taken as 第3期. */
  edition?: true;
  /** It may stand before the command's name, as what is meant: 周通报更正. */
  ahead?: true;
  /** Picked out of a phrase only where this other argument is said as well: a period beside a kind of paper. */
  with?: string;
  /** Only asked in a form, never picked out of a phrase. */
  formOnly?: boolean;
};

/** A unit that is called by name: a department, or a county. */
export type NamedUnit = Department | Place;

/** What somebody calls measures by, and the measures whose titles or indicators speak of it. */
export type Topic = { text: string; measures: readonly Measure[] };

type Options = Partial<Omit<ArgMeta, "kind" | "optional">>;

const registry = z.registry<ArgMeta>();

/** What every argument is read by; each is an object of its own that inherits one, since seven hundred schemas took ten milliseconds. */
const given = z.custom((value) => value !== undefined, "缺少内容");
const perhaps = z.custom().optional();

function required<T>(kind: ArgKind, label: string, options: Options = {}) {
  const argument: z.ZodCustom<T, T> = Object.create(given);
  registry.add(argument, { kind, label, optional: false, ...options });
  return argument;
}
function optional<T>(kind: ArgKind, label: string, options: Options = {}) {
  const argument: z.ZodOptional<z.ZodCustom<T, T>> = Object.create(perhaps);
  registry.add(argument, { kind, label, optional: true, ...options });
  return argument;
}

/**
 * The arguments that commands and forms are declared with: zod schemas that know how they are said.
 * Every kind has a required form and an optional one (`maybe`).
 */
export const arg = {
  county: (options?: Options) => required<Place>("county", "县（市、区）", options),
  /** One county or several: 海安、如皋. */
  counties: (options?: Options) => required<readonly Place[]>("counties", "县（市、区）", options),
  period: (otherwise: string) => required<Period>("period", "时段", { otherwise }),
  department: (options?: Options) => required<Department>("department", "部门", options),
  measure: () => required<Measure>("measure", "措施编号"),
  issue: () => required<string>("issue", "问题编号"),
  choice: <V extends string>(label: string, choices: Readonly<Record<string, V>>, options?: Options) =>
    required<V>("choice", label, { choices, ...options }),
  number: (label: string, options?: Options) => required<string>("number", label, options),
  date: (label: string, options?: Options) => required<Temporal.PlainDate>("date", label, options),
  /** A date, or a number of days from today: `3个工作日`, `15日`. */
  deadline: (label: string, options?: Options) => required<DueDate>("deadline", label, options),
  text: (label: string, options?: Options) => required<string>("text", label, options),
  longtext: (label: string, options?: Options) => required<string>("longtext", label, options),
  maybe: {
    county: (options?: Options) => optional<Place>("county", "县（市、区）", options),
    counties: (options?: Options) => optional<readonly Place[]>("counties", "县（市、区）", options),
    /** So many from the head of a ranking (前三名) or from its end (倒数第一). */
    top: () => optional<number>("top", "前几名"),
    bottom: () => optional<number>("bottom", "后几名"),
    /** Measures by what they are about: 锅炉, VOCs. */
    topic: () => optional<Topic>("topic", "内容"),
    period: (options?: Options) => optional<Period>("period", "时段", options),
    department: (options?: Options) => optional<Department>("department", "部门", options),
    /** A town or a county's own bureau as it is said: 城东镇, 海安住建局; in a form also what only its county tells apart. */
    subunit: (label: string, options?: Options) => optional<string>("subunit", label, options),
    /** Departments and counties; a phrase gives them only where a word of `beside` says so: 城管局、如皋协办. */
    units: (label: string, options?: Options) => optional<readonly NamedUnit[]>("units", label, options),
    measure: () => optional<Measure>("measure", "措施编号"),
    issue: () => optional<string>("issue", "问题编号"),
    /** A kind of problem of the plan pack. */
    category: (options?: Options) => optional<string>("category", "类别", options),
    choice: <V extends string>(label: string, choices: Readonly<Record<string, V>>, options?: Options) =>
      optional<V>("choice", label, { choices, ...options }),
    number: (label: string, options?: Options) => optional<string>("number", label, options),
    date: (label: string, options?: Options) => optional<Temporal.PlainDate>("date", label, options),
    deadline: (label: string, options?: Options) => optional<DueDate>("deadline", label, options),
    text: (label: string, options?: Options) => optional<string>("text", label, options),
    longtext: (label: string, options?: Options) => optional<string>("longtext", label, options),
  },
};

type NamedArgs = readonly [name: string, meta: ArgMeta][];
/** Each question asks every command for its arguments, several times over. */
const known = new WeakMap<z.ZodObject, NamedArgs>();

/** The declared arguments of a command or form, in order. */
export function argsOf(schema: z.ZodObject): NamedArgs {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const args = Object.entries(schema.shape).map(([name, field]): NamedArgs[number] => {
    const meta = registry.get(field as z.ZodType);
    if (meta === undefined) throw new Error(`argument "${name}" must be declared with arg.*`);
    return [name, meta];
  });
  known.set(schema, args);
  return args;
}
