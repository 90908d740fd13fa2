/** What runs beside the bot and can tell how it is: a chat platform's connection, the clock, the backups. */
export type Connected = {
  name: string;
  health(): { ok: boolean; detail: string };
  /** How it is by a stricter measure, where nothing is to be restarted for it. */
  state?(): { ok: boolean; detail: string };
  /** What of it a number says better; names end with the unit. */
  gauges?(): { name: string; help: string; value: number }[];
};
