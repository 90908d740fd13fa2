import { z } from "zod";
import { scopeOf } from "../chat/access.ts";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Block, Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { longDate, shortDate, shortTime } from "../chat/wording.ts";
import { inEachPost } from "../domain/posts.ts";
import type { CandidateUnit } from "../store/candidates.ts";
import type { OfficialPaperRow, PaperVersion } from "../store/official-papers.ts";
import type { PaperAnswer } from "../store/paper-answers.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { aboutOf, kindOfPaper, noOf } from "./kind-of.ts";
import { paperSeen } from "./sees.ts";

const toPaper = says("文件");

/** What a unit's answer says; which of it is asked for its kind of paper says. */
export const answerFields = z.object({
  cause: arg.maybe.longtext("原因", { maxLength: 500 }),
  measures: arg.longtext("措施", { maxLength: 1000 }),
  date: arg.maybe.date("完成时间"),
});
const answer = buttonsOf("paper.answer", answerFields);

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** Notes who has to answer an issued paper until when, and gives the office its roll-call; in the transaction of the issue. */
export async function expectAnswers(
  row: OfficialPaperRow,
  { facts }: PaperVersion,
  context: Context<Writer>,
): Promise<void> {
  const { store, office, today, now } = context;
  const due = facts === null ? null : (kindOfPaper(row, context).answer?.(aboutOf(row), facts) ?? null);
  if (due === null || due.units.length === 0) return;
  const day = office.calendar.addWorkingDays(today, due.within).toString();
  await store.paperAnswers.expect(
    due.units.map((unit) => ({ paperId: row.id, due: day, regionId: null, departmentId: null, ...unit })),
  );
  const at = now.epochMilliseconds;
  const card = await rollCallCard(row, context);
  for (const { id } of await store.people.withRoles(["office"]))
    await store.outbox.queue(
      {
        key: `paper-answers/${row.id}/${id}`,
        to: { personId: id },
        class: "must-arrive",
        card,
        job: row.kind,
      },
      at,
    );
}

/** The button by which somebody answers for their unit, while it hasn't. */
export async function answerButtons(
  row: OfficialPaperRow,
  person: Person,
  context: Around,
): Promise<{ blocks: Block[]; buttons: Button[] }> {
  const own = await ownAnswer(row, person, context);
  if (own?.due == null || own.answeredAt !== null) return { blocks: [], buttons: [] };
  return {
    blocks: [{ kind: "text", text: `请于${longDate(Temporal.PlainDate.from(own.due))}前回复。` }],
    buttons: [answer("回复", { paper: row.id }, { style: "primary" })],
  };
}

/** What a unit answers, in the caller's transaction: once, by whoever speaks for it; the office's roll-call shows it at once. */
export async function answerPaper(
  id: number,
  said: { cause?: string | undefined; measures: string; date?: Temporal.PlainDate | undefined },
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, now } = context;
  const row = await paperSeen(id, person, context);
  if (isRefusal(row)) return row;
  const look = [`文件 ${noOf(row)}`];
  const own = await ownAnswer(row, person, context);
  if (own?.due == null) return refuse("forbidden", `${noOf(row)}文件不需要您单位回复。`, look);
  if (row.state === "withdrawn") return refuse("conflict", `${noOf(row)}文件已经撤回，不用回复。`, look);
  if (own.answeredAt !== null) return refuse("already-done", `您单位已经回复过${noOf(row)}文件。`, look);
  const print = await store.officialPapers.version(row.id, row.version);
  const asked =
    print?.facts == null ? [] : (kindOfPaper(row, context).answer?.(aboutOf(row), print.facts)?.asks ?? []);
  const lacking = [
    ...(asked.includes("cause") && !said.cause?.trim() ? ["原因"] : []),
    ...(asked.includes("date") && said.date === undefined ? ["完成时间"] : []),
  ];
  if (lacking.length > 0) return refuse("usage", `请填写${lacking.join("、")}。`, look);
  const at = now.epochMilliseconds;
  await store.paperAnswers.answer(own.id, {
    ...{ cause: said.cause?.trim() || null, measures: said.measures.trim() },
    ...{ promised: said.date?.toString() ?? null, answeredAt: at, answeredBy: person.id },
  });
  const card = await rollCallCard(row, context);
  for (const { id: messageId, personId } of await store.outbox.showing(subjectOfAnswers(row.id)))
    if (personId !== null)
      await store.outbox.queueEdit({ messageId, personId, card, version: `answer-${own.id}` }, at);
  return {
    title: `已回复：${row.number ?? row.title}`,
    tone: "good",
    subject: `paper:${row.id}`,
    audit: { paper: row.id, measures: said.measures.slice(0, 200) },
    blocks: [{ kind: "text", text: "市办已能看到。" }],
    facts: { no: noOf(row), answered: true },
  };
}

