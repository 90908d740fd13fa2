import type { Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { unknownYearNote } from "../chat/unknown-years.ts";
import { dateSeenOn, shortDate, shortTime } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { highestRung } from "../domain/issues/ladders.ts";
import { asksDisplay, stepsFor } from "../domain/issues/machine.ts";
import { isEnd, isTakenOn, isUnitsTurn, type Relation, stateNames } from "../domain/issues/states.ts";
import { forWhom } from "../domain/posts.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { deputiesOf } from "./audience.ts";
import { withSuspects } from "./duplicates.ts";
import { evidenceFacts, issueFacts, partFacts, unitWords } from "./facts.ts";
import { lineIdOf, lineOf } from "./history.ts";
import { intakeWords } from "./intakes.ts";
import { type IssuePaper, paperFiles, papersOf } from "./issue-papers.ts";
import { STEPS } from "./loop.ts";
import { orderNumberOf } from "./numbering.ts";
import { issueFiles } from "./papers.ts";
import { ownPart, partItems } from "./part-blocks.ts";
import { isResponsible, relationOf, takersOf } from "./relation.ts";
import { remarksOf } from "./remarks.ts";
import { evidenceName, evidenceWords, roundName } from "./rounds.ts";
import type { Step } from "./step.ts";
import { stepButton } from "./step-button.ts";
import closeStage from "./steps/close-stage.ts";
import proposeCancel from "./steps/propose-cancel.ts";
import withdraw from "./steps/withdraw.ts";
import { loopRulesOf } from "./terms.ts";

const toTimeline = says("经过");
const toPapers = says("公文");
const toIssue = says("问题");
const toDisplay = says("销号公示");

export type IssueContext = Pick<Context<Reader>, "store" | "office" | "today">;

/**
 * How an issue's card is drawn: `title` replaces the plain title in notices, `all` offers the rarer steps too, `plain`
 * leaves out the pictures, which chats would send anew with every answer.
 */
type Look = { title?: string; all?: boolean; plain?: boolean };

/** An issue as one person sees it, with what this person can do about it. */
export async function issueCard(
  issue: Issue,
  person: Person,
  context: IssueContext,
  { title, all = false, plain = false }: Look = {},
): Promise<Card> {
  const { store, office, today } = context;
  const history = await store.issues.history(issue.id);
  const evidence = await store.evidence.of(issue.id);
  const facts = issueFacts(issue, history, context);
  const parts = await store.issueUnits.of(issue.id);
  const intakes = await store.intakes.ofIssue(issue.id);
  const order = await orderNumberOf(issue, context);
  const paper = await paperShown(issue, context);
  const relation = await relationOf(issue, person, context);
  const steps = stepsFor(STEPS, issue, await takersOf(issue, person, context), {
    today: today.toString(),
    ...loopRulesOf(office),
    ...(await deputiesOf(issue, context)),
  });
  const local = (ms: EpochMs) => shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(ms)));
  const bad = facts.overdue ? { tone: "bad" as const } : {};
  const remarks = await remarksOf(issue, evidence, history, person, context);
  const photos = await store.evidence.photosOf(issue);
  const { due, extensionDue, suspendedUntil, displayedUntil } = issue;
  const days = [due, extensionDue, suspendedUntil, displayedUntil, ...parts.map((part) => part.due)];
  const absorbed = history.filter((e) => e.step === lineIdOf("absorb") && e.text !== null).map((e) => e.text);
  const isWithdrawn = issue.state === "withdrawn";
  const last = ({ id }: Pick<Step, "id">) => history.findLast((e) => e.step === id);
  const card: Card = {
    title: forWhom(person, title ?? `${isWithdrawn ? stateNames.withdrawn : "问题"} ${issue.no}`),
    tone: facts.overdue ? "bad" : isWithdrawn ? "muted" : isEnd(issue.state) ? "good" : "notice",
    subject: `issue:${issue.id}`,
    again: `问题 ${issue.no}`,
    blocks: [
      { kind: "text", text: issue.title },
      ...ownPart(issue, person, parts, relation, context),
      {
        kind: "facts",
        items: [
          { label: "编号", value: order === null ? issue.no : `${issue.no}（${order}）` },
          { label: "状态", value: stateWords(issue, context), tone: facts.overdue ? "bad" : "muted" },
          { label: "整改期限", value: `${dateSeenOn(today, issue.due)}${leftWords(facts)}`, ...bad },
          ...(issue.stages > 0 && !isEnd(issue.state)
            ? [{ label: "剩余任务", value: last(closeStage)?.text ?? "—" }]
            : []),
          ...(issue.extensionDue
            ? [{ label: "申请延期", value: `至${shortDate(issue.extensionDue)}，待审批` }]
            : []),
          ...(isWithdrawn ? [{ label: "撤回理由", value: last(withdraw)?.text ?? "—" }] : []),
          ...(issue.cancelBy === null || !isTakenOn(issue.state)
            ? []
            : [
                { label: "提请作废", value: `${last(proposeCancel)?.text ?? "—"}（待责任单位或市领导同意）` },
              ]),
          { label: "责任地区", value: facts.county },
          ...(issue.departmentId || issue.unitWords
            ? [{ label: "责任单位", value: unitWords(issue, office) }]
            : []),
          ...partItems(parts, context),
          ...(issue.town || issue.place
            ? [{ label: "地点", value: [issue.town, issue.place].filter(Boolean).join(" ") }]
            : []),
          {
            label: "来源",
            value: [issue.source, issue.batch, issue.level, issue.category].filter(Boolean).join("，"),
          },
          ...(intakes.length > 0 ? [{ label: "来件", value: intakeWords(intakes, office) }] : []),
          ...(issue.requirement ? [{ label: "整改要求", value: issue.requirement }] : []),
          ...(absorbed.length > 0 ? [{ label: "并入", value: absorbed.join("、") }] : []),
          ...(evidence.length > 0 ? [{ label: "佐证", value: evidenceWords(evidence, issue, office) }] : []),
        ],
      },
      {
        kind: "table",
        columns: [{ title: "时间" }, { title: "经过" }, { title: "经办" }],
        rows: history.map((e) => [
          local(e.at),
          `${lineOf(e.step).says}${e.due ? `（期限${dateSeenOn(today, e.due)}）` : ""}${e.text ? `：${e.text}` : ""}`,
          e.by ?? "—",
        ]),
      },
      ...remarkLines(
        evidence.filter(({ round }) => round === issue.round),
        issue,
        remarks,
      ),
      ...hint(issue, relation, photos, context),
      ...(isEnd(issue.state) ? [] : unknownYearNote(days, office)),
    ],
    buttons: buttonsFor(issue, steps, { all, asks: asksDisplay(issue, loopRulesOf(office)) }),
    files: [
      ...(plain ? [] : issueFiles(evidence, issue)),
      ...(paper === undefined ? [] : await paperFiles(issue, paper, context)),
    ],
    facts: {
      issue: {
        ...facts,
        orderNo: order,
        ...partFacts(issue, parts, context),
        absorbed,
        evidence: evidence.map((e) => evidenceFacts(e, office, remarks.get(e.id))),
      },
    },
  };
  // Whoever decides about a draft should know what it may repeat.
  const decides = issue.state === "draft" && (relation === "office" || relation === "supervision");
  return decides ? withSuspects(card, issue, context) : card;
}

