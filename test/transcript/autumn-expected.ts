import { responseActs } from "../../seeds/demo/response-acts.ts";
import { OFF_2020, WORKED_2020 } from "../support/days-of-2020.ts";

// What the field sends in the autumn of 2020, from the plan's and the pack's words and the story of the demonstration alone: who
// says what when is its input; nothing is asked of the code that sends.

export type Sent = { at: string; to: string; title: string };

/** The days of the rehearsal and its anomaly, and those of the alert. */
export const AUTUMN = [
  ["2020-11-05", "2020-11-05"],
  ["2020-12-17", "2020-12-21"],
] as const;

const COUNTIES = "海安、如皋、如东、启东、崇川、通州、海门、市开发区、苏锡通园区、通州湾示范区".split("、");
/** Forty enterprises over eleven counties in turn, the fifth and sixth of which are one by now; of two of them one is exempt. */
const FIRMS: Readonly<Record<string, number>> = {
  ...{ 海安: 4 - 1, 如皋: 4, 如东: 4, 启东: 4, 崇川: 4 + 4 - 1, 通州: 4, 海门: 3, 市开发区: 3 },
  ...{ 苏锡通园区: 3, 通州湾示范区: 3 },
};
/** The one of each county that somebody speaks for. */
const CONTACTS = ["港闸", ...COUNTIES].map((county) => ({
  name: `${county}企业联系人`,
  county: county === "港闸" ? "崇川" : county,
}));
const YELLOW = ["生态环境", "住建", "城管", "公安"];
const ORANGE = [...YELLOW, "工信"];
const CITY = ["市领导", "督查"];

const minutesAfter = (at: string, minutes: number) =>
  Temporal.PlainDateTime.from(at).add({ minutes }).toString({ smallestUnit: "minute" });
const each = (at: string, to: readonly string[], title: string): Sent[] =>
  to.map((name) => ({ at, to: name, title }));
const acted = (press: string, from: string, until: string) =>
  responseActs
    .filter((act) => act.press === press && from <= act.at && act.at <= until)
    .map(({ who }) => who);
const people = (counties: readonly string[], posts: readonly string[]) =>
  counties.flatMap((county) => posts.map((post) => county + post));
const liaisons = (of: readonly string[]) => people(of, ["联络员"]);

type RollCall = {
  at: string;
  /** What has happened, and how the response is called. */
  did: string;
  name: string;
  mark?: string;
  counties?: readonly string[];
  departments: readonly string[];
  /** How many are drawn in all by its end, and how many of them nobody has looked at. */
  drawn: readonly [all: number, open: number];
};

/** Whoever is told, reminded once after an hour, and reported after two; then 10 % of the enterprises are drawn to be looked at. */
function rollCall({ at, did, name, mark = "", counties = COUNTIES, departments, drawn }: RollCall): Sent[] {
  const contacts = CONTACTS.filter(({ county }) => counties.includes(county));
  const told = [...liaisons(counties), ...liaisons(departments), ...contacts.map((one) => one.name)];
  const [soon, end] = [minutesAfter(at, 60), minutesAfter(at, 120)];
  const inTime = acted("签收", at, end);
  const silent = counties.filter((county) => !inTime.includes(`${county}联络员`));
  const firms = counties.map((county) => {
    const own = contacts.filter((one) => one.county === county && inTime.includes(one.name));
    return { county, left: (FIRMS[county] ?? 0) - own.length };
  });
  return [
    ...each(at, [...told, ...people(counties, ["领导"])], `${mark}${did}，请签收`),
    ...each(
      soon,
      told.filter((who) => !acted("签收", at, soon).includes(who)),
      `${mark}请尽快签收：${name}`,
    ),
    ...each(end, people(silent, ["领导"]), `${mark}逾期未签收：${name}`),
    ...firms.flatMap(({ county, left }) =>
      each(end, people([county], ["领导", "联络员"]), `${mark}${county}${left}家企业逾期未签收`),
    ),
    ...each(end, ["督查"], `${mark}请抽查减排措施（抽${drawn[0]}家，待查${drawn[1]}家）`),
  ];
}

