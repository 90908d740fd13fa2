/** An hour and minute of the office's day, such as 09:00. */
export type TimeOfDay = `${number}:${number}`;
