import { unknownYears } from "../domain/calendar.ts";
import { acknowledgeHours } from "../domain/issues/clock.ts";
import { extensionModel, orderModel, supervisionModel } from "../output/order-papers.ts";
import type { PaperModel } from "../output/paper-model.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Issue, IssueEvent } from "../store/issues.ts";
import type { DocumentNumber } from "../store/numbers.ts";
import { deadlinesGiven } from "./deadlines.ts";
import {
  dayWords,
  dueWords,
  isDrawn,
  orderFacts,
  type PaperContext,
  type PictureBytes,
  paperPictures,
  takerName,
} from "./paper-facts.ts";
import { unitNames } from "./parts.ts";
import { isResponsible, relationTo } from "./relation.ts";
import amend from "./steps/amend.ts";
import grantExtension from "./steps/grant-extension.ts";
import requestExtension from "./steps/request-extension.ts";

/** A paper that tells of one line of an issue's history. `number` is null where it was given none. */
export type ToldPaper = {
  issue: Issue;
  event: IssueEvent;
  history: readonly IssueEvent[];
  number: DocumentNumber | null;
  evidence: readonly Evidence[];
};
export type PaperDrawing = (bytes: PictureBytes, marks: readonly string[]) => PaperModel;

const MOST_PICTURES = 4;

/** 交办单: the order as it was given, with what was corrected before it was acknowledged. */
export async function orderOf(told: ToldPaper, context: PaperContext): Promise<PaperDrawing> {
  const { issue, event, history, evidence } = told;
  const { store, office } = context;
  const from = history.indexOf(event);
  const given = [event, ...history.slice(from + 1).filter((e) => e.step === amend.id)];
  const due = deadlinesGiven(given).at(-1)?.due ?? issue.firstDue;
  const { photos, urgent } = office.pack.settings.issues;
  const hours = acknowledgeHours(issue.level, office.pack.settings.issues);
  const needs = [
    photos.before > 0 ? `整改前照片${photos.before}张` : "",
    photos.after > 0 ? `整改后照片${photos.after}张` : "",
  ].filter(Boolean);
  const shown = (await picturesGiven(issue, evidence, context)).slice(0, MOST_PICTURES);
  const order = {
    ...(await heading(told, "order", [due], context)),
    title: issue.title,
    requirement: issue.requirement ?? "",
    due: `请于${dueWords(due)}前整改到位。`,
    answer: [
      `请在交办后${hours}小时内签收${urgent.includes(issue.level) ? "" : "（节假日顺延）"}；不属本辖区或责任不清的，请在1个工作日内说明理由退回。`,
      `整改完成后提交整改措施和完成情况${needs.length > 0 ? `，附${needs.join("、")}` : ""}，经县级确认、市级复核后销号。`,
    ],
    copies: unitNames(await store.issueUnits.of(issue.id), "copied", context, { full: true }),
  };
  return (bytes, marks) =>
    orderModel({
      ...order,
      pictures: paperPictures(shown, issue, bytes),
      marks: [...voidMark(told), ...marks],
    });
}

/** What was seen when it was found: pictures of the unit itself don't go with the order that it gets. */
async function picturesGiven(
  issue: Issue,
  evidence: readonly Evidence[],
  { store, office, today }: PaperContext,
): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for (const e of evidence.filter((one) => isDrawn(one) && one.kind === "before" && (one.round ?? 1) === 1)) {
    const sender = e.personId === null ? null : await store.people.byId(e.personId);
    if (sender === null || !isResponsible(relationTo(issue, sender, office, today))) found.push(e);
  }
  return found;
}

/** 督办单 */
export async function supervisionOf(told: ToldPaper, context: PaperContext): Promise<PaperDrawing> {
  const { issue, event, history } = told;
  const before = history.slice(0, history.indexOf(event) + 1);
  const due = deadlinesGiven(before).at(-1)?.due ?? issue.due;
  const day = context.office.today(Temporal.Instant.fromEpochMilliseconds(event.at));
  const late = Temporal.PlainDate.from(due).until(day).days;
  const supervision = {
    ...(await heading(told, "supervision", [due], context)),
    title: issue.title,
    signer: await takerName(event, context),
    stands: `${dayWords(issue.assignedAt, context)}交办，整改期限${dueWords(due)}${late > 0 ? `，截至${dayWords(event.at, context)}超期${late}天` : ""}`,
    demand: event.text ?? "",
    due: late > 0 ? `原期限${dueWords(due)}已过，请立即整改并反馈` : `请于${dueWords(due)}前整改到位`,
  };
  return (_bytes, marks) => supervisionModel({ ...supervision, marks });
}

/** 延期批复 */
export async function extensionReplyOf(told: ToldPaper, context: PaperContext): Promise<PaperDrawing> {
  const { issue, event, history } = told;
  const before = history.slice(0, history.indexOf(event));
  const request = before.findLast((e) => e.step === requestExtension.id);
  const granted = event.step === grantExtension.id;
  const held = deadlinesGiven(before).at(-1)?.due ?? issue.firstDue;
  const reply = {
    ...(await heading(told, "extension", [held, request?.due ?? null, granted ? event.due : null], context)),
    title: issue.title,
    asked:
      request === undefined
        ? `你单位关于${issue.no}的延期申请收悉，现批复如下`
        : `你单位${dayWords(request.at, context)}关于将${issue.no}的整改期限由${dueWords(held)}延至${dueWords(request.due ?? held)}的申请（${request.text ?? "未写理由"}）收悉，现批复如下`,
    granted,
    due: dueWords(granted ? (event.due ?? held) : held),
    opinion: event.text ?? "",
  };
  return (_bytes, marks) => extensionModel({ ...reply, marks });
}

async function heading(
  { issue, event, number }: ToldPaper,
  kind: "order" | "supervision" | "extension",
  dates: readonly (string | null)[],
  context: PaperContext,
) {
  const { pack, calendar } = context.office;
  return {
    ...(await orderFacts(issue, context)),
    body: pack.settings.papers[kind].body ?? pack.office,
    redHead: pack.settings.papers[kind].redHead,
    no: number?.no ?? issue.no,
    date: dayWords(event.at, context),
    remark: unknownYears(calendar, dates) ?? "",
  };
}

const voidMark = ({ number }: ToldPaper): string[] =>
  number === null || number.voidAt === null ? [] : [`已作废（${number.voidWhy ?? "—"}）`];
