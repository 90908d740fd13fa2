import { shortDate } from "../chat/wording.ts";
import type { Office } from "../office/office.ts";

/** What whoever sets a deadline should know of its day: that it is one off. Of a year that isn't known the card says so. */
export function dueNote(due: Temporal.PlainDate, { calendar }: Pick<Office, "calendar">): string | null {
  const isOff = calendar.knows(due.year) && !calendar.isWorkingDay(due);
  return isOff ? `期限${shortDate(due)}是休息日，请留意` : null;
}
