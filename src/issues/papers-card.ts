import type { Block, Card, CardFile } from "../chat/card.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import type { Issue } from "../store/issues.ts";
import { displayNoticeOf, displayText } from "./display-notice.ts";
import {
  type IssuePaper,
  type IssuePaperKind,
  issuePaperNames,
  paperFiles,
  papersOf,
} from "./issue-papers.ts";
import { dayWords, type PaperContext } from "./paper-facts.ts";

const toIssue = says("问题");
const toPapers = says("公文");

/**
 * The papers of an issue, of one kind where it is named: each as .docx, and the one that counts, the newest, as pictures of
 * its pages, too.
 */
export async function papersCard(
  issue: Issue,
  kind: IssuePaperKind | undefined,
  context: PaperContext,
): Promise<Card | Refusal> {
  const all = await papersOf(issue, context);
  const papers = kind === undefined ? all : all.filter((paper) => paper.kind === kind);
  const newest = papers.findLast((paper) => paper.number?.voidAt == null) ?? papers.at(-1);
  if (newest === undefined) return refuse("usage", lacking(issue, kind), [`问题 ${issue.no}`]);
  const files: CardFile[] = [];
  for (const paper of [newest, ...papers.filter((one) => one !== newest).toReversed()])
    files.push(...(await paperFiles(issue, paper, context, { pages: paper === newest })));
  const others = [...new Set(all.map((paper) => paper.kind))].filter(
    (other) => kind !== undefined && other !== kind,
  );
  return {
    title: `${issue.no}${kind === undefined ? "公文" : issuePaperNames[kind]}`,
    blocks: [
      { kind: "text", text: issue.title },
      {
        kind: "table",
        columns: [{ title: "公文" }, { title: "文号" }, { title: "日期" }],
        rows: papers.map((paper) => rowOf(paper, context)),
      },
      ...(newest.kind === "display" ? await textToCopy(issue, newest, context) : []),
      { kind: "note", text: `Word版见附件，图片是${issuePaperNames[newest.kind]}各页` },
    ],
    buttons: [
      toIssue(`看 ${issue.no}`, issue.no),
      ...others.map((other) => toPapers(issuePaperNames[other], issue.no, issuePaperNames[other])),
    ],
    files,
    again: `问题 ${issue.no}`,
    facts: {
      no: issue.no,
      papers: papers.map(({ kind: of, number }) => ({
        kind: of,
        no: number?.no ?? null,
        void: number !== null && number.voidAt !== null,
      })),
    },
  };
}

/** What goes to a web page or a newspaper, as it stands on the paper. */
async function textToCopy(issue: Issue, { event }: IssuePaper, context: PaperContext): Promise<Block[]> {
  const history = await context.store.issues.history(issue.id);
  const text = displayText(await displayNoticeOf(issue, event, history, context));
  return [
    {
      kind: "text",
      text: "可直接复制到网站、报纸发布（已隐去姓名、电话、证件号、车牌，发布前请再看一遍）：",
    },
    ...text.split("\n").map((line) => ({ kind: "text" as const, text: line })),
  ];
}

function rowOf({ kind, number, event }: IssuePaper, context: PaperContext): string[] {
  const no = number === null ? "—" : `${number.no}${number.voidAt === null ? "" : "（作废）"}`;
  return [issuePaperNames[kind], no, dayWords(event.at, context)];
}

function lacking({ no }: Issue, kind: IssuePaperKind | undefined): string {
  switch (kind) {
    case undefined:
    case "order":
      return `${no}还没有交办，没有交办单。`;
    case "supervision":
      return `${no}没有挂牌督办过，没有督办单。`;
    case "extension":
      return `${no}没有批复过延期，没有延期批复。`;
    case "display":
      return `${no}还没有公示过，没有销号公示。`;
    case "closing":
      return `${no}还没有销号，销号后才有销号单。`;
    default:
      return kind satisfies never;
  }
}
