import { paceChart } from "../air/charts/pace.ts";
import { rankingChart } from "../air/charts/ranked.ts";
import { presentAirOf, ruledParts } from "../air/period-air.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { figure, shortDate } from "../chat/wording.ts";
import { POLLUTANTS, pollutantLabel } from "../domain/air/day.ts";
import type { PrintedFigure } from "../domain/papers/figures.ts";
import type { Period } from "../domain/period.ts";
import { recordPlace } from "../duties/record-card.ts";
import { countyOf } from "../issues/facts.ts";
import { type PaceSpec, paceBullets } from "../output/charts/pace-bullets.ts";
import { type RankingSpec, rankingBars } from "../output/charts/ranking-bars.ts";
import { CITY } from "../papers/week/week-words.ts";
import { actualWords, indicatorWords, laggingAmong, tasksOf } from "../plan/tasks.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { ownerWords, progressWords } from "./decisions.ts";
import type { MeetingAbout } from "./minutes-paper.ts";
import { meetingName, periodLooked, settingOf } from "./words.ts";

/** A place's air over the period, each figure as printed; — where it has none. */
type AirRow = { place: string; valid: number; values: readonly string[]; rate: string };

/** All that the material of a meeting prints. */
export type MaterialFacts = {
  /** 空气质量月度会商会 */
  name: string;
  /** 2020年5月会商会 */
  called: string;
  /** 2020年5月 */
  label: string;
  /** The day of its figures of pace, lag and issues. */
  asOf: string;
  /** What there is no valid figure of. */
  missing: readonly string[];
  air: readonly AirRow[];
  ranking: RankingSpec | null;
  pace: readonly PaceSpec[];
  lagging: readonly (readonly string[])[];
  /** What was done of the standing duties in the period; absent in materials of before. */
  records?: readonly (readonly string[])[];
  issues: { open: number; overdue: number; rows: readonly (readonly string[])[] };
  last: { called: string; rows: readonly (readonly string[])[] } | null;
};

/** Overdue issues that are named; the rest is counted. */
const NAMED = 20;
/** Charts are drawn for the whole city, whoever reads the paper. */
const CITY_WIDE_READER = { regionId: null } as Person;

/** The material of a meeting by the data of this moment; what is lacking is said in it. */
export async function materialFacts(
  { meeting: id }: MeetingAbout,
  context: Context<Reader>,
): Promise<MaterialFacts | Refusal> {
  const { store, office, now, today } = context;
  const meeting = await store.meetings.byId(id);
  if (meeting === null || meeting.state === "cancelled")
    return refuse("conflict", `会议${id}已取消，不用准备材料。`, ["会议"]);
  const period = periodLooked(meeting.period);
  const { air, missing } = await airRows(period, context);
  const drawn = async <Spec>(spec: Promise<Spec | Refusal>): Promise<Spec | null> => {
    const made = await spec;
    return isRefusal(made) ? null : made;
  };
  const { from, to } = { from: period.from.toString(), to: period.to.toString() };
  const ranking = await drawn(
    rankingChart.data({ params: { from, to, metric: "PM2.5" }, person: CITY_WIDE_READER }, context),
  );
  const pace = [];
  for (const indicator of ["pm25-mean", "attainment-rate"] as const)
    pace.push(await drawn(paceChart.data({ params: { indicator }, person: CITY_WIDE_READER }, context)));
  const lagging = laggingAmong(await tasksOf(store, office, today)).map(({ measure, region, ...task }) => [
    measure.no,
    task.indicator.name,
    region?.short ?? "全市",
    `${indicatorWords(task.indicator)}，${task.indicator.deadline}`,
    actualWords(task),
    task.standing.level ?? "—",
  ]);
  const asOf = now.epochMilliseconds;
  const open = await store.issues.list(
    { asOf, without: ["draft", "closed", "merged", "cancelled", "withdrawn", "transferred"] },
    1,
  );
  const overdue = await store.issues.list({ asOf, overdueOn: today.toString() }, NAMED);
  const before = await store.meetings.before(meeting);
  const decisions = before === null ? [] : await store.meetings.decisionsOf(before.id);
  return {
    name: settingOf(meeting.kind, office).name,
    called: meetingName(meeting),
    label: period.label,
    asOf: today.toString(),
    missing,
    air,
    ranking: ranking !== null && ranking.rows.length > 0 ? ranking : null,
    pace: pace.filter((spec) => spec !== null),
    lagging,
    records: await recordRows(from, to, context),
    issues: {
      open: open.total,
      overdue: overdue.total,
      rows: overdue.rows.map((one) => [one.no, countyOf(one, office, today), one.title, one.due]),
    },
    last:
      before === null
        ? null
        : {
            called: meetingName(before),
            rows: decisions.map((one) => [
              String(one.ordinal),
              one.text,
              ownerWords(one, context) ?? "—",
              one.due ?? "—",
              progressWords(one, context),
            ]),
          },
  };
}

