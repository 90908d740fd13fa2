import { column, type Faults, fault, importKind } from "../../chat/import.ts";
import { COUNTY } from "../cells.ts";
import { countyTold } from "../told.ts";
import {
  describing,
  helpers,
  isNew,
  issueNumber,
  moment,
  namedDepartment,
  namedRegion,
  term,
} from "./ledger/cells.ts";
import { enterIssues } from "./ledger/enter-issues.ts";
import { contentOf, type IssueRow, keyOf } from "./ledger/issue-row.ts";
import { judgeRow } from "./ledger/judge.ts";

/**
 * An office's ledger of issues. A row whose number or content is known already is that issue: what describes it may be
 * corrected while it is under way; who has to mend it and until when is changed by steps of the loop only.
 */
export default importKind({
  id: "issues",
  title: "问题台账",
  who: ["office", "supervision"],
  columns: {
    no: column("编号 no number 问题编号 交办编号", issueNumber),
    assigned: column("交办时间 assigned assignedat 交办日期", moment, { date: "serial" }),
    county: column(COUNTY, namedRegion, { filled: isNew, told: countyTold() }),
    problem: column(
      "问题描述 problem description title 存在问题 问题 问题内容 具体问题",
      describing("problem"),
      { filled: isNew },
    ),
    department: column("责任单位 department assignee unit 责任部门", namedDepartment),
    lead: column("主办单位 lead 牵头单位 主办部门 牵头部门", namedDepartment),
    helping: column("协办单位 helping 配合单位 协办部门 配合部门 协助单位", helpers),
    source: column("来源 source 问题来源", describing("source")),
    batch: column("批次 batch 交办批次", describing("batch")),
    town: column("属地镇街 town 镇街 镇街道 乡镇街道 属地镇街道 所属镇街 所在镇街", describing("town")),
    place: column(
      "点位/企业 place 点位企业 企业/点位 企业点位 企业 地点 问题地点 企业名称 地址",
      describing("place"),
    ),
    site: column("点位 station 站点 点位名称 站点名称 监测站点 监测点位", describing("place")),
    category: column("类别 category 问题类别 问题类型", describing("category")),
    level: column("等级 level 问题等级", describing("level")),
    due: column("整改时限 due deadline 整改期限 办结时限", term, { date: "serial" }),
    photos: column("照片 photos 照片名称 附件照片", describing("photos")),
  },
  needs: ["county", "problem"],
  // Entering an issue writes its history and its notices: of them no more come at once than an export may have.
  mostRows: 5000,
  row({ no, county, place, site, lead, department, ...said }): IssueRow | Faults<"lead"> {
    if (lead !== null && department !== null && lead !== department)
      return fault("lead", "主办单位与责任单位不同，一件问题只能有一个主办单位，其余请写在协办单位里");
    // A mere running number counts the rows of one list: another list has the same ones.
    const counts = no !== null && /^\d{1,5}$/.test(no.text) && said.batch === null;
    return {
      ...said,
      no: counts ? null : no,
      region: county,
      department,
      lead,
      place: place ?? site,
    };
  },
  once: {
    key: (row) => [keyOf(row)],
    differs: (a, b) =>
      contentOf(a) !== contentOf(b)
        ? "no"
        : JSON.stringify([a.lead, a.helping]) === JSON.stringify([b.lead, b.helping])
          ? null
          : "helping",
    reason: "编号相同但内容不同",
  },
  judge: judgeRow,
  enter: enterIssues,
});
