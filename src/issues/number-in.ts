import { paddedIssueNumber, typedIssueNumber } from "../domain/issues/issue-number.ts";
import { initialsOf } from "../office/names.ts";
import type { Office } from "../office/office.ts";

/** The whole number of an issue that a word names: NT-2020-000006, 6号, 6; null where it names none. */
export function numberIn(word: string, office: Office, today: Temporal.PlainDate): string | null {
  const whole = typedIssueNumber(word);
  if (whole !== undefined) return whole;
  const bare = /^第?(\d{1,6})(?:号|号问题|件)?$/.exec(word)?.[1];
  return bare === undefined
    ? null
    : paddedIssueNumber(`${initialsOf(office.city.short)}-${today.year}`, bare);
}