/** The paper that goes with its card: what the public reads of it while it is shown, the slip once it is closed. */
async function paperShown(issue: Issue, context: IssueContext): Promise<IssuePaper | undefined> {
  const wanted = { displayed: "display", closed: "closing" }[issue.state as string];
  if (wanted === undefined) return undefined;
  return (await papersOf(issue, context)).findLast(({ kind }) => kind === wanted);
}

/** 整改中，挂牌督办，已报市办 */
export function stateWords(issue: Issue, { office, today }: Pick<IssueContext, "office" | "today">): string {
  const rungs = ["", "已报县区领导", "已报市办", "已报市攻坚办"];
  return [
    stateNames[issue.state],
    issue.state === "suspended" && issue.suspendedUntil ? `至${shortDate(issue.suspendedUntil)}` : "",
    issue.state === "displayed" && issue.displayedUntil ? `至${shortDate(issue.displayedUntil)}` : "",
    issue.stages > 0 && !isEnd(issue.state) ? `已阶段性办结${issue.stages}次` : "",
    issue.state === "draft" && issue.regionId === office.city.id ? "责任地区未定" : "",
    issue.supervisedAt === null ? "" : "挂牌督办",
    isUnitsTurn(issue.state) ? (rungs[highestRung(issue)] ?? "") : "",
    issue.reopenings > 0 && !isEnd(issue.state) ? `第${issue.reopenings}次反弹` : "",
    office.dissolvedOn(issue.regionId, today) ? "属地已变更" : "",
  ]
    .filter(Boolean)
    .join("，");
}

