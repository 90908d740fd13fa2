import { z } from "zod";
import { action } from "../chat/action.ts";
import { isRefusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import type { Issue } from "../store/issues.ts";
import { countyOf } from "./facts.ts";
import { performStep } from "./perform-step.ts";
import withdraw from "./steps/withdraw.ts";

const toIssue = says("问题");

/** 全部撤回: the orders that were given to several counties in one breath, all of them or none. */
export const withdrawBatch = action({
  name: "issue.withdraw-batch",
  label: "全部撤回",
  params: z.object({ issues: z.string() }),
  fields: withdraw.form,
  async press({ params, fields: { text }, person }, context) {
    const withdrawn: Issue[] = [];
    for (const seen of z.array(z.tuple([z.int(), z.int()])).parse(JSON.parse(params.issues))) {
      const [issue, version] = seen;
      const moved = await performStep(withdraw, { issue, version }, person, context, { text });
      if (isRefusal(moved)) {
        const message = `${moved.message}这批没有撤回，请逐件办理。`;
        return refuse(moved.code, message, moved.instead);
      }
      withdrawn.push(moved);
    }
    const numbers = withdrawn.map(({ no }) => no);
    return {
      title: `已撤回${withdrawn.length}件`,
      tone: "muted",
      blocks: [
        {
          kind: "table",
          columns: [{ title: "编号" }, { title: "地区" }, { title: "问题" }],
          rows: withdrawn.map((issue) => [
            issue.no,
            countyOf(issue, context.office, context.today),
            issue.title,
          ]),
        },
        { kind: "note", text: `理由：${text}` },
      ],
      buttons: withdrawn.slice(0, 5).map(({ no }) => toIssue(`看 ${no}`, no)),
      audit: { issues: numbers },
      facts: { withdrawn: numbers },
    };
  },
});

/** What its button is about: each issue at the version that its reader saw. */
export const batchOf = (issues: readonly Pick<Issue, "id" | "version">[]) => ({
  issues: JSON.stringify(issues.map(({ id, version }) => [id, version])),
});
