/** Every day from `from` to `to` as "YYYY-MM-DD", both inclusive. */
export function everyDay(from: string, to: string): string[] {
  const days: string[] = [];
  const last = Temporal.PlainDate.from(to);
  let day = Temporal.PlainDate.from(from);
  while (Temporal.PlainDate.compare(day, last) <= 0) {
    days.push(day.toString());
    day = day.add({ days: 1 });
  }
  return days;
}

/** The day's number in its year, 1 for 1 January. */
export function dayOfYear(date: string): number {
  return Temporal.PlainDate.from(date).dayOfYear;
}
