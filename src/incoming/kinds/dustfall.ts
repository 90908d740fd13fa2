import { type Cell, column, fault, filled, importKind } from "../../chat/import.ts";
import type { RegionId } from "../../domain/ids.ts";
import { readScaled } from "../../intake/cells.ts";
import { quoted } from "../../intake/refusal.ts";
import type { DustfallRow } from "../../store/dustfall.ts";
import { COUNTY, county, day, decimal, month, plainName, plainText, remembered } from "../cells.ts";
import { enterEach } from "../enter-each.ts";
import { monthTold } from "../told.ts";

/** The pilot year of the present air standard; the office has no earlier data. */
const FIRST_YEAR = 2013;
/** Above this a figure is a mistake: ten times what a dusty city has. */
const MOST = 100;
const LOST = /^(样品)?(瓶破|破损|打破|溢出|溢流|鸟粪|污染|丢失|被盗|损坏|失效|无效|缺样)/;

/** Hundredths of t/km², or the word that says why there is no figure. */
type Caught = { hundredths: number } | { lost: string };
const caught: Cell<Caught> = () => (text) => {
  const word = text.trim();
  if (LOST.test(word)) return { value: { lost: word.slice(0, 50) } };
  const scaled = readScaled(text, 2);
  if ("reason" in scaled) return scaled;
  if (scaled.value === 0) return { reason: "降尘量不会是0；点位样品失效请留空或写明“瓶破”等" };
  if (scaled.value > MOST * 100) return { reason: `应在0.01至${MOST}之间，请核对` };
  return { value: { hundredths: scaled.value } };
};

/** The county as of the month, or where only the dates of exposure are said, as of the first of them. */
const place: Cell<string> = async (file) => {
  const [byMonth, byDay] = [await county({ on: "month" })(file), await county({ on: "from" })(file)];
  return (text, before) => (before.month === null ? byDay : byMonth)(text, before);
};

/** A town of the row's county. */
const townOfCounty: Cell<RegionId> = ({ office, today }) => {
  const called = remembered((name) => ({ town: office.subunitCalled(name, today) }));
  return (text, before) => {
    const { town } = called(plainName(text));
    if (town?.kind !== "town")
      return { reason: `没有名为“${quoted(text.trim())}”的镇街，请核对；没有可留空` };
    const heir = (id: string) => office.heirOn(id, today).id;
    if (typeof before.county === "string" && heir(before.county) !== heir(town.county))
      return { reason: `${town.name}不属于本行的县（市、区），请核对` };
    return { value: town.id };
  };
};

const exposure = decimal({ decimals: 1, least: 1, most: 99 });

/**
 * Dustfall of a month by point, as the laboratory reports it: the method's result is a figure of thirty days already, however
 * long the jar stood out. An empty cell is a lost sample. A different value for a known point and month is a correction.
 */
export default importKind({
  id: "dustfall",
  title: "降尘量",
  who: ["office"],
  columns: {
    month: column("月份 month 监测月份", month(FIRST_YEAR, { over: true }), { told: monthTold }),
    from: column("放样日期 from 放缸日期 采样开始日期 开始日期", day(FIRST_YEAR)),
    to: column("收样日期 to 收缸日期 采样结束日期 结束日期", day(FIRST_YEAR)),
    county: filled(COUNTY, place),
    town: column("镇街 town 属地镇街 镇街道 乡镇街道 所在镇街 所属镇街", townOfCounty),
    site: filled(
      "点位 site 降尘点 降尘点位 采样点 采样点位 点位名称 监测点位 监测点 监测点名称 降尘监测点 测点",
      plainText(50),
    ),
    dustfall: column("降尘量 dustfall 降尘 月降尘量", caught, { unit: "t/km²" }),
    days: column("天数 days 采样天数 暴露天数", exposure),
    note: column("备注 note 说明", plainText(200)),
  },
  needs: [["month", "from"], "county", "site", "dustfall"],
  row({ month, from, to, county, town, site, dustfall, days, note }, { today }) {
    if (from !== null && to !== null && to <= from) return fault("to", "不在放样日期之后，请核对");
    const stood = from === null || to === null ? null : daysBetween(from, to);
    if (days !== null && stood !== null && Math.abs(days - stood) > 1)
      return fault("days", `与放样、收样日期不符（相隔${stood}天），请核对`);
    const of = month ?? monthOf(from ?? "", to);
    if (of >= today.toPlainYearMonth().toString()) return fault("from", "采样还没有结束，请核对日期");
    const exposure = days ?? stood;
    return {
      regionId: county,
      site,
      townId: town,
      month: of,
      value: dustfall !== null && "hundredths" in dustfall ? dustfall.hundredths : null,
      exposure: exposure === null ? null : Math.round(exposure * 10),
      note: dustfall !== null && "lost" in dustfall ? dustfall.lost : note,
    };
  },
  once: {
    key: ({ regionId, site, month }) => [regionId, site, month],
    differs: (a, b) => (JSON.stringify(said(a, a)) === JSON.stringify(said(b, b)) ? null : "site"),
    reason: "是同一点位同一月但内容不同",
  },
  enter: enterEach<DustfallRow>({
    subject: ({ regionId, site, month }) => `dustfall/${regionId}/${site}/${month}`,
    value: (row) => said(row, row),
    async known(row, store) {
      const before = await store.dustfall.point(row);
      return before && said(before, row);
    },
    put: (row, { store }) => store.dustfall.put(row),
    day: ({ month }) => `${month}-01`,
  }),
  touches: "dustfall",
});

/** What is said under a row's key, of the town only where the row names one: an empty cell changes nothing. */
function said({ value, exposure, note, townId }: DustfallRow, row: DustfallRow): unknown[] {
  return [value, exposure, note, ...(row.townId === null ? [] : [townId])];
}

const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: "days" }).days;

/** The month that holds the middle of the time in which the jar stood out; it is put out for a month. */
function monthOf(from: string, to: string | null): string {
  const half = to === null ? 15 : Math.floor(daysBetween(from, to) / 2);
  return Temporal.PlainDate.from(from).add({ days: half }).toPlainYearMonth().toString();
}
