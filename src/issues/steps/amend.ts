import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { refuse } from "../../chat/refusal.ts";
import { dateSeenOn } from "../../chat/wording.ts";
import { isGiverOrOffice } from "../../domain/issues/giver.ts";
import { AFRESH, newTerm } from "../../domain/issues/phase.ts";
import { ASSIGNERS } from "../../domain/issues/states.ts";
import { levels } from "../fields.ts";
import { step } from "../step.ts";

/** What of an order can be corrected; `called` is how a phrase says which. */
export const corrections = z.object({
  title: arg.maybe.text("问题描述", {
    hint: "不填不改，以下同",
    maxLength: 200,
    called: ["问题描述", "描述"],
  }),
  due: arg.maybe.deadline("整改期限", {
    hint: "日期或天数",
    called: ["整改期限", "整改时限", "时限", "期限"],
  }),
  level: arg.maybe.choice("问题等级", levels, { called: ["问题等级", "等级", "级别"] }),
  place: arg.maybe.text("地点", {
    hint: "点位或企业",
    maxLength: 100,
    prefix: "地点",
    called: ["地点", "点位"],
  }),
  category: arg.maybe.category({ called: ["问题类别", "类别", "类型"] }),
});

/** 更正: an order that nobody has acknowledged yet says something else from now on. */
export default step({
  id: "amend",
  words: {
    name: "更正",
    told: "交办已更正",
    elsewhere: "签收前才能更正；要改期限、换单位请办理“改派”，不用再办的请办理“提请作废”",
  },
  from: ["assigned"],
  to: "stay",
  by: ASSIGNERS,
  entitled: isGiverOrOffice,
  needs: { due: "if-changed" },
  form: corrections,
  reads(fields, { issue, today }) {
    if (fields.title !== undefined && fields.title.trim().length < 2)
      return refuse("usage", "问题描述太短，请写清是什么问题。");
    const { says, ...said } = correctionOf(fields, issue, today);
    return says === ""
      ? refuse("usage", "与现在的交办相同，没有要更正的内容。请写明更正什么。")
      : { ...said, note: says };
  },
  // A deadline that stays keeps its clock, that of mending and, the level being the same, that of acknowledging.
  changes: ({ level }, taken) => ({
    ...(taken.level === undefined ? {} : { level: taken.level }),
    ...newTerm(taken),
    ...(taken.due !== undefined || (taken.level ?? level) !== level
      ? { ...AFRESH, assignedAt: taken.at }
      : {}),
  }),
  told: ["unit", "helpers", "assigner"],
  inPlace: true,
  locates: true,
  button: { place: 136 },
});

/** What of a correction differs from the order as it stands, and how it is said: 期限6月18日→6月20日. Empty where nothing does. */
function correctionOf(
  { due, ...words }: z.output<typeof corrections>,
  order: Order,
  today: Temporal.PlainDate,
) {
  const said = (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap((name) => {
    const value = words[name]?.trim();
    return value === undefined || value === "" || value === order[name] ? [] : [{ name, value }];
  });
  const isLater = due !== undefined && due.toString() !== order.due;
  return {
    ...(isLater ? { due } : {}),
    change: Object.fromEntries(said.map(({ name, value }) => [name, value])),
    says: [
      ...(isLater ? [`整改期限${dateSeenOn(today, order.due)}→${dateSeenOn(today, due.toString())}`] : []),
      ...said.map(({ name, value }) => `${NAMES[name]}${quoted(name, order[name])}→${quoted(name, value)}`),
    ].join("；"),
  };
}

const quoted = (name: keyof typeof NAMES, value: string | null) =>
  value === null ? "未填" : name === "title" || name === "place" ? `“${value}”` : value;

type Order = { due: string } & Record<keyof typeof NAMES, string | null>;

const NAMES = { level: "等级", title: "描述", place: "地点", category: "类别" } as const;
