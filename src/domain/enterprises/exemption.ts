import type { EpochMs } from "../ids.ts";

/** What an exemption may rest on (plan, measure 29), by ids that are stored. */
export const EXEMPTION_BASES = {
  "grade-a": "绩效A级",
  livelihood: "民生保障",
  strategic: "战略性新兴产业",
  construction: "建设施工",
  differentiated: "差异化减排",
} as const;
export type ExemptionBasis = keyof typeof EXEMPTION_BASES;

/** The same as choices: what is said, and the id that it means. */
export const BASES_SAID = Object.fromEntries(
  Object.entries(EXEMPTION_BASES).map(([id, said]) => [said, id]),
) as Readonly<Record<string, ExemptionBasis>>;

export const EXEMPTION_STATES = {
  proposed: "待同意",
  listed: "有效",
  refused: "未同意",
  revoked: "已取消",
} as const;
export type ExemptionState = keyof typeof EXEMPTION_STATES;

/** Why an exemption is taken away. Plan, measure 29: 发现存在弄虚作假或违法行为的，坚决取缔豁免资格. */
export const REVOCATIONS = ["弄虚作假", "违法行为", "不再符合条件"] as const;

/** An exemption's days, both inclusive, and the moments that began and ended it. */
export type ExemptionTerm = {
  readonly state: ExemptionState;
  readonly from: string;
  readonly to: string;
  readonly decidedAt: EpochMs | null;
  readonly revokedAt: EpochMs | null;
};

/**
 * Whether an exemption holds at a moment, which lies on the office's day `day` (YYYY-MM-DD): two have signed it before, its
 * days cover that one, and it was not revoked by then. A moment of the past is judged as it was.
 */
export function holdsAt(
  { state, from, to, decidedAt, revokedAt }: ExemptionTerm,
  at: EpochMs,
  day: string,
): boolean {
  if (state !== "listed" && state !== "revoked") return false;
  if (decidedAt === null || decidedAt > at) return false;
  return from <= day && day <= to && (revokedAt === null || at < revokedAt);
}

/** The first of an enterprise's entries that holds at a moment; null where it is not exempt. */
export const exemptionAmong = <T extends ExemptionTerm>(
  entries: readonly T[],
  at: EpochMs,
  day: string,
): T | null => entries.find((entry) => holdsAt(entry, at, day)) ?? null;

/** 有效, 未生效, 已到期 …, on a day. */
export function exemptionStateWords({ state, from, to }: ExemptionTerm, day: string): string {
  if (state !== "listed") return EXEMPTION_STATES[state];
  return to < day ? "已到期" : day < from ? "未生效" : EXEMPTION_STATES.listed;
}

/** Days before the end at which it is reminded of. */
const REMINDED_BEFORE = [30, 7];

/**
 * Whether an exemption's end is to be told of on a working day: one of its marks falls on it, or on a day off since the
 * working day `before`. Each mark is told once.
 */
export function isRemindedOn(
  { to }: Pick<ExemptionTerm, "to">,
  day: Temporal.PlainDate,
  before: Temporal.PlainDate,
): boolean {
  const end = Temporal.PlainDate.from(to);
  return REMINDED_BEFORE.some((days) => {
    const mark = end.subtract({ days });
    return Temporal.PlainDate.compare(before, mark) < 0 && Temporal.PlainDate.compare(mark, day) <= 0;
  });
}
