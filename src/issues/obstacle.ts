import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { shortDate, shortTime } from "../chat/wording.ts";
import type { Obstacle } from "../domain/issues/machine.ts";
import type { Earlier } from "../domain/issues/step-rule.ts";
import type { Issue } from "../store/issues.ts";
import type { Reader } from "../store/store.ts";
import { stateWords } from "./card.ts";
import { roundName } from "./rounds.ts";
import type { Step } from "./step.ts";
import confirm from "./steps/confirm.ts";
import proposeCancel from "./steps/propose-cancel.ts";
import proposeTransfer from "./steps/propose-transfer.ts";
import requestExtension from "./steps/request-extension.ts";
import submit from "./steps/submit.ts";

/** Why a step can't be taken, in words that say what can be done instead. */
export async function wordsOf(
  obstacle: Obstacle,
  step: Step,
  issue: Issue,
  context: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Refusal> {
  const { by, words, needs } = step;
  const { name } = words;
  const look = [`问题 ${issue.no}`];
  const now = stateWords(issue, context);
  switch (obstacle.kind) {
    case "forbidden":
      return refuse(
        "forbidden",
        `“${name}”须由${by
          .map((relation) => OFFICERS[relation])
          .filter(Boolean)
          .join("、")}办理。`,
      );
    case "same-person":
      return refuse("forbidden", `${EARLIER[obstacle.as].words.name}的人不能再办理“${name}”，请由他人办理。`);
    case "own-code":
      return refuse(
        "forbidden",
        `您的账号是由“${EARLIER[obstacle.as].words.name}”的人一人开通的，不能再办理“${name}”。请由他人办理，或请市办另一位成员发送“账号 您的姓名”核实后再办。`,
      );
    case "already-done": {
      const done = (await context.store.issues.history(issue.id)).findLast((e) => e.step === step.id);
      if (done === undefined)
        return refuse("already-done", `${issue.no}现为“${now}”，不用再办理“${name}”。`, look);
      const when = shortTime(context.office.local(Temporal.Instant.fromEpochMilliseconds(done.at)));
      return refuse(
        "already-done",
        `${issue.no}已由${done.by ?? "他人"}于${when}${words.done}，现为“${now}”，不用重复操作。`,
        look,
      );
    }
    case "stale":
      if (words.elsewhere !== undefined && !step.from.includes(issue.state))
        return refuse("stale-action", `${issue.no}现为“${now}”，${words.elsewhere}。`, look);
      return refuse("stale-action", `${issue.no}已有变化，现为“${now}”。请看最新情况后再操作。`, look);
    case "needs-text":
      return refuse(
        "usage",
        needs?.text === "measures" ? "请写明整改措施和完成情况后再提交。" : `办理“${name}”请写明理由。`,
      );
    case "needs-due":
      return refuse("bad-date", `办理“${name}”请写明期限，例如“5个工作日”或“2020-12-31”。`);
    case "bad-due":
      return refuse("bad-date", dueWords(obstacle.why, issue));
    case "needs-photos": {
      const missing = [
        obstacle.before > 0 ? `整改前照片${obstacle.before}张` : "",
        obstacle.after > 0 ? `整改后照片${obstacle.after}张` : "",
      ].filter(Boolean);
      const anew =
        issue.round > 1 && obstacle.after > 0
          ? `这是${roundName(issue.round)}整改，须有新的整改后照片，以前的不算。`
          : "";
      const caption = obstacle.before > 0 ? "整改前" : "整改后";
      return refuse(
        "usage",
        `还缺${missing.join("、")}，不能提交。${anew}请把照片发给我，说明写“${issue.no} ${caption}”。`,
        look,
      );
    }
    case "too-late":
      return refuse(
        "usage",
        words.tooLate?.(Temporal.PlainDate.from(issue.due)) ?? `现在已经不能办理“${name}”。`,
        look,
      );
    case "used-up":
      return refuse("usage", words.usedUp ?? `${issue.no}不能再办理“${name}”。`, look);
    case "undecided":
      return refuse("usage", `已申请延期至${shortDate(issue.extensionDue ?? issue.due)}，请等待审批。`, look);
    case "nothing-asked":
      return refuse(
        "stale-action",
        `${issue.no}没有${needs?.cancel ? "待同意的作废" : "待审批的延期申请"}。`,
        look,
      );
    case "not-displayed":
      return refuse("usage", `${issue.level}问题销号前须公示，请先办理“公示”，期满无异议再销号。`, look);
    case "on-display":
      return refuse(
        "usage",
        `${issue.no}公示至${shortDate(issue.displayedUntil ?? issue.due)}，期满无异议才能销号；有异议请办理“公示有异议”。`,
        look,
      );
    default:
      return obstacle satisfies never;
  }
}

const OFFICERS = {
  liaison: "责任地区联络员",
  lead: "责任地区领导",
  department: "责任单位联络员",
  helper: "协办单位联络员",
  office: "市办",
  supervision: "督查",
  "city-lead": "市领导",
  "station-chief": "点位长",
  stranger: "",
  clock: "",
} as const;

const EARLIER = {
  submittedBy: submit,
  confirmedBy: confirm,
  extensionBy: requestExtension,
  proposedBy: proposeTransfer,
  cancelBy: proposeCancel,
} as const satisfies Record<Earlier, Pick<Step, "words">>;

function dueWords(why: Extract<Obstacle, { kind: "bad-due" }>["why"], issue: Issue): string {
  switch (why) {
    case "past":
      return "期限已经过去，请写今天以后的日期，例如“5个工作日”。";
    case "not-later":
      return `延期须晚于现在的期限${shortDate(issue.due)}。`;
    case "not-yours":
      return "整改期限由市办或督查确定，县级退回整改不改期限，请把“新的整改期限”留空。";
    case "too-long":
      return "延期合计不能超过原定期限的长度，请写早一些的日期。";
    default:
      return why satisfies never;
  }
}