/** Who has answered, who hasn't: for the office. */
export async function answersTable(row: OfficialPaperRow, context: Around): Promise<Block[]> {
  const answers = await context.store.paperAnswers.of(row.id);
  if (answers.length === 0) return [];
  const { office, today } = context;
  const nameOf = ({ regionId, departmentId }: PaperAnswer) =>
    regionId !== null ? office.region(regionId).short : office.department(departmentId ?? "").short;
  const stateOf = ({ answeredAt, due }: PaperAnswer) =>
    answeredAt !== null
      ? shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(answeredAt)))
      : due !== null && due < today.toString()
        ? "逾期未回复"
        : "未回复";
  return [
    {
      kind: "table",
      columns: ["单位", "期限", "回复", "原因", "措施", "完成时间"].map((title) => ({ title })),
      rows: answers.map((one) => [
        nameOf(one),
        one.due === null ? "—" : shortDate(one.due),
        stateOf(one),
        one.cause ?? "—",
        one.measures ?? "—",
        one.promised === null ? "—" : shortDate(one.promised),
      ]),
    },
  ];
}

const subjectOfAnswers = (id: number) => `paper-answers:${id}`;

async function rollCallCard(row: OfficialPaperRow, context: Around): Promise<Card> {
  const answers = await context.store.paperAnswers.of(row.id);
  const done = answers.filter(({ answeredAt }) => answeredAt !== null).length;
  return {
    title: `回复情况 ${done}/${answers.length}：${row.number ?? row.title}`,
    tone: done === answers.length ? "good" : "notice",
    subject: subjectOfAnswers(row.id),
    blocks: await answersTable(row, context),
    buttons: [toPaper("看文件", noOf(row))],
    facts: { no: noOf(row), answered: done, of: answers.length },
  };
}

/** What is expected of somebody's own unit. */
async function ownAnswer(
  row: OfficialPaperRow,
  person: Person,
  context: Around,
): Promise<PaperAnswer | undefined> {
  const speaksFor = speakerOf(person, context);
  return (await context.store.paperAnswers.of(row.id)).find(speaksFor);
}

/** The papers whose answer somebody's own unit still owes, the nearest day first. */
export async function answersOwed(
  person: Person,
  context: Around,
): Promise<{ row: OfficialPaperRow; answer: PaperAnswer }[]> {
  const speaksFor = speakerOf(person, context);
  const owed = [];
  for (const answer of (await context.store.paperAnswers.open()).filter(speaksFor)) {
    const row = await context.store.officialPapers.byId(answer.paperId);
    if (row !== null && row.state !== "withdrawn") owed.push({ row, answer });
  }
  return owed;
}

/** For which units somebody answers: their department, or the county that they speak for. */
function speakerOf(person: Person, { office, today }: Around): (unit: CandidateUnit) => boolean {
  const posts = inEachPost(person).filter(({ role }) =>
    ["county-lead", "county-liaison", "department-liaison"].includes(role),
  );
  return ({ regionId, departmentId }) =>
    posts.some((post) =>
      regionId !== null
        ? (scopeOf(post, office, today) ?? []).includes(regionId)
        : departmentId !== null && post.departmentId === departmentId,
    );
}
