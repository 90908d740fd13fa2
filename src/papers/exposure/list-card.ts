import type { Card } from "../../chat/card.ts";
import type { Context } from "../../chat/command.ts";
import { says } from "../../chat/says.ts";
import { counted, dateSeenOn, listTitle } from "../../chat/wording.ts";
import { isEnd, UNIT_ACTS } from "../../domain/issues/states.ts";
import { stateWords } from "../../issues/card.ts";
import { countyOf } from "../../issues/facts.ts";
import type { Issue } from "../../store/issues.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";
import { exposureFactsOf } from "./item-card.ts";
import {
  EXPOSURE_GAPS,
  type ExposureItem,
  exposureItems,
  gapOf,
  isExposed,
  speaksForCounty,
} from "./items.ts";

const toExposure = says("曝光");
const toDraft = says("拟稿");

/** Problems that are proposed beside those that were chosen. */
const SUGGESTED = 5;

/** What is prepared, what stands in the newspaper and isn't mended yet, and what might be made public next. */
export async function exposureList(context: Context<Reader>): Promise<Card> {
  const items = await exposureItems(context);
  const preparing = items.filter((item) => !isExposed(item));
  const open = items.filter((item) => isExposed(item) && !isEnd(item.issue.state));
  const closed = items.filter((item) => isExposed(item) && isEnd(item.issue.state));
  const suggested = await suggestions(items, context);
  const ready = preparing.filter((item) => item.paper === null && gapOf(item, context) === null);
  const row = (issue: Issue, state: string) => [
    issue.no,
    countyOf(issue, context.office, context.today),
    issue.title,
    state,
  ];
  const table = (rows: readonly (readonly string[])[]) => ({
    kind: "table" as const,
    columns: [{ title: "编号" }, { title: "地区" }, { title: "问题" }, { title: "状态" }],
    rows,
    opens: rows.map(([no = ""]) => toExposure("", no).say),
  });
  const text = (words: string) => ({ kind: "text" as const, text: words });
  const waits = ({ paper }: ExposureItem, gap: string) => (paper === null ? gap : `已拟稿（${paper.id}号）`);
  return {
    title: listTitle(
      "典型问题曝光",
      counted(preparing.length, "件", "准备"),
      counted(open.length + closed.length, "件", "已公开"),
    ),
    blocks: [
      ...(preparing.length === 0
        ? [text("没有正在准备的曝光材料。")]
        : [
            text("正在准备："),
            table(
              preparing.map((item) => {
                const gap = gapOf(item, context);
                return row(item.issue, waits(item, gap === null ? "可以拟稿" : EXPOSURE_GAPS[gap]));
              }),
            ),
          ]),
      ...(open.length === 0
        ? []
        : [
            text(`已公开、还没有销号${open.length}件：`),
            table(
              open.map(({ issue }) =>
                row(issue, `${stateWords(issue, context)}，期限${dateSeenOn(context.today, issue.due)}`),
              ),
            ),
          ]),
      ...(suggested.length === 0
        ? []
        : [
            text("可以考虑（已超期，先列挂牌督办和反弹的）："),
            table(suggested.map((issue) => row(issue, stateWords(issue, context)))),
          ]),
      ...(closed.length === 0 ? [] : [{ kind: "note" as const, text: `已公开并已办结${closed.length}件` }]),
    ],
    buttons: ready.length === 0 ? [] : [toDraft(`拟稿曝光（${ready.length}件）`, "典型问题曝光")],
    facts: {
      preparing: preparing.map((item) => exposureFactsOf(item, gapOf(item, context))),
      open: open.map((item) => exposureFactsOf(item, null)),
      closed: closed.length,
      suggested: suggested.map(({ no }) => no),
    },
  };
}

/** What a county was told of: what it may still answer, and what is public of it. */
export async function ownExposureList(person: Person, context: Context<Reader>): Promise<Card> {
  const own = (await exposureItems(context)).filter(
    (item) =>
      (item.exposure.state === "informed" || isExposed(item)) && speaksForCounty(item.issue, person, context),
  );
  const stateOf = (item: ExposureItem) => {
    if (isExposed(item)) return "已公开";
    return item.exposure.county === "silent" && gapOf(item, context) === "may-object"
      ? "等您答复"
      : "准备公开";
  };
  return {
    title: own.length === 0 ? "没有告知您的曝光材料" : `告知您的曝光材料（${own.length}件）`,
    blocks:
      own.length === 0
        ? [{ kind: "text", text: "市办拟公开您地区的问题时会先告知您。" }]
        : [
            {
              kind: "table",
              columns: [{ title: "编号" }, { title: "问题" }, { title: "状态" }],
              rows: own.map((item) => [item.issue.no, item.issue.title, stateOf(item)]),
              opens: own.map(({ issue }) => toExposure("", issue.no).say),
            },
          ],
    facts: { own: own.map((item) => exposureFactsOf(item, gapOf(item, context))) },
  };
}

/** Overdue problems that nobody has chosen: first those under 挂牌督办 and those that came back, then the longest overdue. */
async function suggestions(
  items: readonly ExposureItem[],
  { store, now, today }: Context<Reader>,
): Promise<Issue[]> {
  const chosen = new Set(items.map(({ issue }) => issue.id));
  const { rows } = await store.issues.list(
    { asOf: now.epochMilliseconds, states: UNIT_ACTS, overdueOn: today.toString() },
    SUGGESTED * 10,
  );
  const gravity = (issue: Issue) => Number(issue.supervisedAt !== null) + Number(issue.reopenings > 0);
  return rows
    .filter(({ id }) => !chosen.has(id))
    .toSorted((a, b) => gravity(b) - gravity(a))
    .slice(0, SUGGESTED);
}
