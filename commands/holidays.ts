import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { shortDate } from "../src/chat/wording.ts";
import { unknownYears } from "../src/domain/calendar.ts";
import { type DaysOff, madeUpDays, runsOff } from "../src/domain/days-off.ts";
import { holidayName } from "../src/domain/holiday-words.ts";
import { daysIn } from "../src/domain/period.ts";

const toHolidays = says("放假");
/** Longer than two years nobody looks at. */
const MOST_DAYS = 732;

/** 放假：the days off of a year and the days worked for them, by which the office's terms run. */
export default command({
  name: "holidays",
  words: ["放假"],
  hints: [
    "假期",
    "假期安排",
    "放假安排",
    "节假日",
    "节假日安排",
    "休假安排",
    "调休",
    "调休安排",
    "什么时候放假",
    "放假时间",
    "哪天上班",
  ],
  help: { does: "看放假和调休安排，期限按它推算", example: "放假 今年" },
  audience: "anyone",
  who: anyone,
  args: z.object({ period: arg.period("今年") }),

  async answer({ args: { period } }, { office, today }) {
    if (daysIn(period) > MOST_DAYS)
      return refuse("bad-period", "放假安排一次最多看两年，请缩短时段。", ["放假"]);
    const { calendar } = office;
    const nameOf = (run: DaysOff) => holidayName(run, calendar) || "—";
    const years = Array.from(
      { length: period.to.year - period.from.year + 1 },
      (_, i) => period.from.year + i,
    );
    const unknown = unknownYears(
      calendar,
      years.map((year) => Temporal.PlainDate.from({ year, month: 1, day: 1 })),
    );
    const off = runsOff(period, calendar);
    const work = madeUpDays(period, calendar);
    let working = 0;
    for (let day = period.from; Temporal.PlainDate.compare(day, period.to) <= 0; day = day.add({ days: 1 }))
      if (calendar.isWorkingDay(day)) working += 1;
    return {
      title: `${period.label}放假安排`,
      blocks: [
        ...(unknown === null
          ? []
          : [
              {
                kind: "text" as const,
                text: `${unknown}。请市办发送国务院办公厅通知的表格（日期、类型、名称）导入。`,
                tone: "notice" as const,
              },
            ]),
        ...(off.length === 0
          ? unknown !== null
            ? []
            : [{ kind: "text" as const, text: "除周末外没有放假。" }]
          : [
              {
                kind: "table" as const,
                columns: [{ title: "假期" }, { title: "日期" }, { title: "天数", align: "end" as const }],
                rows: off.map((run) => [nameOf(run), spanWords(run), String(daysIn(run))]),
              },
            ]),
        ...(work.length === 0
          ? []
          : [{ kind: "text" as const, text: `调休上班：${work.map((day) => shortDate(day)).join("、")}。` }]),
        { kind: "note", text: `共${working}个工作日${unknown === null ? "" : "（按周末推算）"}` },
      ],
      buttons: [toHolidays("明年", String(today.year + 1))],
      facts: {
        period: { from: period.from.toString(), to: period.to.toString(), label: period.label },
        known: unknown === null,
        workingDays: working,
        off: off.map((run) => ({ from: run.from.toString(), to: run.to.toString(), name: nameOf(run) })),
        work: work.map((day) => day.toString()),
      },
    };
  },
});

const spanWords = ({ from, to }: DaysOff) =>
  from.equals(to) ? shortDate(from) : `${shortDate(from)}至${shortDate(to)}`;