/** Each kind of thing that was done: how often, where, and what came of it the last time. */
async function recordRows(from: string, to: string, context: Context<Reader>): Promise<string[][]> {
  const done = Map.groupBy(await context.store.dutyRecords.list({ from, to }), ({ kind }) => kind);
  return context.office.pack.records.flatMap(({ id, name }) => {
    const rows = done.get(id) ?? [];
    const last = rows.at(-1);
    if (last === undefined) return [];
    const where = [...new Set(rows.map((row) => recordPlace(row, context)))].join("、");
    return [[name, `${rows.length}次`, where, `${shortDate(last.date)}：${last.result}`]];
  });
}

/** Each place over the period; what has no valid figure is named, and nothing else is refused for it. */
async function airRows(
  period: Period,
  { store, office, today }: Context<Reader>,
): Promise<{ air: AirRow[]; missing: string[] }> {
  const air: AirRow[] = [];
  const parts = ruledParts(period, today);
  if (isRefusal(parts)) return { air, missing: [parts.message.replace(/。.*$/s, "")] };
  const [ruled] = parts;
  const missing: string[] = [];
  for (const region of [office.city, ...office.regionsOf({ to: period.to }, today)]) {
    const place = region.id === office.city.id ? CITY : region.short;
    const one = await presentAirOf(store, region, ruled, today);
    if (isRefusal(one)) {
      missing.push(`${place}没有监测数据`);
      continue;
    }
    const { pollutants, attainmentRatePct, days } = one.now;
    const lacks = POLLUTANTS.filter((name) => pollutants[name].value === null);
    if (lacks.length > 0) missing.push(`${place}${lacks.map(pollutantLabel).join("、")}有效天数不足`);
    const values = POLLUTANTS.map((name) => figure(pollutants[name].value, name === "CO" ? 1 : 0));
    air.push({ place, valid: days.valid, values, rate: figure(attainmentRatePct, 1) });
  }
  return { air, missing };
}

/** Each figure that rests on data: of the air, of the charts, of lagging tasks. Issues and decisions are counted as they stand. */
export function materialFigures({ air, label, ranking, pace, lagging }: MaterialFacts): PrintedFigure[] {
  return [
    ...air.flatMap(({ place, values, rate }) => [
      ...POLLUTANTS.map((name, i) => ({
        of: place,
        figure: `${label}${pollutantLabel(name)}`,
        value: values[i] ?? "—",
      })),
      { of: place, figure: `${label}优良率`, value: rate },
    ]),
    // The mean itself stands in the table.
    ...(ranking === null ? [] : rankingBars.figures(ranking))
      .filter(({ figure }) => figure !== ranking?.metric)
      .map((one) => ({ ...one, figure: `${label}PM2.5${one.figure}` })),
    ...pace.flatMap((spec) =>
      paceBullets.figures(spec).map((one) => ({
        ...one,
        figure: one.figure === spec.metric ? `今年${spec.metric}` : `${spec.metric}${one.figure}`,
      })),
    ),
    ...lagging.map(([, indicator = "", county = "", , actual = "", level]) => ({
      ...{ of: county, figure: indicator },
      value: `${actual}，${level}`,
    })),
  ];
}
