import { z } from "zod";
import type { Period } from "../domain/period.ts";
import type { Department, Measure } from "../domain/plan/pack.ts";
import type { Place } from "../office/office.ts";

/** How a word of a phrase, or a form's input, becomes an argument. */
export type ArgKind =
  | "county"
  | "period"
  | "department"
  | "measure"
  | "category"
  | "issue"
  | "choice"
  | "number"
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
  maxLength?: number;
  /** Text that a phrase gives only in quotes or behind this word: 批次省第3批. */
  prefix?: string;
  /** Only asked in a form, never picked out of a phrase. */
  formOnly?: boolean;
};

type Options = Partial<Omit<ArgMeta, "kind" | "optional">>;

const registry = z.registry<ArgMeta>();

function required<T>(kind: ArgKind, label: string, options: Options = {}) {
  return z
    .custom<T>((value) => value !== undefined, "缺少内容")
    .register(registry, { kind, label, optional: false, ...options });
}
function optional<T>(kind: ArgKind, label: string, options: Options = {}) {
  return z
    .custom<T>()
    .optional()
    .register(registry, { kind, label, optional: true, ...options });
}

/**
 * The arguments that commands and forms are declared with: zod schemas that know how they are said.
 * Every kind has a required form and an optional one (`maybe`).
 */
export const arg = {
  county: (options?: Options) => required<Place>("county", "县（市、区）", options),
  period: (otherwise: string) => required<Period>("period", "时段", { otherwise }),
  department: (options?: Options) => required<Department>("department", "部门", options),
  measure: () => required<Measure>("measure", "措施编号"),
  issue: () => required<string>("issue", "问题编号"),
  choice: <V extends string>(label: string, choices: Readonly<Record<string, V>>, options?: Options) =>
    required<V>("choice", label, { choices, ...options }),
  number: (label: string, options?: Options) => required<string>("number", label, options),
  date: (label: string, options?: Options) => required<Temporal.PlainDate>("date", label, options),
  /** A date, or a number of days from today: `3个工作日`, `15日`. */
  deadline: (label: string, options?: Options) => required<Temporal.PlainDate>("deadline", label, options),
  text: (label: string, options?: Options) => required<string>("text", label, options),
  longtext: (label: string, options?: Options) => required<string>("longtext", label, options),
  maybe: {
    county: (options?: Options) => optional<Place>("county", "县（市、区）", options),
    period: () => optional<Period>("period", "时段"),
    department: (options?: Options) => optional<Department>("department", "部门", options),
    measure: () => optional<Measure>("measure", "措施编号"),
    /** A kind of problem of the plan pack. */
    category: (options?: Options) => optional<string>("category", "类别", options),
    choice: <V extends string>(label: string, choices: Readonly<Record<string, V>>, options?: Options) =>
      optional<V>("choice", label, { choices, ...options }),
    number: (label: string, options?: Options) => optional<string>("number", label, options),
    date: (label: string, options?: Options) => optional<Temporal.PlainDate>("date", label, options),
    deadline: (label: string, options?: Options) => optional<Temporal.PlainDate>("deadline", label, options),
    text: (label: string, options?: Options) => optional<string>("text", label, options),
    longtext: (label: string, options?: Options) => optional<string>("longtext", label, options),
  },
};

/** The declared arguments of a command or form, in order. */
export function argsOf(schema: z.ZodObject): [name: string, meta: ArgMeta][] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const meta = registry.get(field as z.ZodType);
    if (meta === undefined) throw new Error(`argument "${name}" must be declared with arg.*`);
    return [name, meta];
  });
}
