import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Block, Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import type { Person } from "../store/people.ts";
import type { ResponseOrder, ResponseRow } from "../store/responses.ts";
import type { Reader } from "../store/store.ts";
import { measuresIn } from "./orders.ts";
import { answersFor, isCountyOrder, orderedUnitWord } from "./units.ts";
import { drillMark, momentWords, responseItems, shortName, subjectOfOrder, toneOf } from "./words.ts";

export const EXECUTION_FORM = z.object({
  reading: arg.maybe.number("电表读数", { hint: "千瓦时，只填数字" }),
  text: arg.maybe.longtext("执行情况", { maxLength: 300, hint: "如“2号线已停，16时起”" }),
});
const acknowledgeButton = buttonsOf("response.acknowledge", z.object({}));
const executeButton = buttonsOf("response.execute", EXECUTION_FORM);
const relayButton = buttonsOf("response.relay", z.object({}));
const toResponse = says("应急");

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** What one unit is ordered, how far it is, and its buttons. `title` is what has happened; `line` what is said on top. */
export async function orderCard(
  order: ResponseOrder,
  response: ResponseRow,
  reader: Person,
  context: Around,
  { title, line }: { title?: string; line?: string } = {},
): Promise<Card> {
  const { store, office } = context;
  const word = await orderedUnitWord(order, context);
  const measures = measuresIn(order);
  const isEnterprise = order.enterpriseId !== null;
  const isOver = response.endedAt !== null || order.round !== response.round;
  const executions = order.executedAt === null ? [] : await store.responses.executions([order.id]);
  const silent = isCountyOrder(order) && !isOver ? await unreachedIn(order, context) : 0;
  const state =
    order.exempt !== null
      ? `豁免（${order.exempt}），污染物排放仍须达标`
      : order.acknowledgedAt === null
        ? "待签收"
        : `${momentWords(order.acknowledgedAt, office)}签收`;
  return {
    title: `${drillMark(response)}${title ?? `${word}：${shortName({ ...response, drill: false })}`}`,
    tone: toneOf(response),
    subject: subjectOfOrder(order.id),
    blocks: [
      ...(line === undefined ? [] : [{ kind: "text" as const, text: `${drillMark(response)}${line}` }]),
      {
        kind: "facts",
        items: [
          ...responseItems(response, context),
          { label: "单位", value: `${word}${order.grade === null ? "" : `（${order.grade}级）`}` },
          { label: "状态", value: response.endedAt === null ? state : `已解除（${state}）` },
        ],
      },
      measuresBlock(measures),
      ...(executions.length === 0
        ? []
        : [
            {
              kind: "text" as const,
              text: `已报执行：${executions.map((one) => shownWords(one, context)).join("；")}`,
              tone: "good" as const,
            },
          ]),
      ...(silent > 0
        ? [
            {
              kind: "text" as const,
              text: `${silent}家企业没有绑定联系人，请电话通知后按“已通知无联系人企业”。`,
            },
          ]
        : []),
      ...(isEnterprise && !isOver && order.exempt === null
        ? [{ kind: "note" as const, text: "落实情况可直接发照片给我，也可按“报执行”填电表读数。" }]
        : []),
    ],
    buttons:
      isOver || order.exempt !== null || !answersFor(reader, order, context)
        ? []
        : [
            ...(order.acknowledgedAt === null
              ? [acknowledgeButton("签收", { order: order.id }, { style: "primary" })]
              : []),
            executeButton("报执行", { order: order.id }),
            ...(silent > 0 ? [relayButton("已通知无联系人企业", { order: order.id })] : []),
            ...countyButtons(order),
          ],
    facts: {
      response: response.id,
      order: order.id,
      unit: word,
      drill: response.drill,
      level: response.level,
      documentNo: response.documentNo,
      measures,
      exempt: order.exempt,
      acknowledged: order.acknowledgedAt !== null,
      executed: executions.length,
    },
  };
}

const countyButtons = (order: ResponseOrder): Button[] =>
  isCountyOrder(order) ? [toResponse("看本地企业"), toResponse("本地抽查", "抽查")] : [];

function measuresBlock(measures: readonly { measure: string; indicator: string }[]): Block {
  if (measures.length === 0) return { kind: "text", text: "按本地应急预案执行。" };
  const hasIndicators = measures.some(({ indicator }) => indicator !== "");
  return {
    kind: "table",
    columns: [{ title: "措施" }, ...(hasIndicators ? [{ title: "可核查指标" }] : [])],
    rows: measures.map(({ measure, indicator }) => (hasIndicators ? [measure, indicator] : [measure])),
  };
}

/** How many enterprises of a county nobody speaks for, and that nobody has said to have told. */
async function unreachedIn(order: ResponseOrder, { store }: Around): Promise<number> {
  return store.responses.unreached(order.responseId, order.round, order.regionId ?? "");
}

/** 12月11日 09:00 照片；电表1200千瓦时；2号线已停 */
export function shownWords(
  {
    at,
    evidenceId,
    reading,
    text,
  }: { at: number; evidenceId: number | null; reading: number | null; text: string | null },
  { office }: Pick<Around, "office">,
): string {
  const what = [
    evidenceId === null ? "" : "照片",
    reading === null ? "" : `电表${reading}千瓦时`,
    text ?? "",
  ];
  return `${momentWords(at, office)} ${what.filter(Boolean).join("，")}`;
}
