import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { judge } from "../domain/issues/machine.ts";
import { STEPS, type Step } from "../domain/issues/steps.ts";
import type { Issue, IssueChange } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { officeConfirms, TOLD } from "./audience.ts";
import { countyOf } from "./facts.ts";
import type { StepParams } from "./forms.ts";
import { wordsOf } from "./obstacle.ts";
import { relationTo } from "./relation.ts";
import { wind } from "./set-deadlines.ts";
import { drawSpotCheck } from "./spot-check.ts";
import { propose, redraw, tell } from "./tell.ts";
import { loopRulesOf } from "./terms.ts";

/** What somebody says with a step; `change` is what the step brings beside what the loop itself changes. */
export type Said = {
  text?: string | undefined;
  due?: Temporal.PlainDate | undefined;
  change?: IssueChange;
  /** What the history says when no text was given. */
  note?: string;
  /** Whoever takes the step tells people by itself. */
  quietly?: boolean;
};

/**
 * Takes one step of the loop: judged by the pure machine, written with its history, clock and notices in the caller's
 * transaction. `person` null is the office's clock.
 * @returns the issue as it stands now, or why nothing has changed.
 */
export async function take(
  step: Step,
  { issue: id, version }: StepParams,
  person: Person | null,
  context: Context<Writer>,
  { text, due, change = {}, note, quietly = false }: Said = {},
): Promise<Issue | Refusal> {
  const { store, office, now, today } = context;
  const issue = await store.issues.byId(id);
  if (issue === null) return refuse("unknown-issue", "这件问题已不存在，请重新发送“问题”。", ["问题"]);
  const at = now.epochMilliseconds;
  const verdict = judge(
    {
      step,
      by: {
        id: person?.id ?? null,
        relation: person === null ? "clock" : relationTo(issue, person, office, today),
      },
      seen: version,
      text,
      due: due?.toString(),
      photos: await store.evidence.photosOf(id),
      officeConfirms: await officeConfirms(issue, context),
    },
    issue,
    { at, today: today.toString() },
    loopRulesOf(office),
  );
  if (verdict.kind !== "moves") return wordsOf(verdict, step, issue, context);

  const moved = await store.issues.move(id, version, {
    ...verdict.change,
    ...stampOf(step, person, at),
    ...change,
  });
  if (moved === null)
    return refuse("conflict", `${issue.no}刚被他人办理，请看最新情况。`, [`问题 ${issue.no}`]);
  await store.issues.record({
    issueId: id,
    at,
    personId: person?.id ?? null,
    step,
    fromState: issue.state,
    toState: moved.state,
    text: text?.trim() || (note ?? null),
    due:
      moved.due === issue.due ? (step === "request-extension" ? (due?.toString() ?? null) : null) : moved.due,
  });
  await wind(moved, context);
  // A clock that takes a step tells everybody.
  const title = `${moved.regionId === office.city.id ? "" : countyOf(moved, office, today)}${WORDS[step] ?? `已${STEPS[step].done}`}：${moved.title}`;
  if (!quietly)
    await tell(moved, { audiences: TOLD[step], title, actor: person, plain: !SHOWS.has(step) }, context);
  if (step === "verify") await drawSpotCheck(moved, context);
  // A second rejection is as good a reason as a long delay.
  if (step === "reject" && moved.rejections === REJECTIONS_TO_SUPERVISE && moved.supervisedAt === null)
    await propose(moved, "再次复核不通过", context);
  await redraw(moved, context);
  return moved;
}

const REJECTIONS_TO_SUPERVISE = 2;

/** Steps whose notices come with the pictures: somebody has to judge by them. */
const SHOWS: ReadonlySet<Step> = new Set<Step>(["assign", "reassign", "submit", "confirm"]);

/** How a notice says it, where “已” and the step's name wouldn't do. */
const WORDS: Partial<Record<Step, string>> = {
  assign: "有新的交办",
  reassign: "有新的交办（改派）",
  uphold: "退回未获同意",
  reject: "整改未通过复核",
  confirm: "已县级确认，待市级复核",
  "request-extension": "申请延期",
  "grant-extension": "延期已获同意",
  "refuse-extension": "延期未获同意",
  supervise: "被挂牌督办",
  suspend: "依法中止",
  escalate: "已报市攻坚办",
  "propose-transfer": "提请移送，待审批",
  "approve-transfer": "同意移送",
  "refuse-transfer": "不同意移送",
  reopen: "问题反弹，须重新整改",
};

function stampOf(step: Step, person: Person | null, at: number): IssueChange {
  switch (step) {
    case "acknowledge":
      return { acknowledgedAt: at };
    case "verify":
      return { closedAt: at, closedBy: person?.id ?? null };
    case "assign":
    case "reassign":
      return { acknowledgedAt: null, assignedBy: person?.id ?? null };
    case "uphold":
      return { acknowledgedAt: null };
    case "reopen":
      return { closedAt: null, closedBy: null };
    default:
      return {};
  }
}
