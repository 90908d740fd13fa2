import { z } from "zod";
import { WEEKLY_NOTICE, WEEKLY_READERS } from "../src/air/week-report.ts";
import { only, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { shortTime } from "../src/chat/wording.ts";
import { daysIn, type Period, periodOf } from "../src/domain/period.ts";
import { mondayOf } from "../src/domain/week.ts";
import { papersCalled, type SaidOfPaper } from "../src/papers/called.ts";
import { drawPaper, readerOf } from "../src/papers/draw.ts";
import { FILE_SAYINGS, FILE_WORDS } from "../src/papers/issued-file.ts";
import { paperCard } from "../src/papers/paper-card.ts";
import type { OfficialPaperRow } from "../src/store/official-papers.ts";
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
  mechanism: "weekly-notice",
  who: mayRead,
  audience: "person",
  args: z.object({
    week: arg.maybe.period(),
    no: arg.maybe.number("文件编号", { bare: true }),
    nth: arg.maybe.number("第几期", { edition: true }),
    look: arg.maybe.choice("格式", FILE_WORDS, { says: FILE_SAYINGS }),
  }),

  async answer({ args: { week: asked, no, nth, look }, person }, context) {
    const isNumbered = no !== undefined || nth !== undefined;
    if (asked !== undefined && !isNumbered && daysIn(asked) > 7) return oneOf(asked, context);
    const named = { kind: WEEKLY_NOTICE, no, nth, period: asked };
    const found = isNumbered ? await numberedNotice(named, person, context) : await noticeOf(asked, context);
    if (isRefusal(found)) return found;
    if (found === null) return asked === undefined ? noneYet : noneOf(asked, context);
    const { row, note } = found;
    const again = `周通报 ${slotDay(row, context)}`;
    const answer = await paperCard(row, look, person, context);
    if (isRefusal(answer)) return answer;
    const issued = context.office.local(
      Temporal.Instant.fromEpochMilliseconds(row.issuedAt ?? row.draftedAt),
    );
    if (look !== undefined) return { ...answer, again };
    const { card, facts } = await asItWas(row, answer, person, context);
    return {
      ...card,
      again,
      blocks: [
        { kind: "note", text: `${note}${issued.year}年${shortTime(issued)}发出，以下为原文` },
        ...card.blocks,
      ],
      buttons: [...(card.buttons ?? []), toNotice("Word版", slotDay(row, context).toString(), "Word")],
      facts: {
        ...facts,
        no: `${row.id}号`,
        number: row.number,
        quick: row.quick,
        issuedAt: issued.toString({ timeZoneName: "never" }),
      },
    };
  },
});

/** The notice as its reader was sent it; of one from before facts were kept what the outbox has of it. */
async function asItWas(row: OfficialPaperRow, answer: Card, person: Person, context: Context<Reader>) {
  const { store, office, today } = context;
  const print = await store.officialPapers.version(row.id, row.version);
  if (print?.facts) {
    const card = await drawPaper(row, print, readerOf(person), context);
    const { subject: _, facts = {}, ...shown } = card;
    return { card: shown, facts };
  }
  const reader = { id: person.id, regions: scopeOf(person, office, today) };
  const slot = row.slot ?? row.draftedAt;
  const sent = await store.outbox.newestOfJob(WEEKLY_NOTICE, [slot, slot], reader);
  const card = sent === null ? answer : (JSON.parse(sent.card) as Card);
  return { card, facts: card.facts ?? {} };
}

/** The day for which it was planned; a late one was issued later. */
const slotDay = (row: OfficialPaperRow, { office }: Context<Reader>) =>
  office
    .local(Temporal.Instant.fromEpochMilliseconds(row.slot ?? row.issuedAt ?? row.draftedAt))
    .toPlainDate();

type Found = { row: OfficialPaperRow; note: string };

/** The one with a number, if it has gone out. */
async function numberedNotice(
  named: SaidOfPaper,
  person: Person,
  context: Context<Reader>,
): Promise<Found | Refusal> {
  const found = await papersCalled(named, person, context);
  if (isRefusal(found)) return found;
  const row = found.find(({ state }) => state === "issued" || state === "corrected");
  return row ? { row, note: "" } : refuse("no-data", "这期周通报没有发出，或已撤回。", ["文件 周通报"]);
}

/** The newest; the one that was sent on a day; the one about a week, or about the week of a day. */
async function noticeOf(asked: Period | undefined, context: Context<Reader>): Promise<Found | null> {
  const { store, now, today } = context;
  const filter = { kinds: [WEEKLY_NOTICE], states: ["issued", "corrected"] } as const;
  const isOut = ({ issuedAt }: OfficialPaperRow) => issuedAt !== null && issuedAt <= now.epochMilliseconds;
  const found = (row: OfficialPaperRow | undefined, note = "") => (row === undefined ? null : { row, note });
  const newest = async (note = "") => {
    const { rows } = await store.officialPapers.list(filter, SOME);
    return found(rows.find(isOut), note);
  };
  if (asked === undefined) return newest();
  const { from, to } = weekOf(asked.from);
  const days = { from: from.subtract({ days: 7 }).toString(), to: to.toString() };
  const { rows } = await store.officialPapers.list({ ...filter, ...days }, SOME);
  const out = rows.filter(isOut);
  if (asked.from.equals(asked.to)) {
    const sent = out.find((row) => slotDay(row, context).equals(asked.from));
    if (sent !== undefined) return found(sent);
  }
  const about = out.find(({ firstDay }) => firstDay === from.toString());
  // 上周通报, asked before it is out, is the one before.
  const isNext = to.add({ days: 1 }).equals(today);
  return found(about) ?? (isNext ? newest(`${periodOf(from, to).label}的还没有发出，这是最近一期：`) : null);
}

/** More notices than these aren't about one week, corrections among them. */
const SOME = 20;

/** A notice covers Monday to Sunday, and goes out in the week after. */
function weekOf(day: Temporal.PlainDate): Period {
  const from = mondayOf(day);
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
async function oneOf({ from, to, label }: Period, context: Context<Reader>): Promise<Refusal> {
  const issued = await context.store.officialPapers.list(
    {
      kinds: [WEEKLY_NOTICE],
      states: ["issued", "corrected"],
      from: from.subtract({ days: 7 }).toString(),
      to: to.toString(),
    },
    MOST,
  );
  const within = (day: Temporal.PlainDate) =>
    Temporal.PlainDate.compare(day, from) >= 0 && Temporal.PlainDate.compare(day, to) <= 0;
  const days = issued.rows
    .map((row) => slotDay(row, context))
    .filter(within)
    .toReversed();
  if (days.length === 0)
    return refuse("no-data", `${label}没有发出过周通报。可以看“周通报”（最近一期）。`, ["周通报"]);
  return refuse(
    "usage",
    `${label}发出过${days.length}期周通报，请写明哪一周或哪天发出的，例如“周通报 6月第2周”。`,
    days.slice(-5).map((day) => `周通报 ${day}`),
  );
}

/** Notices of ten years. */
const MOST = 530;
