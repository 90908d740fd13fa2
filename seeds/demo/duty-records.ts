import type { PlanPack } from "../../src/domain/plan/pack.ts";
import { regionsAtStart } from "./stations.ts";

/** Something that was done of a standing duty, fictional; without a region it was the city's. */
type DemoDutyRecord = { kind: string; region: string | null; date: string; place: string; result: string };

/** What was done when, by month and day; `region` counts the regions of the year's start. */
const DONE = [
  {
    kind: "mobile-survey",
    region: 0,
    on: "05-14",
    place: "化工园区",
    result: "走航42公里，VOCs高值2处，已通报园区",
  },
  {
    kind: "power-patrol",
    region: null,
    on: "05-20",
    place: "监控平台",
    result: "巡检联网企业310家，异常9家，已核实6家",
  },
  { kind: "publicity", region: null, on: "05-22", place: "广播电视台", result: "播出治气专题1期" },
  { kind: "blacklist", region: null, on: "05-27", place: "交通运输局", result: "列入重点监管运输企业1家" },
  {
    kind: "mobile-survey",
    region: 2,
    on: "06-10",
    place: "沿江园区",
    result: "走航36公里，PM10高值1处，已交办",
  },
  {
    kind: "list-update",
    region: null,
    on: "06-12",
    place: "生态环境局",
    result: "新增企业3家，调整12家，已报备",
  },
  {
    kind: "regional-cooperation",
    region: null,
    on: "09-25",
    place: "视频会议",
    result: "与周边城市会商秋冬季联动",
  },
  { kind: "accountability", region: 4, on: "10-16", place: "镇政府", result: "整改不力约谈责任人1名" },
  { kind: "artificial-rain", region: null, on: "11-17", place: "作业点3处", result: "作业3次，降水4毫米" },
  { kind: "publicity", region: 1, on: "11-20", place: "社区广场", result: "绿色出行宣传，约300人参加" },
] as const;

export function demoDutyRecords({ year, records, ...pack }: PlanPack): DemoDutyRecord[] {
  const regions = regionsAtStart({ year, records, ...pack });
  return DONE.filter(({ kind }) => records.some(({ id }) => id === kind)).map(({ region, on, ...row }) => ({
    ...row,
    region: region === null ? null : (regions[region]?.id ?? null),
    date: `${year}-${on}`,
    place: `演示·${row.place}`,
  }));
}
