import { initialsOf } from "../office/names.ts";
import type { Office } from "../office/office.ts";

/** The whole number of an issue that a word names: NT-2020-000006, 6号, 6; null where it names none. */
export function numberIn(word: string, office: Office, today: Temporal.PlainDate): string | null {
  if (/^[A-Z]{1,6}-\d{4}-\d{1,6}$/i.test(word))
    return word.toUpperCase().replace(/\d+$/, (digits) => digits.padStart(6, "0"));
  const bare = /^第?(\d{1,6})(?:号|号问题|件)?$/.exec(word)?.[1];
  return bare === undefined
    ? null
    : `${initialsOf(office.city.short)}-${today.year}-${bare.padStart(6, "0")}`;
}
