import type { EpochMs } from "../ids.ts";
import type { TimeOfDay } from "../time-of-day.ts";

/** What falls due in a response. */
export const RESPONSE_DUE = [
  "remind",
  "escalate",
  "report",
  "report-remind",
  "report-escalate",
  "expected-end",
  "draft-summary",
  "summary",
] as const;
export type ResponseDue = (typeof RESPONSE_DUE)[number];
export type ResponseDueEntry = { kind: ResponseDue; at: EpochMs };

export type ResponseTerms = {
  acknowledgeHours: number;
  remindMinutes: number;
  reportAt: readonly TimeOfDay[];
};

const MINUTE_MS = 60_000;

/** A roll-call's entries: who is silent is reminded once, then the term is over. It passes at any hour of any day. */
export const rollCallDue = (
  at: EpochMs,
  { acknowledgeHours, remindMinutes }: ResponseTerms,
): ResponseDueEntry[] => [
  { kind: "remind", at: at + remindMinutes * MINUTE_MS },
  { kind: "escalate", at: at + acknowledgeHours * 60 * MINUTE_MS },
];

/** What follows a report that was asked for at `at`, in the terms of a roll-call. */
export const reportDue = (
  at: EpochMs,
  { acknowledgeHours, remindMinutes }: ResponseTerms,
): ResponseDueEntry[] => [
  { kind: "report-remind", at: at + remindMinutes * MINUTE_MS },
  { kind: "report-escalate", at: at + acknowledgeHours * 60 * MINUTE_MS },
];

/** The first of the times of day at which counties report after a moment; null where the pack names none. */
export function nextReport(
  after: Temporal.ZonedDateTime,
  { reportAt }: Pick<ResponseTerms, "reportAt">,
): Temporal.ZonedDateTime | null {
  const days = [after.toPlainDate(), after.toPlainDate().add({ days: 1 })];
  const times = days.flatMap((day) =>
    reportAt.map((plainTime) => day.toZonedDateTime({ timeZone: after.timeZoneId, plainTime })),
  );
  return (
    times
      .filter((time) => Temporal.ZonedDateTime.compare(time, after) > 0)
      .toSorted((a, b) => Temporal.ZonedDateTime.compare(a, b))[0] ?? null
  );
}
