/** An hour and minute of the office's day, such as 09:00. */
export type TimeOfDay = `${number}:${number}`;

/** Whether an hour lies in the quiet ones; `from` 22, `to` 7 is the night. `from` = `to` is no quiet at all. */
export function withinHours(hour: number, from: number, to: number): boolean {
  return from <= to ? from <= hour && hour < to : hour >= from || hour < to;
}

/** The hour that is meant, of twenty-four, where somebody names a part of the day with it: 下午3点 is 15, 中午1点 13, 中午12点 12. */
export function hourNamed(part: string, hour: number): number {
  const isLater = /[下傍晚]/.test(part) || (part === "中午" && hour < 11);
  return isLater && hour < 12 ? hour + 12 : hour;
}
