import { z } from "zod";
import { calendarCard } from "../src/calendar/calendar-card.ts";
import { eventsFor } from "../src/calendar/events.ts";
import { isForThem } from "../src/calendar/job-audience.ts";
import { jobButtons, jobNotes } from "../src/calendar/job-card.ts";
import { jobNamed } from "../src/calendar/job-named.ts";
import { monthPicture } from "../src/calendar/month-picture.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { daysIn, type Period, parsePeriod, periodOf } from "../src/domain/period.ts";
import { holdsRole } from "../src/domain/posts.ts";

export { monthPicture } from "../src/calendar/month-picture.ts";

const toCalendar = says("日程");
const toFeed = says("订阅日程");
/** Longer than a quarter nobody reads on a phone. */
const MOST_DAYS = 100;

/** 日程：what is next, what ran, what was caught up, put off or dropped and why; the dates of whoever asks. */
export default command({
  name: "calendar",
  words: ["日程"],
  hints: ["工作安排", "日程安排", "近期安排"],
  help: { does: "看近期要发的通知、到期问题、填报、假期等日程", example: "日程 下周" },
  who: anyone,
  audience: "person",
  args: z.object({
    said: arg.maybe.text("时段或任务", { rest: true, maxLength: 40, hint: "例如“下周”“6月”“周通报”" }),
  }),

  async answer({ args: { said = "" }, person }, context) {
    const { schedules, today } = context;
    const { word, period } = readAsked(said, today);
    if ("invalid" in period) return refuse("bad-period", period.invalid, ["日程 本周", "日程 本月"]);
    if (daysIn(period) > MOST_DAYS)
      return refuse("bad-period", `日程一次最多看${MOST_DAYS}天，请缩短时段。`, ["日程 本月"]);
    const all = await eventsFor({ ...period, person }, context);
    const isOffice = holdsRole(person, "office");
    if (word === "") {
      const title = `日程 ${period.label}`;
      return calendarCard(title, period, all, context, {
        files: isMonth(period) ? [pictureOf(period.from)] : [],
        buttons: [
          toCalendar("上周", "上周"),
          toCalendar("下周", "下周"),
          toCalendar("本月", "本月"),
          toFeed("订阅到日历"),
        ],
      });
    }
    const mine = schedules.filter((one) => isForThem(one, person));
    const job = jobNamed(word, mine, (title) => `日程 ${said.replace(word, title)}`);
    if (isRefusal(job)) return job;
    const own = all.filter(({ source, facts }) => source === "jobs" && facts?.job === job.name);
    const named = own.map(({ routine: _, ...event }) => event);
    return calendarCard(`日程 ${job.title} ${period.label}`, period, named, context, {
      notes: await jobNotes(job, isOffice, context),
      buttons: [...(isOffice ? await jobButtons(job, context) : []), toCalendar("全部日程")],
    });
  },
});

const isMonth = ({ from, to }: Period): boolean =>
  from.day === 1 && to.equals(from.add({ months: 1 }).subtract({ days: 1 }));

const pictureOf = (day: Temporal.PlainDate) => {
  const month = day.toPlainYearMonth().toString();
  return monthPicture.file({ month }, { name: `日程-${month}.png`, picture: true });
};

/** 下周, 6月, 周通报, 周通报 6月: the period, this week or of a job the month around today, and what is left. */
function readAsked(said: string, today: Temporal.PlainDate) {
  // 日程 6月 图: its picture goes with a month.
  const words = said
    .replace(/(?:月历|日历)?图片?/, " ")
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
  for (const [i, word] of words.entries()) {
    const period = readPeriod(word, today);
    if (period !== null) return { period, word: words.toSpliced(i, 1).join("") };
  }
  const word = words.join("");
  const period = parsePeriod(
    word === "" ? "本周" : `${today.subtract({ days: 14 })}..${today.add({ days: 31 })}`,
    today,
  );
  if (period === null) throw new Error("the usual days are a period");
  return { period, word };
}

/** A period, also of the days ahead, which nobody asks figures of. */
function readPeriod(word: string, today: Temporal.PlainDate) {
  if (/^下个?(周|星期)$/.test(word)) return parsePeriod("本周", today.add({ days: 7 }));
  if (/^下个?月$/.test(word)) return parsePeriod("本月", today.add({ months: 1 }));
  const ahead = ["今天", "明天", "后天"].indexOf(word);
  if (ahead >= 0) return periodOf(today.add({ days: ahead }), today.add({ days: ahead }));
  return parsePeriod(word, today);
}