/** Counties report at this time; who hasn't is reminded after an hour, and after two its lead hears of it, while it lasts. */
function report(at: string, words: string, until: string): Sent[] {
  const silentAt = (minutes: number) => {
    const moment = minutesAfter(at, minutes);
    const said = acted("报执行情况", at, moment);
    return moment > until ? [] : COUNTIES.filter((county) => !said.includes(`${county}联络员`));
  };
  return [
    ...COUNTIES.flatMap((county) => each(at, [`${county}联络员`], `请报${words}执行情况：${county}`)),
    ...silentAt(60).flatMap((county) =>
      each(minutesAfter(at, 60), [`${county}联络员`], `请报执行情况：${county}`),
    ),
    ...silentAt(120).flatMap((county) =>
      each(minutesAfter(at, 120), [`${county}领导`], `执行情况逾期未报：${county}`),
    ),
  ];
}

function rehearsal(): Sent[] {
  const [mark, start, end] = ["【演练】", "2020-11-05T09:30", "2020-11-05T11:30"];
  const counties = ["海安", "通州"];
  const name = "橙色预警响应";
  const whole = "重污染天气橙色预警Ⅱ级响应";
  return [
    ...each(start, CITY, `${mark}${whole}启动`),
    // Two counties, five departments, seven enterprises.
    ...each(start, ["市办"], `${mark}${name}看板：签收0/14`),
    ...rollCall({
      ...{ at: start, did: `${name}启动`, name, mark, counties, departments: ORANGE, drawn: [1, 1] },
    }),
    ...each(
      end,
      [...people(counties, ["领导", "联络员", "企业联系人"]), ...liaisons(ORANGE)],
      `${mark}${name}解除`,
    ),
    ...each(end, CITY, `${mark}${whole}解除`),
    ...each("2020-11-06T09:00", ["市办"], `待审核：应急响应总结评估（${mark}${name}，2020-11-05起）`),
    ...each("2020-11-12T09:00", ["市办"], `${mark}应急响应总结评估今天到期`),
  ];
}

function alert(): Sent[] {
  const [start, rise, end] = ["2020-12-17T17:00", "2020-12-19T02:00", "2020-12-20T10:00"];
  const everybody = [
    ...people(COUNTIES, ["领导", "联络员"]),
    ...liaisons(ORANGE),
    ...CONTACTS.map((one) => one.name),
  ];
  return [
    ...each(start, CITY, "重污染天气黄色预警Ⅲ级响应启动"),
    // Ten counties, four departments, thirty-eight enterprises.
    ...each(start, ["市办"], "黄色预警响应看板：签收0/52"),
    ...rollCall({
      ...{ at: start, did: "黄色预警响应启动", name: "黄色预警响应", departments: YELLOW, drawn: [4, 4] },
    }),
    ...report("2020-12-18T09:00", "12月18日 09:00", end),
    ...report("2020-12-18T16:00", "12月18日 16:00", end),
    ...each(rise, CITY, "重污染天气橙色预警Ⅱ级响应：由黄色升级"),
    // Two of the four were looked at on the 18th.
    ...rollCall({
      ...{
        at: rise,
        did: "黄色预警响应升级为橙色",
        name: "橙色预警响应",
        departments: ORANGE,
        drawn: [8, 6],
      },
    }),
    ...report("2020-12-19T09:00", "12月19日 09:00", end),
    ...report("2020-12-19T16:00", "12月19日 16:00", end),
    ...report("2020-12-20T09:00", "12月20日 09:00", end),
    ...each(end, everybody, "橙色预警响应解除"),
    ...each(end, CITY, "重污染天气橙色预警Ⅱ级响应解除"),
    ...each("2020-12-21T09:00", ["市办"], "待审核：应急响应总结评估（橙色预警响应，2020-12-17起）"),
    ...each("2020-12-25T09:00", ["市办"], "应急响应总结评估今天到期"),
  ];
}

