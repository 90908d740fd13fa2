import { column, type Faults, fault, importKind } from "../../chat/import.ts";
import { COUNTY } from "../cells.ts";
import { countyTold } from "../told.ts";
import {
  closing,
  describing,
  helpers,
  isNew,
  issueNumber,
  ledgerUnit,
  moment,
  namedCategory,
  namedRegion,
  paperProgress,
  paperState,
  term,
} from "./ledger/cells.ts";
import { enterIssues } from "./ledger/enter-issues.ts";
import { contradictionOf, type IssueRow, keyOf } from "./ledger/issue-row.ts";
import { judgeRow } from "./ledger/judge.ts";
import { takeBackIssues } from "./ledger/take-back-issues.ts";
import type { RowUnit } from "./ledger/unit-of-row.ts";

/** A ledger names the region as its own unit, and who leads beside it. */
const isRegionItself = ({ department, words }: RowUnit) => department === "none" && words === null;

/**
 * An office's ledger of issues. A row whose number or content is known already is that issue: what describes it may be
 * corrected while it is under way; who has to mend it and until when is changed by steps of the loop only.
 */
export default importKind({
  id: "issues",
  title: "问题台账",
  who: ["office", "supervision"],
  columns: {
    no: column("编号 no number 问题编号 交办编号 台账编号 文号", issueNumber),
    assigned: column("交办时间 assigned assignedat 交办日期 下发时间 下达时间 派发时间", moment, {
      date: "day",
    }),
    county: column(`${COUNTY} 所属县区 所在县区 所属县市区 所在县市区 责任县区 板块`, namedRegion, {
      filled: isNew,
      told: countyTold(),
    }),
    problem: column(
      "问题描述 problem description title 存在问题 问题 问题内容 具体问题 主要问题 突出问题 存在的问题 问题情况 问题概述",
      describing("problem"),
      { filled: isNew },
    ),
    unit: column("责任单位 department assignee unit 责任部门 整改单位 整改责任单位 责任主体", ledgerUnit),
    lead: column("主办单位 lead 牵头单位 主办部门 牵头部门 牵头责任单位", ledgerUnit),
    helping: column(
      "协办单位 helping 配合单位 协办部门 配合部门 协助单位 协同单位 配合责任单位 参与单位",
      helpers,
    ),
    source: column("来源 source 问题来源 线索来源 督查类型", describing("source")),
    batch: column("批次 batch 交办批次", describing("batch")),
    town: column("属地镇街 town 镇街 镇街道 乡镇街道 属地镇街道 所属镇街 所在镇街", describing("town")),
    place: column(
      "点位/企业 place 点位企业 企业/点位 企业点位 企业 地点 问题地点 企业名称 地址 问题点位 具体位置 详细地址 位置",
      describing("place"),
    ),
    site: column("点位 station 站点 点位名称 站点名称 监测站点 监测点位", describing("place")),
    category: column("类别 category 问题类别 问题类型 问题分类 污染类型 类型", namedCategory),
    level: column("等级 level 问题等级", describing("level")),
    requirement: column("整改要求 requirement 整改目标 工作要求 交办要求", describing("requirement")),
    due: column(
      "整改时限 due deadline 整改期限 办结时限 完成时限 完成期限 整改完成时限 整改截止时间 整改截止日期 要求完成时间 计划完成时间 限期 期限 时限",
      term,
      { date: "serial" },
    ),
    state: column(
      "状态 state 整改状态 办理状态 销号状态 问题状态 销号情况 办结情况 是否销号 是否办结 是否完成 是否整改 是否完成整改 是否整改到位",
      paperState,
    ),
    progress: column(
      "整改情况 progress 整改进展 整改进度 整改落实情况 整改结果 落实情况 办理情况 办理结果 完成情况 整改完成情况 进展情况",
      paperProgress,
    ),
    closed: column(
      "销号时间 closed closedat 销号日期 办结时间 办结日期 整改完成时间 整改完成日期 实际完成时间",
      closing,
      { date: "day" },
    ),
    photos: column("照片 photos 照片名称 附件照片", describing("photos")),
  },
  needs: ["county", "problem"],
  // Entering an issue writes its history and its notices: of them no more come at once than an export may have.
  mostRows: 5000,
  row({ no, county, place, site, unit, lead, category, progress: how, ...said }): IssueRow | Faults<"lead"> {
    if (unit !== null && lead !== null && !isRegionItself(unit) && unit.department !== lead.department)
      return fault("lead", "主办单位与责任单位不同，一件问题只能有一个主办单位，其余请写在协办单位里");
    // A mere running number counts the rows of one list: another list has the same ones.
    const counts = no !== null && /^\d{1,5}$/.test(no.text) && said.batch === null;
    return {
      ...said,
      repeats: 0,
      state: said.state ?? how?.state ?? null,
      progress: how?.said ?? null,
      no: counts ? null : no,
      region: county,
      place: place ?? site,
      department: unit?.department ?? null,
      unit: unit?.words ?? null,
      lead,
      category: category?.name ?? null,
      categorySaid: category === null || category.said === category.name ? null : category.said,
    };
  },
  once: {
    key: (row) => [keyOf(row)],
    differs: contradictionOf,
    reason: "是同一问题但内容不同",
    repeated(row) {
      row.repeats += 1;
    },
  },
  judge: judgeRow,
  enter: enterIssues,
  takeBack: takeBackIssues,
});
