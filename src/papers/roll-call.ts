import type { Block, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { redrawShown } from "../chat/redraw-shown.ts";
import { says } from "../chat/says.ts";
import { shortDate, shortTime } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { mondayOf } from "../domain/week.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { PaperAnswer } from "../store/paper-answers.ts";
import type { Reader, Writer } from "../store/store.ts";
import { kindOfPaper, noOf } from "./kind-of.ts";

const toPaper = says("文件");
const toReply = says("回复");

type Around = Pick<Context<Reader>, "store" | "office" | "today" | "officialPapers">;
type Called = { row: OfficialPaperRow; answers: readonly PaperAnswer[] };

/** The Monday of the week in which a paper was issued. */
const weekOf = ({ issuedAt, draftedAt }: OfficialPaperRow, { office }: Pick<Around, "office">) =>
  mondayOf(office.today(Temporal.Instant.fromEpochMilliseconds(issuedAt ?? draftedAt)));

/** Under which name the roll-call is known: one card has all papers of a kind that a week has issued. */
const subjectOfRollCall = (row: OfficialPaperRow, context: Pick<Around, "office">): string =>
  `paper-answers:${row.kind}/${weekOf(row, context)}`;

/** An answer that has its day; a unit may as well say something that it wasn't asked. */
const isExpected = ({ due }: PaperAnswer) => due !== null;

/**
 * The office's roll-call after something has changed for a paper that units have to answer, in the caller's transaction: the
 * card of its week shows it in its place, and whoever has none yet gets one. `revision` tells this drawing from others.
 */
export async function tellRollCall(
  row: OfficialPaperRow,
  revision: string,
  context: Context<Writer>,
): Promise<void> {
  const { store, now } = context;
  if (!(await store.paperAnswers.of(row.id)).some(isExpected)) return;
  const subject = subjectOfRollCall(row, context);
  const card = await rollCallCard(row, context);
  await redrawShown(subject, { revision, cardFor: async () => card }, context);
  for (const { id } of await store.people.withRoles(["office"])) {
    const key = `${subject}/${id}`;
    const sending = { key, to: { personId: id }, class: "card", card, job: row.kind } as const;
    // One that nobody has sent yet says the new as well.
    if (!(await store.outbox.queue(sending, now.epochMilliseconds)))
      await store.outbox.redraw(key, card, revision, now.epochMilliseconds);
  }
}

/** Who has answered the papers of a kind and week, as the office has it before it. */
export async function rollCallCard(row: OfficialPaperRow, context: Around): Promise<Card> {
  const called = await calledWith(row, context);
  const answers = called.flatMap((one) => one.answers);
  const done = answers.filter(({ answeredAt }) => answeredAt !== null).length;
  const [only = row] = called.map((one) => one.row);
  const isOne = called.length <= 1;
  const of = isOne ? (only.number ?? only.title) : `${kindOfPaper(row, context).title}${called.length}件`;
  return {
    title: called.length === 0 ? `已撤回，不用回复：${of}` : `回复情况 ${done}/${answers.length}：${of}`,
    tone: called.length === 0 ? "muted" : done === answers.length ? "good" : "notice",
    subject: subjectOfRollCall(row, context),
    blocks: answersTable(called, context),
    buttons: [
      ...(isOne ? [toPaper("看文件", noOf(only))] : []),
      ...(called.length === 0 ? [] : [toReply("导出Excel", noOf(only), "导出")]),
    ],
    facts: { no: noOf(only), papers: called.map((one) => noOf(one.row)), answered: done, of: answers.length },
  };
}

/** The issued papers of the same kind and week that somebody has to answer, in the order of their numbers. */
async function calledWith(row: OfficialPaperRow, context: Around): Promise<Called[]> {
  const { store, office } = context;
  const monday = weekOf(row, context);
  const at = (day: Temporal.PlainDate): EpochMs =>
    day.toZonedDateTime({ timeZone: office.pack.timeZone }).epochMilliseconds;
  const called: Called[] = [];
  for (const one of await store.officialPapers.issuedWithin(
    row.kind,
    at(monday),
    at(monday.add({ days: 7 })),
  )) {
    const answers = (await store.paperAnswers.of(one.id)).filter(isExpected);
    if (answers.length > 0) called.push({ row: one, answers });
  }
  return called;
}

/** Who has confirmed a paper and answered it, who hasn't: for the office. */
export async function answersOf(row: OfficialPaperRow, context: Around): Promise<Block[]> {
  return answersTable([{ row, answers: await context.store.paperAnswers.of(row.id) }], context);
}

function answersTable(called: readonly Called[], { office, today }: Around): Block[] {
  if (called.every(({ answers }) => answers.length === 0)) return [];
  const nameOf = ({ regionId, departmentId }: PaperAnswer) =>
    regionId !== null ? office.region(regionId).short : office.department(departmentId ?? "").short;
  const timeOf = (at: EpochMs) => shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(at)));
  const stateOf = ({ answeredAt, due }: PaperAnswer) =>
    answeredAt !== null
      ? timeOf(answeredAt)
      : due !== null && due < today.toString()
        ? "逾期未回复"
        : "未回复";
  const isOne = called.length === 1;
  const rows = called.flatMap(({ row, answers }) => answers.map((one) => ({ row, one })));
  return [
    {
      kind: "table",
      columns: [...(isOne ? [] : ["文号"]), "单位", "期限", "收到", "回复", "原因", "措施", "完成时间"].map(
        (title) => ({
          title,
        }),
      ),
      rows: rows.map(({ row, one }) => [
        ...(isOne ? [] : [row.number ?? noOf(row)]),
        nameOf(one),
        one.due === null ? "—" : shortDate(one.due),
        one.receivedAt === null ? "—" : timeOf(one.receivedAt),
        stateOf(one),
        one.cause ?? "—",
        one.measures ?? "—",
        one.promised === null ? "—" : shortDate(one.promised),
      ]),
      ...(isOne ? {} : { opens: rows.map(({ row }) => toPaper("", noOf(row)).say) }),
    },
  ];
}
