/** An hour and minute of the office's day, such as 09:00. */
export type TimeOfDay = `${number}:${number}`;

/** Whether an hour lies in the quiet ones; `from` 22, `to` 7 is the night. `from` = `to` is no quiet at all. */
export function withinHours(hour: number, from: number, to: number): boolean {
  return from <= to ? from <= hour && hour < to : hour >= from || hour < to;
}
