import { z } from "zod";
import { anyone, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { issueFacts } from "../src/chat/issues/facts.ts";
import { refuse } from "../src/chat/refusal.ts";
import { shortDate } from "../src/chat/wording.ts";
import { stateNames } from "../src/domain/issues/states.ts";
import type { IssueFilter } from "../src/store/issues.ts";

const SHOWN = 20;

const FILTERS = {
  我的: "mine",
  待签收: "assigned",
  整改中: "rectifying",
  已反馈: "submitted",
  待复核: "submitted",
  超期: "overdue",
  逾期: "overdue",
  全部: "all",
} as const;

/** 问题：the issues within a person's scope, nearest deadline first. */
export default command({
  name: "issues",
  words: ["问题", "问题清单", "台账"],
  help: { does: "看问题清单，可加 我的、待签收、整改中、已反馈、超期、县区、部门", example: "问题 超期" },
  who: anyone.withinScope("county"),
  args: z.object({
    filter: arg.maybe.choice("筛选", FILTERS),
    county: arg.maybe.county(),
    department: arg.maybe.department(),
    page: arg.maybe.number("页码"),
  }),

  async answer({ args: { filter, county, department, page }, person }, { store, office, now, today }) {
    const own = scopeOf(person, office, today);
    const regions = county ? county.regions.flatMap((r) => office.lineage(r.id)) : own;
    const departmentId = department?.id ?? person.departmentId;
    if (person.departmentId !== null && departmentId !== person.departmentId) {
      return refuse("forbidden", "您只能查看本部门的问题。", ["问题"]);
    }
    const where: IssueFilter = {
      asOf: now.epochMilliseconds,
      ...(regions ? { regions } : {}),
      ...(departmentId === null ? {} : { departmentId }),
      ...(filter === "mine" && (person.role === "office" || person.role === "supervision")
        ? { assignedBy: person.id }
        : {}),
      ...(filter === "overdue" ? { overdueOn: today.toString() } : {}),
      ...(filter === "assigned" || filter === "rectifying" || filter === "submitted"
        ? { states: [filter] }
        : {}),
    };
    const at = Number(page ?? 1);
    if (!Number.isInteger(at) || at < 1)
      return refuse("bad-number", "页码应为1以上的整数，例如“问题 第2页”。");
    const { rows, total } = await store.issues.list(where, SHOWN, (at - 1) * SHOWN);
    const said = Object.entries(FILTERS).find(([, meaning]) => meaning === filter)?.[0];
    const again = (n: number) =>
      ["问题", said, county?.short, department?.short, `第${n}页`].filter(Boolean).join(" ");
    const pages = Math.max(1, Math.ceil(total / SHOWN));
    if (at > pages) return refuse("bad-number", `没有第${at}页，共${pages}页。`, [`问题 第${pages}页`]);
    const facts = rows.map((issue) => issueFacts(issue, [], { office, today }));
    const overdue = facts.filter((f) => f.overdue).length;
    return {
      title: `问题清单（${total}件）`,
      tone: overdue > 0 ? "bad" : "muted",
      blocks: [
        total === 0
          ? { kind: "text", text: "没有符合条件的问题。" }
          : {
              kind: "table",
              columns: [
                { title: "编号" },
                { title: "问题" },
                { title: "责任" },
                { title: "状态" },
                { title: "期限" },
              ],
              rows: facts.map((f) => [
                f.no,
                f.title,
                f.assignee,
                stateNames[f.state],
                `${shortDate(f.due)}${f.overdue ? `（超${-f.daysLeft}天）` : ""}`,
              ]),
            },
        ...(pages > 1
          ? [
              {
                kind: "note" as const,
                text: `第${at}页，共${pages}页；可加县区、部门或状态缩小范围，例如“问题 超期 海安”`,
              },
            ]
          : []),
      ],
      buttons: [
        ...rows
          .slice(0, 5)
          .map((issue) => ({ kind: "say" as const, label: `看 ${issue.no}`, say: `问题 ${issue.no}` })),
        ...(at > 1 ? [{ kind: "say" as const, label: "上一页", say: again(at - 1) }] : []),
        ...(at < pages ? [{ kind: "say" as const, label: "下一页", say: again(at + 1) }] : []),
      ],
      facts: { rows: facts.map(({ history: _history, ...fact }) => fact), total },
    };
  },
});
