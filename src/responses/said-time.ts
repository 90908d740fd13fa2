import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { EpochMs } from "../domain/ids.ts";
import { readMeeting } from "../domain/meetings/time-words.ts";
import type { Reader } from "../store/store.ts";

type Around = Pick<Context<Reader>, "office" | "now" | "today">;

/**
 * A moment as officers write it: 12月11日0时, 明天18时30分, 12月13日24时; a day alone is meant from its beginning (today from now on),
 * as an `end` to its end. Nothing said is `otherwise`.
 */
export function momentSaid<T extends EpochMs | null>(
  text: string | undefined,
  otherwise: T,
  { office, now, today }: Around,
  side: "start" | "end" = "start",
): EpochMs | T | Refusal {
  const said = (text ?? "").trim().replace(/起$/, "");
  if (said === "") return otherwise;
  if (/^(现在|即时|立即|即日)$/.test(said)) return otherwise;
  // 24时 is the end of a day.
  const [plain, isEnd] = /(^|\D)24[时点:：]/.test(said)
    ? [said.replace(/24(?=[时点:：])/, "0"), true]
    : [said, false];
  const read = readMeeting(plain, { today, calendar: office.calendar });
  if ("invalid" in read) return refuse("bad-date", read.invalid);
  const { date, time } = read;
  if (date !== null && time === null && /^\D*[天日]$|\d[日号]?$/.test(said)) {
    if (side === "start" && date.equals(today)) return now.epochMilliseconds;
    const day = side === "end" ? date.add({ days: 1 }) : date;
    return day.toZonedDateTime(office.pack.timeZone).epochMilliseconds;
  }
  if (date === null || time === null)
    return refuse("bad-date", `看不懂时间“${said.slice(0, 20)}”。请写成“12月11日0时”或“2020-12-11 00:00”。`);
  const day = isEnd ? date.add({ days: 1 }) : date;
  return day.toZonedDateTime({ timeZone: office.pack.timeZone, plainTime: time }).epochMilliseconds;
}

const DAY_MS = 86_400_000;

/** When something begins and is expected to end, or what is wrong with it. */
export function spanSaid(
  said: { start?: string | undefined; end?: string | undefined },
  around: Around,
): { from: EpochMs; to: EpochMs | null } | Refusal {
  const at = around.now.epochMilliseconds;
  const from = momentSaid(said.start, at, around);
  if (isRefusal(from)) return from;
  const to = momentSaid(said.end, null, around, "end");
  if (isRefusal(to)) return to;
  if (from < at - 3 * DAY_MS) return refuse("bad-date", "启动时间在3天以前，请核对日期。");
  if (from > at + 7 * DAY_MS) return refuse("bad-date", "启动时间在7天以后，请核对日期；到时再录入。");
  if (to !== null && to <= from) return refuse("bad-date", "结束时间早于启动时间，请核对。");
  if (to !== null && to <= at) return refuse("bad-date", "结束时间已经过去，请核对。");
  return { from, to };
}
