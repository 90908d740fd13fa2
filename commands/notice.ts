import { z } from "zod";
import { WEEKLY_NOTICE, WEEKLY_READERS } from "../src/air/week-report.ts";
import { only, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { paper } from "../src/chat/paper.ts";
import { type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { longDate, shortTime } from "../src/chat/wording.ts";
import { daysIn, type Period, periodOf } from "../src/domain/period.ts";
import { noticeModel } from "../src/output/notice.ts";
import { DOCX, wordDocument } from "../src/output/word.ts";
import type { OutboxRow } from "../src/store/outbox.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

const toRanking = says("排名");

const toNotice = says("周通报");
const mayRead = only("查看周通报", ...WEEKLY_READERS);

/** 周通报：a weekly notice again as it went out, with the figures and by the rules of its day. */
export default command({
  name: "notice",
  words: ["周通报", "空气质量周通报", "周报"],
  hints: ["通报", "最近一期", "最近一期的", "最新一期", "上一期", "每周通报"],
  help: { does: "再看一次发出过的周通报", example: "周通报" },
  who: mayRead,
  audience: "person",
  args: z.object({
    week: arg.maybe.period(),
    look: arg.maybe.choice("格式", { Word: "word" }, { says: { Word版: "word", Word文档: "word" } }),
  }),

  async answer({ args: { week: asked, look }, person }, context) {
    if (asked !== undefined && daysIn(asked) > 7) return oneOf(asked, context);
    const found = await noticeOf(asked, person, context);
    if (found === null) return asked === undefined ? noneYet : noneOf(asked, context);
    const { row, note } = found;
    const card = JSON.parse(row.card) as Card;
    const issued = context.office.local(Temporal.Instant.fromEpochMilliseconds(row.createdAt));
    const slot = slotDay(row, context).toString();
    const again = `周通报 ${slot}`;
    if (look === "word") {
      const file = noticePaper.file({ day: slot }, { name: `${card.title}.docx` });
      const blocks = [{ kind: "text" as const, text: "Word版见附件。" }];
      return { title: card.title, blocks, files: [file], again, facts: { phrase: again } };
    }
    return {
      ...card,
      again,
      blocks: [
        { kind: "note", text: `${note}${issued.year}年${shortTime(issued)}发出，以下为原文` },
        ...card.blocks,
      ],
      buttons: [...(card.buttons ?? []), toNotice("Word版", slot, "Word")],
      facts: { ...card.facts, issuedAt: issued.toString({ timeZoneName: "never" }) },
    };
  },
});

/** 周通报 as .docx: the notice of a slot's day as its reader was sent it. */
export const noticePaper = paper({
  name: "notice.word",
  params: z.object({ day: z.iso.date() }),
  async data({ params, person }, context) {
    const forbidden = mayRead.check({ person, args: {}, office: context.office, today: context.today });
    if (forbidden !== null) return forbidden;
    const day = Temporal.PlainDate.from(params.day);
    const found = await noticeOf(periodOf(day, day), person, context);
    if (found === null) return noneOf(periodOf(day, day), context);
    const card = JSON.parse(found.row.card) as Card;
    return {
      office: context.office.pack.office,
      title: card.title,
      blocks: card.blocks,
      issued: longDate(slotDay(found.row, context)),
    };
  },
  render: async (notice, { marks }) => ({
    name: `${notice.title}.docx`,
    type: DOCX,
    bytes: await wordDocument(noticeModel({ ...notice, marks })),
  }),
});

/** The day for which it was planned; a late one was written later. */
const slotDay = (row: OutboxRow, { office }: Context<Reader>) =>
  office.local(Temporal.Instant.fromEpochMilliseconds(row.slot ?? row.createdAt)).toPlainDate();

type Found = { row: OutboxRow; note: string };

/** The newest; the one that was sent on a day; the one about a week, or about the week of a day. */
async function noticeOf(
  asked: Period | undefined,
  person: Person,
  { store, office, now, today }: Context<Reader>,
): Promise<Found | null> {
  const reader = { id: person.id, regions: scopeOf(person, office, today) };
  const instant = (day: Temporal.PlainDate) =>
    day.toZonedDateTime({ timeZone: office.pack.timeZone }).epochMilliseconds;
  const within = async (first: Temporal.PlainDate, last: Temporal.PlainDate, note = "") => {
    const until = Math.min(now.epochMilliseconds, instant(last.add({ days: 1 })) - 1);
    const row = await store.outbox.newestOfJob(WEEKLY_NOTICE, [instant(first), until], reader);
    return row === null ? null : { row, note };
  };
  const newest = (note = "") => within(today.subtract({ years: 1 }), today, note);
  if (asked === undefined) return newest();
  const { from, to } = weekOf(asked.from);
  const about = await within(to.add({ days: 1 }), to.add({ days: 7 }));
  if (asked.from.equals(asked.to)) return (await within(asked.from, asked.to)) ?? about;
  // 上周通报, asked before it is out, is the one before.
  const isNext = to.add({ days: 1 }).equals(today);
  return about ?? (isNext ? newest(`${periodOf(from, to).label}的还没有发出，这是最近一期：`) : null);
}

/** A notice covers Monday to Sunday, and goes out in the week after. */
function weekOf(day: Temporal.PlainDate): Period {
  const from = day.subtract({ days: day.dayOfWeek - 1 });
  return periodOf(from, from.add({ days: 6 }));
}

const noneYet: Card = {
  title: "还没有发出过周通报",
  blocks: [{ kind: "text", text: "周通报每周一上午发出，内容是上一周。现在可以先看上周排名。" }],
  buttons: [toRanking("上周排名", "上周")],
  facts: { week: null },
};

function noneOf(asked: Period, { today }: Context<Reader>): Refusal {
  const week = weekOf(asked.from);
  const isToCome = Temporal.PlainDate.compare(week.to, today) >= 0;
  return refuse(
    "no-data",
    `${week.label}这一周${isToCome ? "还没有过完，周通报在下一周发出" : "没有发出过周通报"}。可以看“周通报”（最近一期）或“排名 ${week.from}..${week.to}”。`,
    ["周通报", `排名 ${week.from}..${week.to}`],
  );
}

/** A month or more has several: which one was meant has to be said. */
async function oneOf({ from, to, label }: Period, { store, office }: Context<Reader>): Promise<Refusal> {
  const { timeZone } = office.pack;
  const begins = from.toZonedDateTime({ timeZone }).epochMilliseconds;
  const ends = to.add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds - 1;
  const slots = await store.ledger.run(WEEKLY_NOTICE, begins, ends);
  const days = slots.map((slot) => office.local(Temporal.Instant.fromEpochMilliseconds(slot)).toPlainDate());
  return refuse(
    "usage",
    `${label}发出过${days.length}期周通报，请写明哪一周或哪天发出的，例如“周通报 6月第2周”。`,
    days.slice(-5).map((day) => `周通报 ${day}`),
  );
}
