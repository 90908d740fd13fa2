import type { Card, CardFile } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { examplesFor } from "../chat/examples.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { unknownYearNote } from "../chat/unknown-years.ts";
import { dateSeenOn, longDate } from "../chat/wording.ts";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import { bothOf, forWhom, inEachPost, nameOfBoth } from "../domain/posts.ts";
import { pagesFor } from "../output/drawn-paper.ts";
import { transferLetterModel } from "../output/transfer-letter.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import type { Transfer } from "../store/transfers.ts";
import { peopleOf } from "./audience.ts";
import { stateWords } from "./card.ts";
import { countyOf } from "./facts.ts";
import { STEPS } from "./loop.ts";
import { numberPaper, subjectOf } from "./numbering.ts";
import { actedFor, barredFrom, performStep } from "./perform-step.ts";
import { recordsMissing } from "./records.ts";
import type { Step } from "./step.ts";
import { type StepParams, stepButton } from "./step-button.ts";
import propose from "./steps/propose-transfer.ts";
import { type Filed, filedIn, letterOf, transferNumberOf, unitsOf } from "./transfer-letter.ts";
import { transferBundle, transferLetter, transferPage } from "./transfer-papers.ts";
import { unitOf } from "./unit.ts";
import { FOR_SIGNATURE } from "./weight.ts";

const toIssue = says("问题");

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/**
 * 提请移送: freezes one or several issues of one unit and asks the office's head to decide. All or none, in the caller's
 * transaction.
 */
export async function proposeTransfer(
  issues: readonly Issue[],
  reason: string,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, now, today } = context;
  const [first] = issues;
  if (first === undefined)
    return refuse("usage", `请写明要移送的问题编号，例如“移送 ${examplesFor(context).issue}”。`);
  const other = issues.find((i) => unitOf(i, context) !== unitOf(first, context));
  if (other !== undefined) return refuse("usage", `${other.no}与${first.no}不是同一责任单位，请分开移送。`);
  for (const issue of issues) {
    const seen = { issue: issue.id, version: issue.version };
    const barred = await barredFrom(propose, issue, seen, person, context);
    if (barred !== null) return barred;
  }
  const missing = await recordsMissing(issues, now.epochMilliseconds, context);
  if (missing !== null) return missing;
  for (const issue of issues) {
    const seen = { issue: issue.id, version: issue.version };
    const taken = await performStep(propose, seen, person, context, { text: reason, quietly: true });
    if (isRefusal(taken)) return taken;
  }
  const at = now.epochMilliseconds;
  const transfer = await store.transfers.propose(
    {
      regionId: office.heirOn(first.regionId, today).id,
      reason,
      proposedBy: person.id,
      proposedFor: (await actedFor(propose, first, store))?.id ?? null,
      proposedAt: at,
    },
    { year: today.year, issues: issues.map((i) => i.id) },
  );
  await tellOf(
    transfer,
    await peopleOf(propose.told, first, context),
    `${propose.words.told}：${unitsOf(
      issues.map((issue) => ({ issue })),
      context,
    )}${issues.length}件问题`,
    person,
    context,
  );
  return transferCard(transfer, person, context, `已${propose.words.done}，待市领导审批`);
}

/** A step by which a whole file is decided. */
export type Decision = Step & { file: "approved" | "refused" };
export const isDecision = (step: Step): step is Decision =>
  step.file === "approved" || step.file === "refused";

/**
 * The decision on a whole file, by somebody other than whoever proposed it. In the caller's transaction. `seen`: the issue
 * on whose card it was decided, at the version that its reader saw.
 */
export async function decideTransfer(
  id: number,
  step: Decision,
  { text, seen }: { text?: string | undefined; seen?: StepParams | undefined },
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, now } = context;
  const transfer = await store.transfers.byId(id);
  if (transfer === null) return refuse("unknown-issue", "没有这份移送材料。", ["问题 已移送"]);
  const issues = await store.transfers.issuesOf(id);
  for (const issue of issues) {
    const version = seen?.issue === issue.id ? seen.version : issue.version;
    const taken = await performStep(step, { issue: issue.id, version }, person, context, {
      text,
      quietly: true,
    });
    if (isRefusal(taken)) return taken;
  }
  const at = now.epochMilliseconds;
  const decided = await store.transfers.decide(id, {
    state: step.file,
    by: person.id,
    behalf: issues[0] === undefined ? null : ((await actedFor(step, issues[0], store))?.id ?? null),
    at,
    text: text?.trim() || null,
  });
  if (decided === null) return refuse("already-done", `${transfer.no}已经审批，不用重复操作。`);
  const units = unitsOf(
    issues.map((issue) => ({ issue })),
    context,
  );
  if (decided.state === "approved")
    await numberPaper(
      "transfer",
      { subject: subjectOf("transfer", id), title: `移送${units}${issues.length}件问题` },
      person,
      context,
    );
  const [first] = issues;
  const readers = first === undefined ? [] : await peopleOf(step.told, first, context);
  await tellOf(decided, readers, `${step.words.told}：${units}${issues.length}件问题`, person, context);
  return transferCard(decided, person, context, `已${step.words.name}`);
}

