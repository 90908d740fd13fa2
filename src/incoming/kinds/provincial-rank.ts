import { type Cell, column, fault, filled, importKind } from "../../chat/import.ts";
import type { ProvincialRank } from "../../store/provincial-ranks.ts";
import { COUNTY, county, decimal, month } from "../cells.ts";
import { enterEach } from "../enter-each.ts";
import { monthTold } from "../told.ts";

/** The pilot year of the present air standard; the office has no earlier data. */
const FIRST_YEAR = 2013;
/** More counties than any province ranks. */
const MOST = 300;

/** 46, 第46名, 46（并列）: a rank that is shared is one of at least two. */
type Place = { rank: number; shared: boolean };
const place: Cell<Place> = () => (text) => {
  const folded = text.normalize("NFKC").replace(/\s/g, "");
  const shared = /并列/.test(folded);
  const number = /^第?(\d{1,3})(名|位)?$/.exec(folded.replace(/\(?并列\)?/, ""))?.[1];
  if (number !== undefined && Number(number) > 0) return { value: { rank: Number(number), shared } };
  if (/^倒/.test(folded)) return { reason: "请写正数的位次：共54个时，倒1写54，倒2写53" };
  return { reason: "不是位次，请只填数字；不在公布名单里的请留空" };
};

const count = decimal({ decimals: 0, least: 1, most: MOST });

/**
 * Counties' places in the province's monthly ranking by PM2.5. An empty rank is an unknown one: the county is in neither of
 * the lists that are made public. A different place for a known month is a correction.
 */
export default importKind({
  id: "provincial-rank",
  title: "全省排名",
  who: ["office"],
  columns: {
    month: filled("月份 month", month(FIRST_YEAR, { over: true }), { told: monthTold }),
    county: filled(COUNTY, county({ on: "month" })),
    "PM2.5": column("PM2.5 PM2.5浓度 细颗粒物", decimal({ decimals: 1, most: 1000 }), { unit: "µg/m³" }),
    rank: column("名次 rank 位次 全省位次 全省名次", place),
    total: column("总数 of 参评总数 参与排名数 县区总数", count, {
      filled: ({ rank }) => rank !== null,
      missing: "有名次的须写明共有多少个县（市、区）参加排名",
    }),
    tied: column("并列数 tied 并列", count),
  },
  needs: ["month", "county", "rank", "total"],
  row({ month, county, "PM2.5": pm25, rank, total, tied }) {
    if (rank !== null && total !== null && rank.rank > total)
      return fault("rank", `名次在总数${total}之外，请核对`);
    if (rank?.shared && tied === 1) return fault("tied", "名次写了并列，并列数应是2或更多");
    return {
      month,
      regionId: county,
      pm25: pm25 === null ? null : Math.round(pm25 * 10),
      rank: rank?.rank ?? null,
      total,
      tied: tied ?? (rank?.shared ? 2 : 1),
    };
  },
  once: {
    key: ({ regionId, month }) => [regionId, month],
    differs: (a, b) => (JSON.stringify(said(a)) === JSON.stringify(said(b)) ? null : "rank"),
    reason: "是同一县区同一月但名次不同",
  },
  enter: enterEach<ProvincialRank>({
    subject: ({ regionId, month }) => `provincial_rank/${regionId}/${month}`,
    value: said,
    async known({ regionId, month }, store) {
      const before = await store.provincialRanks.place(regionId, month);
      return before && said(before);
    },
    put: (row, { store }) => store.provincialRanks.put(row),
    day: ({ month }) => `${month}-01`,
  }),
  touches: "provincial-rank",
});

/** What a row says under its key. */
function said({ pm25, rank, total, tied }: ProvincialRank): unknown[] {
  return [pm25, rank, total, tied];
}
