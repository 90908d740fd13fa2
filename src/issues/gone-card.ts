import type { Card } from "../chat/card.ts";
import { says } from "../chat/says.ts";
import type { Issue } from "../store/issues.ts";

const toToday = says("今日");

/** All that somebody may still know of an issue that is no longer theirs to see. */
export function goneCard(issue: Pick<Issue, "id" | "no">, title = "不再由您单位办理"): Card {
  return {
    title: `${title}：${issue.no}`,
    tone: "muted",
    subject: `issue:${issue.id}`,
    blocks: [{ kind: "text", text: `${issue.no}已不由您单位办理或协办，不用再处理。` }],
    buttons: [toToday("今日待办")],
    facts: { issue: { no: issue.no } },
  };
}
