import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { ownAnswer } from "./answers.ts";
import { redrawDelivered } from "./delivered-card.ts";
import { aboutOf, kindOfPaper, noOf } from "./kind-of.ts";
import { tellRollCall } from "./roll-call.ts";
import { paperSeen } from "./sees.ts";

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
  if (row.state === "corrected")
    return refuse("conflict", `${noOf(row)}文件已经更正，请回复更正后的文件。`, look);
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
  await store.paperAnswers.change(own.id, {
    ...{ cause: said.cause?.trim() || null, measures: said.measures.trim() },
    ...{ promised: said.date?.toString() ?? null, answeredAt: at, answeredBy: person.id },
  });
  await tellRollCall(row, `answer-${own.id}`, context);
  await redrawDelivered(row, `answer-${own.id}`, context);
  return {
    title: `已回复：${row.number ?? row.title}`,
    tone: "good",
    subject: `paper:${row.id}`,
    audit: { paper: row.id, measures: said.measures.slice(0, 200) },
    blocks: [{ kind: "text", text: "市办已能看到。" }],
    facts: { no: noOf(row), answered: true },
  };
}
