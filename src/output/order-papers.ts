import {
  labelCell,
  type PaperBlock,
  type PaperCell,
  type PaperModel,
  type PaperPicture,
} from "./paper-model.ts";

/** What stands in rows of the papers of an order. An office's own template may name each. */
export const ORDER_LABELS = [
  "问题描述",
  "问题编号",
  "问题来源",
  "等级类别",
  "地点",
  "责任地区",
  "责任单位",
  "协办单位",
] as const;
type OrderFact = { label: (typeof ORDER_LABELS)[number]; value: string };

/** What the papers of an order say of it alike. Dates are office text with their year. */
export type OrderFacts = {
  body: string;
  /** 红头; absent where the pack has none. */
  redHead?: string | undefined;
  /** The paper's own number, or the bot's where it has none. */
  no: string;
  addressees: readonly string[];
  facts: readonly OrderFact[];
  date: string;
  /** What is to be said of its dates; empty where nothing is. */
  remark: string;
  marks: readonly string[];
};

export type Order = OrderFacts & {
  title: string;
  requirement: string;
  due: string;
  /** Until when it is to be acknowledged, and what has to be handed in. */
  answer: readonly string[];
  copies: readonly string[];
  pictures: readonly PaperPicture[];
};

/** 交办单: what is wrong where, whose it is, what is asked for until when. */
export function orderModel(order: Order): PaperModel {
  const { title, requirement, due, answer, copies, pictures } = order;
  return {
    ...frame(order, "交办单"),
    blocks: [
      { kind: "title", lines: ["大气污染问题交办单"] },
      { kind: "addressee", text: `${order.addressees.join("、")}：` },
      { kind: "text", text: "现将下列大气污染问题交办你单位，请按要求整改并按期反馈。" },
      { kind: "heading", text: "问题情况" },
      rowsOf(title, order.facts),
      { kind: "heading", text: "整改要求" },
      { kind: "text", text: requirement === "" ? "请在整改期限内整改到位。" : sentence(requirement) },
      { kind: "heading", text: "整改期限" },
      { kind: "text", text: due },
      ...remarkOf(order),
      { kind: "heading", text: "签收和反馈" },
      ...answer.map((text): PaperBlock => ({ kind: "text", text })),
      ...(pictures.length === 0
        ? []
        : [{ kind: "attachments" as const, names: [`现场照片${pictures.length}张`] }]),
      { kind: "signature", body: order.body, date: order.date },
      ...picturesOf(pictures),
    ],
    ...(copies.length === 0 ? {} : { imprint: { copies, issuer: order.body, date: order.date } }),
  };
}

export type Supervision = OrderFacts & {
  title: string;
  signer: string;
  stands: string;
  demand: string;
  due: string;
};

/** 督办单: an issue that the office's head has put under supervision, and what is demanded. */
export function supervisionModel(paper: Supervision): PaperModel {
  return {
    ...frame(paper, "督办单"),
    signer: paper.signer,
    blocks: [
      { kind: "title", lines: ["大气污染问题挂牌督办单"] },
      { kind: "addressee", text: `${paper.addressees.join("、")}：` },
      { kind: "text", text: "现对下列大气污染问题挂牌督办，请按要求整改到位。" },
      { kind: "heading", text: "问题情况" },
      rowsOf(paper.title, paper.facts),
      { kind: "text", text: sentence(paper.stands) },
      { kind: "heading", text: "督办要求" },
      { kind: "text", text: sentence(paper.demand) },
      { kind: "heading", text: "整改期限" },
      { kind: "text", text: sentence(paper.due) },
      ...remarkOf(paper),
      { kind: "signature", body: paper.body, date: paper.date },
    ],
  };
}

export type ExtensionReply = OrderFacts & {
  title: string;
  asked: string;
  granted: boolean;
  /** The deadline that holds after the reply. */
  due: string;
  opinion: string;
};

/** 延期批复: whether a unit's request for more time is granted. */
export function extensionModel(reply: ExtensionReply): PaperModel {
  return {
    ...frame(reply, "延期批复"),
    blocks: [
      { kind: "title", lines: ["关于大气污染问题", "整改延期申请的批复"] },
      { kind: "addressee", text: `${reply.addressees.join("、")}：` },
      { kind: "text", text: sentence(reply.asked) },
      {
        kind: "text",
        text: reply.granted
          ? `同意延期，整改期限延至${reply.due}。`
          : `不同意延期，整改期限仍为${reply.due}。`,
      },
      ...(reply.opinion === ""
        ? []
        : [
            { kind: "text" as const, text: `${reply.granted ? "意见" : "理由"}：${sentence(reply.opinion)}` },
          ]),
      ...remarkOf(reply),
      { kind: "text", text: "附问题情况：" },
      rowsOf(reply.title, reply.facts),
      { kind: "signature", body: reply.body, date: reply.date },
    ],
  };
}

const frame = ({ body, redHead, no, marks }: OrderFacts, what: string) => ({
  ...(redHead === undefined ? {} : { redHead }),
  ...{ name: `${no} ${what}`, creator: body, marks, no },
  margins: "letter" as const,
});

const remarkOf = ({ remark }: OrderFacts): PaperBlock[] =>
  remark === "" ? [] : [{ kind: "note", text: `注：${remark}。` }];

const rowsOf = (title: string, facts: OrderFacts["facts"]): PaperBlock => ({
  kind: "table",
  widths: [34, 122],
  height: 8,
  rows: [{ label: "问题描述", value: title } satisfies OrderFact, ...facts].map(({ label, value }) => [
    labelCell(label),
    value,
  ]),
});

function picturesOf(pictures: readonly PaperPicture[]): PaperBlock[] {
  if (pictures.length === 0) return [];
  const rows: PaperCell[][] = [];
  for (let i = 0; i < pictures.length; i += 2)
    rows.push([0, 1].map((n) => (pictures[i + n] ? { picture: pictures[i + n] as PaperPicture } : "")));
  return [
    { kind: "appendix", title: "现场照片" },
    { kind: "table", widths: [78, 78], rows },
  ];
}

const sentence = (text: string) => (text === "" || /[。！？…]$/.test(text) ? text : `${text}。`);
