import type { Block, Button } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { shortDate } from "../chat/wording.ts";
import { monthOfDay } from "../domain/months.ts";
import { periodOf } from "../domain/period.ts";
import { mondayOf } from "../domain/week.ts";
import { stateWords } from "../issues/card.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { patrolFacts } from "./card.ts";
import { patrolsOver } from "./sheet.ts";
import { chiefsStations, ownOf } from "./stations.ts";

const toPatrols = says("巡查");
type Around = Pick<Context<Reader>, "store" | "office" | "now" | "today">;

/** Finds that a chief's card names, the newest first. */
const FINDS_SHOWN = 8;

/**
 * What of patrols a chief's own card shows: of each station what this week asks for and when this month somebody was there;
 * what was found on them, and what has become of it. Null where none of their stations is known.
 */
export async function ownPatrols(
  person: Person,
  around: Around,
): Promise<{ blocks: Block[]; buttons: Button[]; facts: Record<string, unknown> } | null> {
  const { office, today } = around;
  const own = new Set((await ownOf(person, around)).map(({ station }) => station.id));
  const stations = (await chiefsStations(around)).filter(({ station }) => own.has(station.id));
  if (stations.length === 0) return null;
  const month = await patrolsOver(stations, monthOfDay(today), around);
  const monday = mondayOf(today);
  const week = await patrolsOver(stations, periodOf(monday, today), around);
  const { perWeek } = office.pack.settings.patrols;
  const finds = month
    .flatMap(({ patrols }) => patrols.flatMap(({ issue }) => issue ?? []))
    .toSorted((a, b) => b.id - a.id);
  return {
    blocks: [
      { kind: "text", text: `本月巡查（每个点位每周${perWeek}次）：` },
      {
        kind: "table",
        columns: [{ title: "点位" }, { title: "本周", align: "end" }, { title: "本月日期" }],
        rows: month.map(({ of, patrols }, i) => [
          of.station.name,
          `${week[i]?.days ?? 0}/${perWeek}`,
          [...new Set(patrols.map(({ date }) => shortDate(date)))].join("、") || "—",
        ]),
      },
      ...(finds.length === 0
        ? []
        : [
            {
              kind: "table" as const,
              columns: [{ title: "发现的问题" }, { title: "编号" }, { title: "办理" }],
              rows: finds
                .slice(0, FINDS_SHOWN)
                .map((issue) => [issue.title, issue.no, stateWords(issue, around)]),
              opens: finds.slice(0, FINDS_SHOWN).map(({ no }) => `问题 ${no}`),
            },
          ]),
      { kind: "note", text: HOW },
    ],
    buttons: [toPatrols("巡查记录")],
    facts: {
      perWeek,
      patrols: month.flatMap(({ of, patrols }) =>
        patrols.map((one) => patrolFacts(one, of.station, one.issue?.no ?? null)),
      ),
      finds: finds.map((issue) => ({ no: issue.no, title: issue.title, state: issue.state })),
    },
  };
}

/** How a patrol is written down. */
export const HOW = "到点位后拍照发给我，说明写“巡查 无问题”或“巡查 发现的情况”，不用另外打卡";
