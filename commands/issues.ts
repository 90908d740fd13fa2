import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import type { Block } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { unknownYearNote } from "../src/chat/unknown-years.ts";
import { counted, dateSeenOn, listTitle } from "../src/chat/wording.ts";
import { stateNames } from "../src/domain/issues/states.ts";
import { issueFacts, partFacts } from "../src/issues/facts.ts";
import { levels } from "../src/issues/fields.ts";
import { type AskedIssues, FILTER_SAYINGS, FILTERS, filterOf, SOURCES } from "../src/issues/filter.ts";
import { helpedAs } from "../src/issues/helped.ts";
import { ledgerPaper } from "../src/issues/ledger.ts";
import type { Issue } from "../src/store/issues.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

const toIssue = says("问题");

export { ledgerPaper } from "../src/issues/ledger.ts";

const SHOWN = 20;
/** Numbers that are looked at while somebody types one. */
const OFFERED = 50;

/** 问题：the issues within a person's scope, nearest deadline first. */
export default command({
  name: "issues",
  words: ["问题", "问题清单", "台账"],
  hints: ["问题台账", "清单", "交办问题", "单子"],
  impliedBy: ["filter", "source", "category", "level"],
  help: {
    does: "看问题清单，可加状态、县区、部门、来源、类别、批次或“搜索词”",
    example: "问题 超期",
  },
  mechanism: "assignment-loop",
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    filter: arg.maybe.choice("筛选", FILTERS, { says: FILTER_SAYINGS, yields: ["open", "unit", "all"] }),
    county: arg.maybe.county(),
    department: arg.maybe.department(),
    source: arg.maybe.choice("来源", SOURCES),
    category: arg.maybe.category(),
    level: arg.maybe.choice("等级", levels),
    search: arg.maybe.text("搜索", { prefix: "搜", maxLength: 50 }),
    batch: arg.maybe.text("批次", { prefix: "批次", maxLength: 50 }),
    page: arg.maybe.number("页码"),
    look: arg.maybe.choice("导出", { 导出: "workbook", Excel: "workbook", excel: "workbook" }),
  }),

  offers: {
    kind: "issue",
    async like(begun, person, context) {
      const digits = /(\d*)$/.exec(begun)?.[1]?.replace(/^0+/, "") ?? "";
      const where = filterOf({ filter: "open", search: digits || undefined }, person, context);
      if (isRefusal(where)) return [];
      const { rows } = await context.store.issues.list(where, OFFERED);
      return rows
        .filter(({ no }) => no.startsWith(begun) || String(Number(no.slice(-6))).startsWith(digits))
        .map((issue) => {
          const { assignee, title } = issueFacts(issue, [], context);
          return { text: issue.no, note: `${assignee} ${title}` };
        });
    },
  },

  async answer({ args, person }, context) {
    const { store, office, today } = context;
    const { filter, county, department, source, category, level, search, batch, page } = args;
    const asked: AskedIssues = {
      filter,
      county: county?.short,
      department: department?.id,
      source,
      category,
      level,
      search,
      batch,
    };
    const where = filterOf(asked, person, context);
    if (isRefusal(where)) return where;
    const at = Number(page ?? 1);
    if (!Number.isInteger(at) || at < 1)
      return refuse("bad-number", "页码应为1以上的整数，例如“问题 第2页”。");
    const { rows, total } = await store.issues.list(where, SHOWN, (at - 1) * SHOWN);
    const said = [
      Object.entries(FILTERS).find(([, meaning]) => meaning === filter)?.[0],
      county?.short,
      department?.short,
      source,
      category,
      level,
      batch && `批次${batch}`,
      search && `“${search}”`,
    ].filter(Boolean);
    const turnTo = (label: string, n: number) => toIssue(label, ...said, `第${n}页`);
    // Below what a unit answers for stands what it helps with.
    const also = at === 1 && filter !== "helping" ? helpedAs(where, person) : null;
    const helped = also === null ? { rows: [], total: 0 } : await store.issues.list(also, SHOWN);
    const parts = await store.issueUnits.ofMany([...rows, ...helped.rows].map(({ id }) => id));
    const pages = Math.max(1, Math.ceil(total / SHOWN));
    if (at > pages) return refuse("bad-number", `没有第${at}页，共${pages}页。`, [turnTo("", pages).say]);
    const factsOf = (issue: Issue) => ({
      ...issueFacts(issue, [], { office, today }),
      ...partFacts(issue, parts.get(issue.id) ?? [], { office, today }),
    });
    const facts = rows.map(factsOf);
    const helpedFacts = helped.rows.map(factsOf);
    const isCityWide = person.regionId === null;
    const overdue = facts.filter((f) => f.overdue).length;
    return {
      title: listTitle("问题清单", ...said, counted(total, "件"), counted(helped.total, "件", "另协办")),
      tone: overdue > 0 ? "bad" : "muted",
      blocks: [
        total === 0
          ? { kind: "text", text: "没有符合条件的问题。" }
          : tableOf(facts, { helping: filter === "helping", isCityWide, today }),
        ...(helped.total > 0
          ? [
              { kind: "text" as const, text: `协办（${helped.total}件）`, tone: "notice" as const },
              tableOf(helpedFacts, { helping: true, isCityWide, today }),
            ]
          : []),
        ...(helped.total > helped.rows.length
          ? [{ kind: "note" as const, text: "发送“问题 协办”看全部协办的问题" }]
          : []),
        ...unknownYearNote(
          [...facts, ...helpedFacts].map(({ due }) => due),
          context.office,
        ),
        ...(pages > 1
          ? [
              {
                kind: "note" as const,
                text: `第${at}页，共${pages}页；可加县区、部门、状态、类别或“搜索词”缩小范围`,
              },
            ]
          : []),
      ],
      buttons: [
        ...(at > 1 ? [turnTo("上一页", at - 1)] : []),
        ...(at < pages ? [turnTo("下一页", at + 1)] : []),
        ...(args.look === undefined && total + helped.total > 0
          ? [toIssue("导出Excel", ...said, "导出")]
          : []),
      ],
      ...(args.look === undefined || total + helped.total === 0
        ? {}
        : { files: [ledgerPaper.file(plainly(within(asked, person, context)), { name: "问题台账.xlsx" })] }),
      facts: {
        rows: facts.map(({ history: _history, ...fact }) => fact),
        total,
        helping: { rows: helpedFacts.map(({ history: _history, ...fact }) => fact), total: helped.total },
      },
    };
  },
});

