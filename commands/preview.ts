import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import type { DaysAhead, Foreseen } from "../src/chat/foreseen.ts";
import { says } from "../src/chat/says.ts";
import { unknownYearNote } from "../src/chat/unknown-years.ts";
import { firstNamed, shortDate, shortTime } from "../src/chat/wording.ts";

const toPreview = says("预演");
const SPANS = { 今天: "today", 明天: "tomorrow", 本周: "this-week", 下周: "next-week" } as const;
type Span = (typeof SPANS)[keyof typeof SPANS];

/** Rows that still read well on a phone. */
const SHOWN = 30;
/** Names beside one another; the rest are counted. */
const NAMED = 3;

/** 预演：what will go to whom, by the same code on a copy; nothing is sent and nothing is changed. */
export default command({
  name: "preview",
  words: ["预演"],
  hints: ["要发什么", "会发什么", "将发什么", "会发给谁", "要发给谁"],
  help: { does: "看今后几天会给谁发什么，不真的发出", example: "预演 下周" },
  who: only("预演", "office"),
  audience: "person",
  args: z.object({ span: arg.choice("时段", SPANS, { otherwise: "下周" }) }),
  looksAhead: ({ span }, today) => daysOf(span, today),

  async answer({ args: { span } }, { foreseen = [], office, today }) {
    const { from, to } = daysOf(span, today);
    const days = from.equals(to) ? shortDate(from) : `${shortDate(from)}至${shortDate(to)}`;
    // One notice to many people is one row.
    const rows = [...Map.groupBy(foreseen, (one) => `${one.at} ${one.job ?? one.title}`).values()];
    const people = new Set(foreseen.map(({ audience }) => audience)).size;
    const others = (Object.keys(SPANS) as (keyof typeof SPANS)[]).filter((word) => SPANS[word] !== span);
    return {
      title: `预演 ${days}`,
      blocks: [
        {
          kind: "text",
          text:
            rows.length === 0
              ? "按现在的情况，这几天没有要发的消息。"
              : `按现在的情况，将给${people}人发${foreseen.length}条消息。`,
        },
        ...(rows.length === 0
          ? []
          : [
              {
                kind: "table" as const,
                columns: [{ title: "时间" }, { title: "内容" }, { title: "发给" }],
                rows: rows.slice(0, SHOWN).map((same) => {
                  const [first] = same as [Foreseen];
                  return [shortTime(first.at), first.title, namesOf(same)];
                }),
              },
            ]),
        ...(rows.length > SHOWN
          ? [{ kind: "note" as const, text: `另有${rows.length - SHOWN}批，请看较短的时段。` }]
          : []),
        {
          kind: "note",
          text: "在副本上推演，没有发出，也没有改动数据；其间有人办理或有新的交办，会有不同。",
        },
        ...unknownYearNote([from, to], office),
      ],
      buttons: others.map((word) => toPreview(word, word)),
      facts: {
        from: from.toString(),
        to: to.toString(),
        deliveries: foreseen.map(({ at, job, audience, title }) => ({
          at: office.local(at.toInstant()).toString({ smallestUnit: "second", timeZoneName: "never" }),
          job,
          audience,
          title,
        })),
      },
    };
  },
});

function daysOf(span: Span, today: Temporal.PlainDate): DaysAhead {
  const sunday = today.add({ days: 7 - today.dayOfWeek });
  switch (span) {
    case "today":
      return { from: today, to: today };
    case "tomorrow":
      return { from: today.add({ days: 1 }), to: today.add({ days: 1 }) };
    case "this-week":
      return { from: today, to: sunday };
    case "next-week":
      return { from: sunday.add({ days: 1 }), to: sunday.add({ days: 7 }) };
    default:
      return span satisfies never;
  }
}

/** 海安联络员、海安领导等23人 */
function namesOf(same: readonly Foreseen[]): string {
  return firstNamed([...new Set(same.map(({ audience }) => audience))], NAMED, "人");
}