/** 轻度 after its second hour, 中度 at once and to the county's lead, 重度 again; over after two normal hours. */
function anomalies(): Sent[] {
  const [haimen, qidong] = ["演示·海门一号站PM10", "演示·启东一号站PM10"];
  const [near, led] = [
    ["海门联络员", "市办"],
    ["启东联络员", "启东领导", "市办"],
  ];
  return [
    ...["浓度超标（轻度）", "高于周边"].flatMap((what) => [
      ...each("2020-11-05T14:20", near, `异常：${haimen}${what}`),
      ...each("2020-11-05T16:20", near, `已解除：${haimen}${what}`),
    ]),
    ...each("2020-12-17T08:20", led, `异常：${qidong}浓度超标（中度）`),
    ...each("2020-12-17T09:20", led, `加重：${qidong}浓度超标（重度）`),
    ...each("2020-12-17T09:20", ["启东联络员", "市办"], `异常：${qidong}高于周边`),
    ...each("2020-12-17T11:20", led, `已解除：${qidong}浓度超标（重度）`),
    ...each("2020-12-17T11:20", ["启东联络员", "市办"], `已解除：${qidong}高于周边`),
  ];
}

const isOff = (day: Temporal.PlainDate) =>
  OFF_2020.includes(day.toString()) || (day.dayOfWeek > 5 && !WORKED_2020.includes(day.toString()));

/** Each Monday, or on the next working day, the week before; of the counties whose day the plan has passed and whose towns are listed. */
function townRankings(): Sent[] {
  const ranked = { 海安: "城东镇", 海门: "海门街道", 通州: "金沙街道" };
  const sent: Sent[] = [];
  for (
    let monday = Temporal.PlainDate.from("2020-08-31");
    monday.year === 2020;
    monday = monday.add({ days: 7 })
  ) {
    const [from, to] = [monday.subtract({ days: 7 }), monday.subtract({ days: 1 })];
    const week = `${from.year}年${from.month}月${from.day}日至${to.month === from.month ? "" : `${to.month}月`}${to.day}日`;
    let day = monday;
    while (isOff(day)) day = day.add({ days: 1 });
    const at = `${day}T09:00`;
    sent.push(
      ...each(at, ["市办"], `镇街空气质量排名（全市，${week}）`),
      ...Object.entries(ranked).flatMap(([county, town]) =>
        each(
          at,
          [...people([county], ["领导", "联络员"]), `${town}联络员`],
          `镇街空气质量排名（${county}，${week}）`,
        ),
      ),
    );
  }
  return sent;
}

/** The city's days over AQI 100, by HJ 633 from the demonstration's days; on one of them a county's was over 150. */
const BAD_DAYS = {
  ...{ "09-07": 105, "09-09": 125, "09-10": 102, "09-19": 110, "09-26": 103, "09-30": 139, "11-23": 119 },
  ...{ "12-07": 125, "12-18": 117, "12-19": 125, "12-28": 119, "12-29": 103, "12-30": 133 },
};

/** To the city's leads the morning after, on days off to the office as well; to the leads of a county over 150 its own. */
function badDays(): Sent[] {
  return Object.entries(BAD_DAYS).flatMap(([date, aqi]) => {
    const day = Temporal.PlainDate.from(`2020-${date}`);
    const next = day.add({ days: 1 });
    const words = `${day.month}月${day.day}日超标：`;
    return [
      ...each(
        `${next}T07:30`,
        isOff(next) ? ["市领导", "市办"] : ["市领导"],
        `${words}南通AQI${aqi}（轻度污染）`,
      ),
      ...(date === "09-30"
        ? each(`${next}T07:30`, ["通州湾示范区领导"], `${words}通州湾示范区AQI153（中度污染）`)
        : []),
    ];
  });
}

/** All that is to be sent on the days from one to another. */
export const expectedWithin = ([from, to]: readonly [string, string]): Sent[] =>
  [...rehearsal(), ...alert(), ...anomalies(), ...townRankings(), ...badDays()].filter(
    ({ at }) => from <= at && at.slice(0, 10) <= to,
  );
