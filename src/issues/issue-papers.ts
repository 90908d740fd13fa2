import { z } from "zod";
import type { CardFile } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { paper } from "../chat/paper.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { templateOf } from "../domain/plan/pack-templates.ts";
import { displayModel } from "../output/display-notice.ts";
import { pagesFor } from "../output/drawn-paper.ts";
import { pagePicture } from "../output/page-picture.ts";
import type { PaperModel } from "../output/paper-model.ts";
import { DOCX, wordDocument } from "../output/word.ts";
import type { Issue, IssueEvent } from "../store/issues.ts";
import type { DocumentNumber } from "../store/numbers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import type { Vault } from "../store/vault.ts";
import { slipOf } from "./closing.ts";
import { displayIn, displayNoticeOf } from "./display-notice.ts";
import { STEPS } from "./loop.ts";
import { PAPER_NAMES, subjectOf } from "./numbering.ts";
import { extensionReplyOf, orderOf, type PaperDrawing, supervisionOf } from "./orders.ts";
import type { PaperContext } from "./paper-facts.ts";
import { maySee } from "./sees.ts";
import display from "./steps/display.ts";
import verify from "./steps/verify.ts";

/** Papers of one issue, in the order of its loop. */
export const ISSUE_PAPERS = ["order", "supervision", "extension", "display", "closing"] as const;
export type IssuePaperKind = (typeof ISSUE_PAPERS)[number];
export const issuePaperNames: Readonly<Record<IssuePaperKind, string>> = {
  ...PAPER_NAMES,
  display: "销号公示",
  closing: "销号单",
};

/** A paper that an issue has: of which line of its history it tells, and under which number. */
export type IssuePaper = { kind: IssuePaperKind; event: IssueEvent; number: DocumentNumber | null };

/** The papers that an issue has by now: each order, 督办, answer to 延期, 公示, and the slip of its closing; newest last. */
export async function papersOf(issue: Issue, { store }: Pick<PaperContext, "store">): Promise<IssuePaper[]> {
  const history = await store.issues.history(issue.id);
  const numbers = new Map(
    (await store.numbers.of(subjectOf("issue", issue.id))).map((number) => [number.eventId, number]),
  );
  return history.flatMap((event): IssuePaper[] => {
    const number = numbers.get(event.id) ?? null;
    const kind = STEPS.find(({ id }) => id === event.step)?.issues;
    if (kind !== undefined && event.toState !== "draft") return [{ kind, event, number }];
    if (event.step === display.id && displayIn(event) !== null)
      return [{ kind: "display", event, number: null }];
    return event.step === verify.id && issue.state === "closed" && event === lastClosing(history)
      ? [{ kind: "closing", event, number: null }]
      : [];
  });
}

const lastClosing = (history: readonly IssueEvent[]) => history.findLast((e) => e.step === verify.id);

/** Which paper: the one of a line of the history. */
const askedPaper = z.object({ issue: z.int(), event: z.int() });

/** A paper of an issue as .docx. */
export const issuePaper = paper({
  name: "issue.paper",
  params: askedPaper,
  data: ({ params, person }, context) => drawingOf(params, person, context),
  render: async ({ name, drawing, shown, template }, { vault, marks }) => ({
    name: `${name}.docx`,
    type: DOCX,
    bytes: await wordDocument(await drawn(drawing, shown, vault, marks), template),
  }),
});

/** A page of it as a picture, for a phone. */
export const issuePage = paper({
  name: "issue.page",
  params: askedPaper.extend({ page: z.int().min(1) }),
  data: async ({ params: { page, ...asked }, person }, context) => {
    const found = await drawingOf(asked, person, context);
    if (isRefusal(found)) return found;
    return page > (await pagesFor(found.drawing(nothing, []), found.template)).length
      ? refuse("no-data", "这份文件现在没有这一页，请重新打开。")
      : { ...found, page };
  },
  render: async ({ name, drawing, shown, page, template }, { vault, marks }) => {
    const pages = await pagesFor(await drawn(drawing, shown, vault, marks), template);
    const bytes = await pagePicture(pages[page - 1] ?? { marks: [] });
    return { name: `${name}第${page}页.png`, type: "image/png", bytes };
  },
});

/** What goes with a card for a paper: the .docx, and where it is asked for its pages as pictures. */
export async function paperFiles(
  issue: Issue,
  { kind, event, number }: IssuePaper,
  context: PaperContext,
  { pages = false } = {},
): Promise<CardFile[]> {
  const asked = { issue: issue.id, event: event.id };
  const name = nameOf(issue, kind, number);
  const file = issuePaper.file(asked, { name: `${name}.docx` });
  if (!pages) return [file];
  const drawing = await draw(issue, { kind, event, number }, context);
  return [
    file,
    ...(await pagesFor(drawing(nothing, []), templateOf(context.office.pack, kind))).map((_, i) =>
      issuePage.file({ ...asked, page: i + 1 }, { name: `${name}第${i + 1}页.png`, picture: true }),
    ),
  ];
}

const nothing = () => new Uint8Array();

/** NT-2020-000006交办单, and of several papers of a kind the number that tells them apart. */
const nameOf = ({ no }: Issue, kind: IssuePaperKind, number: DocumentNumber | null) =>
  `${no}${issuePaperNames[kind]}${number === null ? "" : ` ${number.no}`}`;

async function drawingOf(
  { issue: id, event }: z.output<typeof askedPaper>,
  person: Person,
  context: Context<Reader>,
) {
  const issue = await context.store.issues.byId(id as Issue["id"]);
  if (issue === null || !(await maySee(issue, person, context)))
    return refuse("forbidden", "这份文件不在您的权限范围内。");
  const found = (await papersOf(issue, context)).find((one) => one.event.id === event);
  if (found === undefined) return gone(issue);
  const shown = (await context.store.evidence.of(issue.id)).map(({ sha256 }) => sha256);
  return {
    name: nameOf(issue, found.kind, found.number),
    drawing: await draw(issue, found, context),
    shown,
    template: templateOf(context.office.pack, found.kind),
  };
}

/** A slip that was drawn before a relapse: the issue isn't closed any more. */
const gone = ({ no }: Issue): Refusal => refuse("usage", `${no}还没有销号，不能出具销号单。`, [`问题 ${no}`]);

async function draw(
  issue: Issue,
  { kind, event, number }: IssuePaper,
  context: PaperContext,
): Promise<PaperDrawing> {
  const { store } = context;
  const evidence = await store.evidence.of(issue.id);
  if (kind === "closing") return slipOf(issue, evidence, context);
  const history = await store.issues.history(issue.id);
  const line = history.find(({ id }) => id === event.id) ?? event;
  if (kind === "display") {
    const notice = await displayNoticeOf(issue, line, history, context);
    return (_bytes, marks) => displayModel({ ...notice, marks });
  }
  const told = { issue, event: line, history, number, evidence };
  return { order: orderOf, supervision: supervisionOf, extension: extensionReplyOf }[kind](told, context);
}

/** The paper with its pictures: only those that it shows are read. */
async function drawn(
  drawing: PaperDrawing,
  kept: readonly string[],
  vault: Vault,
  marks: readonly string[],
): Promise<PaperModel> {
  const wanted = new Set<string>();
  drawing((sha256) => {
    wanted.add(sha256);
    return nothing();
  }, marks);
  const bytes = new Map<string, Uint8Array>();
  for (const sha256 of kept) if (wanted.has(sha256)) bytes.set(sha256, await vault.read(sha256));
  return drawing((sha256) => bytes.get(sha256) ?? nothing(), marks);
}