/** A file as one person sees it, with the bundle that goes to the commission. */
export async function transferCard(
  transfer: Transfer,
  person: Person,
  context: Around,
  title?: string,
): Promise<Card> {
  const { store, office, today } = context;
  const filed = await filedIn(transfer, context);
  const issues = filed.map(({ issue }) => issue);
  const number = await transferNumberOf(transfer, context);
  const name = number ?? transfer.no;
  const proposer = await store.people.byId(transfer.proposedBy);
  const decider = transfer.decidedBy === null ? null : await store.people.byId(transfer.decidedBy);
  const nameOf = async (name: string | undefined, absent: PersonId | null) =>
    name && nameOfBoth(name, absent === null ? null : await store.people.byId(absent));
  const proposedBy = await nameOf(proposer?.name, transfer.proposedFor);
  const decidedBy = await nameOf(decider?.name, transfer.decidedFor);
  const on = (ms: EpochMs) => longDate(office.today(Temporal.Instant.fromEpochMilliseconds(ms)));
  const proposers = [transfer.proposedBy, transfer.proposedFor];
  const decides =
    transfer.state === "proposed" &&
    inEachPost(person).some(
      (post) => post.role === "city-lead" && !bothOf(post).some((id) => proposers.includes(id)),
    );
  return {
    title: forWhom(person, title ?? name),
    tone: transfer.state === "proposed" ? "notice" : "muted",
    subject: `transfer:${transfer.id}`,
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "编号", value: number ?? `${transfer.no}（签发后编文号）` },
          { label: "责任单位", value: unitsOf(filed, context) },
          { label: "状态", value: STATES[transfer.state] },
          { label: "提请", value: `${proposedBy ?? "—"}，${on(transfer.proposedAt)}` },
          ...(decidedBy && transfer.decidedAt !== null
            ? [
                {
                  label: "审批",
                  value: `${decidedBy}，${on(transfer.decidedAt)}${transfer.decision ? `：${transfer.decision}` : ""}`,
                },
              ]
            : []),
          { label: "事由", value: transfer.reason },
        ],
      },
      {
        kind: "table",
        columns: [
          { title: "编号" },
          { title: "问题" },
          { title: "地区" },
          { title: "状态" },
          { title: "期限" },
        ],
        rows: issues.map((i) => [
          i.no,
          i.title,
          countyOf(i, office, today),
          stateWords(i, { office, today }),
          dateSeenOn(today, i.due),
        ]),
        opens: issues.map((i) => toIssue("", i.no).say),
      },
      ...unknownYearNote(
        issues.map(({ due }) => due),
        office,
      ),
      ...(transfer.state === "approved"
        ? [{ kind: "note" as const, text: "材料由市办按程序报送，系统不向外发送任何内容。" }]
        : []),
    ],
    buttons: decides
      ? STEPS.filter(isDecision).map((step) => stepButton(step, { transfer: transfer.id }))
      : [],
    files: [
      transferLetter.file({ transfer: transfer.id }, { name: `${name}移送函.docx` }),
      // Who is to sign reads it as it will go out, on a phone too; later its pages would only be sent again with each answer.
      ...(transfer.state === "proposed" ? await pagesOfLetter(transfer, filed, name, context) : []),
      transferBundle.file({ transfer: transfer.id }, { name: `${name}移送材料.zip` }),
    ],
    facts: {
      transfer: {
        no: transfer.no,
        number,
        state: transfer.state,
        unit: unitsOf(filed, context),
        reason: transfer.reason,
        proposedBy: proposedBy ?? null,
        decidedBy: decidedBy ?? null,
        issues: issues.map((i) => i.no),
      },
    },
  };
}

async function pagesOfLetter(
  { id, ...transfer }: Transfer,
  filed: readonly Filed[],
  name: string,
  context: Around,
): Promise<CardFile[]> {
  const letter = await letterOf({ id, ...transfer }, filed, context);
  const pages = await pagesFor(transferLetterModel({ ...letter, marks: [] }));
  return pages.map((_, i) =>
    transferPage.file(
      { transfer: id, page: i + 1 },
      { name: `${name}移送函第${i + 1}页.png`, picture: true },
    ),
  );
}

const STATES = { proposed: "待审批", approved: "已同意，待报送", refused: "未同意" } as const;

async function tellOf(
  transfer: Transfer,
  readers: readonly Person[],
  title: string,
  actor: Person,
  context: Context<Writer>,
): Promise<void> {
  for (const reader of readers.filter((p) => p.id !== actor.id)) {
    const card = await transferCard(transfer, reader, context, title);
    await context.store.outbox.queue(
      {
        key: `transfer/${transfer.id}/${transfer.state}/${reader.id}`,
        to: { personId: reader.id },
        ...(transfer.state === "proposed" ? FOR_SIGNATURE : { class: "must-arrive" }),
        card,
      },
      context.now.epochMilliseconds,
    );
  }
}
