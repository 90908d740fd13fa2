import {
  type Cell,
  column,
  type Entered,
  fault,
  filled,
  type Importing,
  importKind,
} from "../../chat/import.ts";
import type { EnterpriseId, RegionId } from "../../domain/ids.ts";
import { type AlertLevel, readLevel } from "../../domain/responses/levels.ts";
import type { Enterprise } from "../../store/enterprises.ts";
import { COUNTY, county, degrees, phoneNumber, plainName, plainText } from "../cells.ts";
import { levelTold } from "../told.ts";

const name: Cell<string> = () => (text) => {
  const plain = plainName(text);
  return plain.length > 60 ? { reason: "企业名称不能超过60字，请核对" } : { value: plain };
};

const grade: Cell<string> = () => (text) => {
  const said = plainName(text)
    .toUpperCase()
    .replace(/(级|企业)+$/, "");
  return /^([A-D][-+]?|引领性|非引领性|未评级|无)$/.test(said)
    ? { value: said === "无" ? "未评级" : said }
    : { reason: "绩效分级应为A、B、C、D、引领性、非引领性或未评级" };
};

const level: Cell<AlertLevel> = () => (text) => {
  const found = readLevel(text);
  return found === null ? { reason: "级别应为黄色、橙色或红色，每个级别一行" } : { value: found };
};

/** What a row says of the enterprise; each row of one enterprise says the same. */
type Facts = Pick<
  Enterprise,
  | "name"
  | "regionId"
  | "industry"
  | "grade"
  | "contactName"
  | "contactPhone"
  | "meterNo"
  | "longitude"
  | "latitude"
>;
type Row = Facts & { level: AlertLevel; measure: string; indicator: string };

/** The emergency list 一厂一策: what each enterprise does at which level of an alert, a row for each measure or a column for each level. */
export default importKind({
  id: "enterprises",
  title: "应急减排清单",
  who: ["office"],
  columns: {
    enterprise: filled("企业 enterprise 企业名称 单位名称", name),
    county: filled(COUNTY, county()),
    industry: filled("行业 industry 所属行业 行业类别 行业类型", plainText(30)),
    grade: filled("绩效分级 grade 绩效级别 绩效等级 分级", grade),
    level: filled("级别 level 预警级别 响应级别 预警等级 应急级别", level, { told: levelTold }),
    measure: filled("减排措施 measure 应急减排措施 应急措施 措施", plainText(300)),
    indicator: filled("可核查指标 indicator 核查指标 关键性指标 核查方法 核查方式 核查要点", plainText(200)),
    contact: column("联系人 contact 企业联系人", plainText(20)),
    phone: column("联系电话 phone 电话 手机 联系方式", phoneNumber),
    meter: column("电表号 meter 用电户号 电表编号 户号", plainText(30)),
    longitude: column("经度 longitude lng", degrees("longitude")),
    latitude: column("纬度 latitude lat", degrees("latitude")),
  },
  needs: ["enterprise", "county", "industry", "grade", "level", "measure", "indicator"],
  mostRows: 20_000,
  row: ({ enterprise, county: regionId, contact, phone: contactPhone, meter, ...row }): Row => ({
    name: enterprise,
    regionId,
    industry: row.industry,
    grade: row.grade,
    contactName: contact,
    contactPhone,
    meterNo: meter,
    longitude: row.longitude,
    latitude: row.latitude,
    level: row.level,
    measure: row.measure,
    indicator: row.indicator,
  }),
  once: {
    key: ({ name, level, measure }) => [name, level, measure],
    differs: (a, b) => (JSON.stringify(a) === JSON.stringify(b) ? null : "indicator"),
    reason: "是同一企业同一级别的同一措施但内容不同",
  },
  judge: judgeAlike,
  enter: enterList,
});

/** The first row of each enterprise of a file. */
const firstOf = new WeakMap<Importing, Map<string, Row>>();

