import type { Block, Button, Card, CardFile } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { unknownYearNote } from "../chat/unknown-years.ts";
import { shortDate } from "../chat/wording.ts";
import type { Period } from "../domain/period.ts";
import type { Reader } from "../store/store.ts";
import type { SourcedEvent } from "./events.ts";

/** Rows that still read well on a phone. */
const SHOWN = 30;
const WEEKDAYS = "一二三四五六日";

/** What is dated within some days, a row each; what comes every working day is one line. */
export function calendarCard(
  title: string,
  period: Period,
  events: readonly SourcedEvent[],
  { office }: Pick<Context<Reader>, "office">,
  {
    buttons = [],
    notes = [],
    files = [],
  }: { buttons?: readonly Button[]; notes?: readonly Block[]; files?: readonly CardFile[] },
): Card {
  const rows = events.filter((event) => event.routine === undefined || isWorthARow(event));
  const shown = rows.slice(0, SHOWN);
  const hasAudience = shown.some(({ audience }) => audience !== undefined);
  return {
    title,
    blocks: [
      rows.length === 0
        ? { kind: "text", text: "这段时间没有安排。" }
        : {
            kind: "table",
            columns: ["时间", "事项", "情况", ...(hasAudience ? ["发给"] : [])].map((title) => ({ title })),
            rows: shown.map((event) => [
              ...[whenWords(event), event.title, event.words],
              ...(hasAudience ? [event.audience ?? "—"] : []),
            ]),
            opens: shown.map(({ say = "" }) => say),
          },
      ...(rows.length > SHOWN
        ? [{ kind: "note" as const, text: `另有${rows.length - SHOWN}项，请看较短的时段` }]
        : []),
      ...routineLines(events),
      ...notes,
      ...unknownYearNote([period.from, period.to], office),
    ],
    buttons,
    ...(files.length > 0 ? { files } : {}),
    facts: {
      period: { from: period.from.toString(), to: period.to.toString(), label: period.label },
      events: events.map(({ source, key, from, to, time, title, words, standing, facts }) => ({
        source,
        key,
        from: from.toString(),
        to: to.toString(),
        time: time?.toString({ smallestUnit: "minute" }) ?? null,
        title,
        words,
        standing,
        ...facts,
      })),
    },
  };
}

/** Of what comes every working day only what isn't as usual. */
const isWorthARow = ({ standing, times, facts }: SourcedEvent): boolean =>
  standing === "off" || times !== undefined || (standing === "done" && facts?.state !== "ran");

function routineLines(events: readonly SourcedEvent[]): Block[] {
  const usual = events.filter((event) => event.routine !== undefined && !isWorthARow(event));
  const jobs = [...Map.groupBy(usual, ({ routine }) => routine).values()];
  return jobs.map((same) => {
    const [first] = same as [SourcedEvent];
    const at = first.time?.toString({ smallestUnit: "minute" }) ?? "";
    const done = same.filter(({ standing }) => standing === "done");
    const count = done.reduce((sum, { facts }) => sum + Number(facts?.deliveries ?? 0), 0);
    const sent =
      done.length === 0
        ? ""
        : `，已过${done.length}期${done.some(({ facts }) => "deliveries" in (facts ?? {})) ? `共${count}份` : ""}`;
    const to = first.audience === undefined ? "" : `，发给${first.audience}`;
    return { kind: "note", text: `${first.title}：每个工作日${at}${to}${sent}` };
  });
}

/** 6月22日 周一 09:00, 10月1日至8日 */
function whenWords({ from, to, time }: SourcedEvent): string {
  if (!from.equals(to))
    return `${shortDate(from)}至${from.month === to.month && from.year === to.year ? `${to.day}日` : shortDate(to)}`;
  const at = time === null ? "" : ` ${time.toString({ smallestUnit: "minute" })}`;
  return `${shortDate(from)} 周${WEEKDAYS[from.dayOfWeek - 1]}${at}`;
}
