import { column, type Faults, fault, filled, type Importing, importKind } from "../../chat/import.ts";
import { isRefusal } from "../../chat/refusal.ts";
import { endOf } from "../../intake/term.ts";
import { usualDue } from "../../issues/terms.ts";
import { COUNTY, degrees, plainText } from "../cells.ts";
import { countyTold } from "../told.ts";
import { content, reference, sender, senderTold, whole, withWhole } from "./intake/cells.ts";
import { enterIntakes } from "./intake/enter.ts";
import { type IntakePlan, type IntakeRow, LEVEL } from "./intake/row.ts";
import { countingFrom, moment, namedRegion, term } from "./ledger/cells.ts";
import { takeBackIssues } from "./ledger/take-back-issues.ts";
import { categoryCalled } from "./ledger/words.ts";

/**
 * What hotlines, the press and superiors hand down, one table for all of them: a row with a county is given out, one without
 * waits for the office. What its sender calls it by is known again, however often it comes.
 */
export default importKind({
  id: "intakes",
  title: "转办来件",
  who: ["office"],
  columns: {
    sender: filled("来件渠道 sender 来件单位 转办单位 派单单位 转办渠道", sender, {
      told: senderTold,
      missing: "请在本列或表格标题写明来件渠道，如12345热线",
    }),
    reference: filled(
      "来件编号 reference 工单编号 工单号 受理编号 受理号 举报编号 举报件编号 信访编号 信访件编号 转办单号 转办编号 转办件编号 诉求编号 线索编号 案件编号 任务编号 事件编号 报道编号",
      reference,
    ),
    assigned: column(
      "受理时间 received 来件时间 来电时间 举报时间 登记时间 转办时间 派单时间 下派时间 报道时间 受理日期 来件日期 举报日期 转办日期",
      moment,
      { date: "day" },
    ),
    county: column(
      `${COUNTY} 诉求区域 事发区域 事发地区 所属区域 属地 所属县区 责任县区 举报区域`,
      namedRegion,
      {
        told: countyTold(),
      },
    ),
    town: column("镇街 town 属地镇街 镇街道 乡镇街道 所属镇街 所在镇街", plainText(50)),
    place: column(
      "地点 place 事发地址 事发地点 诉求地址 举报地址 问题地点 详细地址 具体地址 地址 点位 企业名称 被举报单位 污染单位",
      plainText(100),
    ),
    title: column("标题 title 工单标题 诉求标题 主题 报道标题 事项标题", plainText(200)),
    content: filled(
      "内容 content 诉求内容 举报内容 反映内容 来电内容 投诉内容 主要内容 工单内容 诉求描述 事项内容 报道内容 线索内容 反映问题 来件内容 问题描述 问题内容 举报问题",
      content,
    ),
    category: column("类别 category 污染类型 问题类别 问题类型 举报类型 诉求类型 污染类别", plainText(50)),
    due: column(
      "办理期限 due 办结期限 办理时限 办结时限 答复期限 回复期限 反馈期限 反馈时限 要求办结时间 截止时间 截止日期 整改时限 期限",
      term,
      { date: "serial" },
    ),
    longitude: column("经度 longitude lng", degrees("longitude")),
    latitude: column("纬度 latitude lat", degrees("latitude")),
    whole: column("原表 whole", whole),
  },
  needs: ["sender", "reference", "content"],
  // As with a ledger: each row writes its history and its notices.
  mostRows: 5000,
  layout: async (found) => ({ tables: [withWhole(found)], rejected: [] }),
  row({ county, category, ...said }, { office }): IntakeRow | Faults<"longitude" | "latitude"> {
    if (said.longitude === null && said.latitude !== null) return fault("longitude", "只有纬度，请补上经度");
    if (said.latitude === null && said.longitude !== null) return fault("latitude", "只有经度，请补上纬度");
    return {
      ...said,
      whole: said.whole ?? [],
      region: county,
      category: category === null ? null : categoryCalled(category, office),
    };
  },
  once: {
    key: ({ sender, reference }) => [sender, reference],
    differs: (a, b) => (JSON.stringify(a.whole) === JSON.stringify(b.whole) ? null : "reference"),
    reason: "来件编号相同但内容不同",
  },
  judge,
  enter: enterIntakes,
  async takeBack(batch, context) {
    const taken = await takeBackIssues(batch, context);
    if (!isRefusal(taken)) await context.store.intakes.dropBatch(batch.id);
    return taken;
  },
});

async function judge(
  row: IntakeRow,
  { store, office, today }: Importing,
): Promise<IntakePlan | Faults<"due">> {
  const was = await store.intakes.byReference(row.sender, row.reference);
  if (was !== null) return { kind: "before", row, was };
  const due =
    row.due === null
      ? { value: usualDue({ category: row.category, level: LEVEL }, office, today) }
      : endOf(row.due, countingFrom(row.assigned?.day ?? today, office));
  if ("reason" in due) return fault("due", due.reason);
  if (due.value === null) return fault("due", "没有默认期限，请填写办理期限，如 2020-12-31、10个工作日");
  if (Temporal.PlainDate.compare(due.value, today) < 0)
    return fault("due", "办理期限已过，请与来件单位商定新的期限后再填");
  return { kind: "new", row, due: due.value };
}
