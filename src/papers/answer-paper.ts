import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { longDate } from "../chat/wording.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { ownAnswer } from "./answers.ts";
import { redrawDelivered } from "./delivered-card.ts";
import { aboutOf, kindOfPaper, noOf } from "./kind-of.ts";
import { tellRollCall } from "./roll-call.ts";
import { paperSeen } from "./sees.ts";

const toReply = says("回复");

/** What a unit answers, in the caller's transaction: once, by whoever speaks for it; the office's roll-call shows it at once. */
export async function answerPaper(
  id: number,
  said: { cause?: string | undefined; measures: string; date?: Temporal.PlainDate | undefined },
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, now } = context;
  const owed = await owedBy(id, person, context);
  if (isRefusal(owed)) return owed;
  const { row, own, look } = owed;
  const print = await store.officialPapers.version(row.id, row.version);
  const asked =
    print?.facts == null ? [] : (kindOfPaper(row, context).answer?.(aboutOf(row), print.facts)?.asks ?? []);
  const lacking = [
    ...(asked.includes("cause") && !said.cause?.trim() ? ["原因"] : []),
    ...(asked.includes("date") && said.date === undefined ? ["完成时间"] : []),
  ];
  if (lacking.length > 0) return refuse("usage", `请填写${lacking.join("、")}。`, look);
  const at = now.epochMilliseconds;
  await store.paperAnswers.change(own.id, {
    ...{ cause: said.cause?.trim() || null, measures: said.measures.trim() },
    ...{ promised: said.date?.toString() ?? null, answeredAt: at, answeredBy: person.id },
    // Whoever answers has it.
    ...(own.receivedAt === null ? { receivedAt: at, receivedBy: person.id } : {}),
  });
  await redrawAnswers(row, `answer-${own.id}`, context);
  return {
    title: `已回复：${row.number ?? row.title}`,
    tone: "good",
    subject: `paper:${row.id}`,
    audit: { paper: row.id, measures: said.measures.slice(0, 200) },
    blocks: [{ kind: "text", text: "市办已能看到。" }],
    facts: { no: noOf(row), answered: true },
  };
}

/** 收到: a unit confirms a paper that it has to answer, once, by whoever speaks for it. */
export async function receivePaper(
  id: number,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const owed = await owedBy(id, person, context);
  if (isRefusal(owed)) return owed;
  const { row, own, look } = owed;
  if (own.receivedAt !== null)
    return refuse("already-done", `您单位已经确认收到${noOf(row)}文件，请按期回复。`, look);
  await context.store.paperAnswers.change(own.id, {
    ...{ receivedAt: context.now.epochMilliseconds, receivedBy: person.id },
  });
  await redrawAnswers(row, `receive-${own.id}`, context);
  return {
    title: `已确认收到：${row.number ?? row.title}`,
    tone: "good",
    subject: `paper:${row.id}`,
    audit: { paper: row.id, received: true },
    blocks: [{ kind: "text", text: `请于${longDate(Temporal.PlainDate.from(own.due))}前回复。` }],
    buttons: [toReply("回复", noOf(row))],
    facts: { no: noOf(row), received: true },
  };
}

/** What somebody's unit has still to do with a paper, or why it hasn't. */
async function owedBy(id: number, person: Person, context: Context<Writer>) {
  const row = await paperSeen(id, person, context);
  if (isRefusal(row)) return row;
  const look = [`文件 ${noOf(row)}`];
  const own = await ownAnswer(row, person, context);
  if (own?.due == null) return refuse("forbidden", `${noOf(row)}文件不需要您单位回复。`, look);
  if (row.state === "withdrawn") return refuse("conflict", `${noOf(row)}文件已经撤回，不用回复。`, look);
  if (row.state === "corrected")
    return refuse("conflict", `${noOf(row)}文件已经更正，请回复更正后的文件。`, look);
  if (own.answeredAt !== null) return refuse("already-done", `您单位已经回复过${noOf(row)}文件。`, look);
  return { row, own: { ...own, due: own.due }, look };
}

/** The office's roll-call and the cards that brought the paper show what has been done. */
async function redrawAnswers(row: OfficialPaperRow, revision: string, context: Context<Writer>) {
  await tellRollCall(row, revision, context);
  await redrawDelivered(row, revision, context);
}