type Row = ReturnType<typeof issueFacts>;

/** `helping`: whoever reads it only helps with these. A list of all of the city names the county. */
function tableOf(
  rows: readonly Row[],
  { helping, isCityWide, today }: { helping: boolean; isCityWide: boolean; today: Temporal.PlainDate },
): Block {
  const unit = helping ? "主办" : "责任";
  return {
    kind: "table",
    columns: [
      { title: "编号" },
      { title: "问题" },
      { title: isCityWide ? `地区、${unit}` : unit },
      { title: "状态" },
      { title: "期限" },
    ],
    rows: rows.map((f) => [
      f.no,
      helping ? `【协办】${f.title}` : f.title,
      isCityWide && f.assignee !== f.county ? `${f.county} ${f.assignee}` : f.assignee,
      `${stateNames[f.state]}${f.state === "displayed" && f.displayedUntil ? `至${dateSeenOn(today, f.displayedUntil)}` : ""}`,
      `${dateSeenOn(today, f.due)}${f.overdue ? `（超${-f.daysLeft}天）` : ""}`,
    ]),
    opens: rows.map((f) => toIssue("", f.no).say),
  };
}

/**
 * With the scope that the list was made for: its file is made for whoever opens it, and a group may have been shown less
 * than they may see.
 */
function within(
  asked: AskedIssues,
  { regionId, departmentId }: Person,
  { office, today }: Pick<Context<Reader>, "office" | "today">,
): AskedIssues {
  const home = regionId === null ? undefined : office.heirOn(regionId, today).short;
  return {
    ...asked,
    county: asked.county ?? home,
    department: asked.department ?? departmentId ?? undefined,
  };
}

/** Without what wasn't said: a file's parameters are what its token stands for. */
function plainly(asked: AskedIssues): AskedIssues {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}
