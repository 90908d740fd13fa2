import type { DaysOff } from "../domain/days-off.ts";
import { holidaysIn } from "../domain/holiday-words.ts";

/** What days off in a row are called: as the office entered them (`names`, by ISO date), or by the dates; — where neither says. */
export function holidayName({ from, to }: DaysOff, names: ReadonlyMap<string, string | null>): string {
  for (let day = from; Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 })) {
    const name = names.get(day.toString());
    if (name) return name;
  }
  return holidaysIn({ from, to }) || "—";
}