/** One enterprise can't be of two counties, industries or grades; what one row leaves empty another may say. */
async function judgeAlike(row: Row, file: Importing) {
  const known = firstOf.get(file) ?? new Map<string, Row>();
  firstOf.set(file, known);
  const first = known.get(row.name);
  if (first === undefined) {
    known.set(row.name, { ...row });
    return row;
  }
  const columns = { regionId: "county", industry: "industry", grade: "grade" } as const;
  for (const [key, column] of Object.entries(columns) as ["regionId" | "industry" | "grade", "county"][])
    if (row[key] !== first[key]) return fault(column, "与该企业前面的行不一致，请核对");
  first.contactName ??= row.contactName;
  first.contactPhone ??= row.contactPhone;
  first.meterNo ??= row.meterNo;
  first.longitude ??= row.longitude;
  first.latitude ??= row.latitude;
  return row;
}

/**
 * An enterprise of the file stands in the list from then on, with what its rows say; at each level that they name its
 * measures are theirs and no others. What isn't in the file stays as it was.
 */
async function enterList(rows: readonly Row[], file: Importing): Promise<Entered> {
  const { store, by, now, batch } = file;
  const counts = { added: 0, corrected: 0, unchanged: 0 };
  const stamp = { personId: by?.id ?? null, at: now.epochMilliseconds, batchId: batch };
  for (const [name, own] of Map.groupBy(rows, (row) => row.name)) {
    const said = firstOf.get(file)?.get(name) ?? own[0];
    if (said === undefined) continue;
    const known = await store.enterprises.byName(name);
    const facts = merged(said, known);
    const before = known && JSON.stringify(merged(known, null));
    let id: EnterpriseId;
    if (known === null) {
      id = (await store.enterprises.add({ ...facts, createdAt: now.epochMilliseconds })).id;
    } else {
      id = known.id;
      if (known.endedOn !== null || before !== JSON.stringify(facts)) {
        await store.enterprises.change(id, { ...facts, endedOn: null });
        await store.revisions.add({
          subject: `enterprise/${id}`,
          before: { ...merged(known, null), endedOn: known.endedOn },
          after: facts,
          ...stamp,
        });
      }
    }
    const standing = known === null ? [] : await store.enterprises.measuresOf(id);
    for (const [at, listed] of Map.groupBy(own, (row) => row.level)) {
      const old = standing.filter((one) => one.level === at);
      const textOf = (one: { measure: string; indicator: string }) => `${one.measure}\n${one.indicator}`;
      const isNew = (row: Row) => !old.some((one) => one.measure === row.measure);
      const isSame = (row: Row) => old.some((one) => textOf(one) === textOf(row));
      counts.added += listed.filter(isNew).length;
      counts.unchanged += listed.filter(isSame).length;
      counts.corrected += listed.filter((row) => !isNew(row) && !isSame(row)).length;
      if (old.map(textOf).join("\n\n") === listed.map(textOf).join("\n\n")) continue;
      await store.enterprises.setMeasures(id, at, listed);
      if (old.length > 0)
        await store.revisions.add({
          subject: `enterprise_measure/${id}/${at}`,
          before: old.map(textOf),
          after: listed.map(textOf),
          ...stamp,
        });
    }
  }
  return counts;
}

/** What is known of an enterprise when a row has said its part: an empty cell takes nothing away. */
function merged(said: Facts, known: Facts | null): Facts {
  return {
    name: said.name,
    regionId: said.regionId as RegionId,
    industry: said.industry,
    grade: said.grade,
    contactName: said.contactName ?? known?.contactName ?? null,
    contactPhone: said.contactPhone ?? known?.contactPhone ?? null,
    meterNo: said.meterNo ?? known?.meterNo ?? null,
    longitude: said.longitude ?? known?.longitude ?? null,
    latitude: said.latitude ?? known?.latitude ?? null,
  };
}