function leftWords({ state, overdue, daysLeft }: ReturnType<typeof issueFacts>): string {
  if (!isUnitsTurn(state)) return "";
  if (overdue) return `（已超期${-daysLeft}天）`;
  return daysLeft === 0 ? "（今天到期）" : `（还剩${daysLeft}天）`;
}

/** What is to be looked at more closely: never a reason to refuse, and never left out. */
function remarkLines(
  evidence: readonly Evidence[],
  issue: Issue,
  remarks: ReadonlyMap<number, readonly string[]>,
): Card["blocks"] {
  const lines = evidence.flatMap((e) => {
    const said = remarks.get(e.id);
    return said === undefined ? [] : [`${evidenceName(e, issue)}“${e.name}”${said.join("，")}`];
  });
  if (lines.length === 0) return [];
  return [{ kind: "text", tone: "notice", text: `照片请核对：${lines.join("；")}。` }];
}

/** What the unit has to send before it can submit. */
function hint(
  issue: Issue,
  relation: Relation,
  photos: { before: number; after: number },
  { office }: IssueContext,
): Card["blocks"] {
  if (relation === "helper" && isUnitsTurn(issue.state))
    return [{ kind: "note", text: `补充材料请把照片或文件发给我，说明写“${issue.no} 补充”。` }];
  if (!isResponsible(relation) || (issue.state !== "acknowledged" && issue.state !== "rectifying")) return [];
  const needs = office.pack.settings.issues.photos;
  const missing = [
    photos.before < needs.before ? "整改前" : "",
    photos.after < needs.after ? "整改后" : "",
  ].filter(Boolean);
  if (missing.length === 0) return [];
  const anew = issue.round > 1 ? `这是${roundName(issue.round)}整改，以前的整改后照片不算。` : "";
  return [
    {
      kind: "note",
      text: `${anew}提交整改前请把照片发给我，说明写“${issue.no} ${missing[0]}”${missing.length > 1 ? `或“${issue.no} ${missing[1]}”` : ""}。`,
    },
  ];
}

/** `asks`: the public has to see it first, so that somebody waits for what is rare elsewhere. */
function buttonsFor(
  issue: Issue,
  steps: readonly Step[],
  { all, asks }: { all: boolean; asks: boolean },
): Button[] {
  const params = { issue: issue.id, version: issue.version };
  const shown = steps.filter((step) => all || !step.button.rare || (asks && step.owed?.displayed === true));
  const buttons = shown.map((step) => stepButton(step, params));
  if (issue.state === "displayed") buttons.push(toDisplay("公示内容", issue.no));
  if (all || isEnd(issue.state)) {
    buttons.push(toTimeline("经过图", issue.no));
    if (issue.state !== "draft") buttons.push(toPapers("公文", issue.no));
  }
  if (shown.length < steps.length) buttons.push(toIssue("更多", issue.no, "更多"));
  return buttons;
}
