import { expect, test } from "vitest";
import { officeCalendar } from "../../../src/domain/calendar.ts";
import { readMeeting } from "../../../src/domain/meetings/time-words.ts";

const today = Temporal.PlainDate.from("2020-06-03");
const calendar = officeCalendar([]);
const read = (text: string) => readMeeting(text, { today, calendar });

test.each([
  ["6月8日9时30分 市政府301", "2020-06-08", "09:30", "市政府301", null],
  ["6月8日9时30分市政府301", "2020-06-08", "09:30", "市政府301", null],
  ["6月8日9时", "2020-06-08", "09:00", null, null],
  ["6月8日9时 301", "2020-06-08", "09:00", "301", null],
  ["6月8日9点30 二楼", "2020-06-08", "09:30", "二楼", null],
  ["6月8日9点 10楼", "2020-06-08", "09:00", "10楼", null],
  [
    "下周一下午两点半 在一楼会议室 议程：1.通报；2.研判",
    "2020-06-08",
    "14:30",
    "一楼会议室",
    "1.通报；2.研判",
  ],
  ["2020-06-08 09:30 市政府301会议室", "2020-06-08", "09:30", "市政府301会议室", null],
  ["六月八日（星期一）上午九时三十分 地点：市政府301", "2020-06-08", "09:30", "市政府301", null],
  ["明天上午9点整，生态环境局四楼开会", "2020-06-04", "09:00", "生态环境局四楼", null],
  ["６月８日９：３０ 301", "2020-06-08", "09:30", "301", null],
  ["6月8日中午12点一刻 301", "2020-06-08", "12:15", "301", null],
  ["6月8日晚上7点三刻 301", "2020-06-08", "19:45", "301", null],
  ["改到6月9日", "2020-06-09", null, null, null],
  ["地点改到二楼会议室", null, null, "二楼会议室", null],
  ["14:00", null, "14:00", null, null],
  ["议程：第三点先讲", null, null, null, "第三点先讲"],
  ["市政府301", null, null, "市政府301", null],
])("reads %s", (text, date, time, place, agenda) => {
  const found = read(text);
  if ("invalid" in found) throw new Error(found.invalid);
  const { date: day, ...rest } = found;
  expect({ date: day?.toString() ?? null, ...rest }).toEqual({ date, time, place, agenda });
});

test.each([
  ["6月31日9时 301", "没有31日"],
  ["6月8日25时 301", "没有“25时”这个时间"],
  ["6月8日9时75分 301", "没有“9时75分”这个时间"],
  ["6月8日（周二）9时 301", "6月8日是星期一，不是星期二"],
])("says what is wrong with %s", (text, why) => {
  expect(read(text)).toEqual({ invalid: expect.stringContaining(why) });
});
