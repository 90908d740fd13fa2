import { changePct } from "../domain/air/change.ts";
import { keepsTo, type RegionDustfall, regionDustfall } from "../domain/air/dustfall.ts";
import { type Ranking, rankBy } from "../domain/air/ranking.ts";
import type { Region } from "../domain/plan/pack.ts";
import { type Office, tieOrder } from "../office/office.ts";
import type { DustfallRow } from "../store/dustfall.ts";
import type { Reader } from "../store/store.ts";

/** A region's dustfall of a month, with the points that it rests on. */
export type DustfallMonth = RegionDustfall & {
  month: string;
  /** Whether it keeps to the plan's limit; null without a value or a limit. */
  keeps: boolean | null;
  samples: readonly DustfallRow[];
};

/** What the plan allows each county a month, in t/(km²·30 d) as decimal text; null where it sets nothing. */
export function dustfallLimit(office: Office): string | null {
  return office.pack.targets.find(({ metric }) => metric === "dustfall-month")?.value ?? null;
}

/** Each region's months within [from, to] that have points, oldest first; the points of what has become part of it are its own. */
export async function dustfallOf(
  store: Reader,
  office: Office,
  regions: readonly Region[],
  { from, to }: { from: string; to: string },
): Promise<ReadonlyMap<string, readonly DustfallMonth[]>> {
  const limit = dustfallLimit(office);
  const rows = await store.dustfall.between(from, to);
  const monthsOf = (region: Region): DustfallMonth[] => {
    const own = new Set(office.lineage(region.id));
    const byMonth = Map.groupBy(
      rows.filter(({ regionId }) => own.has(regionId)),
      ({ month }) => month,
    );
    return [...byMonth].map(([month, samples]) => {
      const figure = regionDustfall(samples);
      return { ...figure, month, samples, keeps: limit === null ? null : keepsTo(limit, figure) };
    });
  };
  return new Map(regions.map((region) => [region.id, monthsOf(region)]));
}

/** Change of a region's month on the same month of the year before, in percent; null where either has no value. */
export type DustfallChange = (region: Region, value: number | null) => number | null;

/** The counties of a month, least dustfall first, and what each rests on. */
export async function dustfallRanking(
  store: Reader,
  office: Office,
  regions: readonly Region[],
  month: string,
): Promise<{
  ranking: Ranking<Region>;
  figures: ReadonlyMap<string, DustfallMonth>;
  change: DustfallChange;
}> {
  const before = Temporal.PlainYearMonth.from(month).subtract({ years: 1 }).toString();
  const ofMonth = async (one: string) => {
    const found = await dustfallOf(store, office, regions, { from: one, to: one });
    return new Map([...found].flatMap(([id, [only]]) => (only === undefined ? [] : [[id, only]])));
  };
  const [figures, then] = [await ofMonth(month), await ofMonth(before)];
  const rows = regions.map((region) => {
    const figure = figures.get(region.id);
    const reason = figure === undefined ? "无降尘数据" : `${figure.points}个点位样品全部失效`;
    return { key: region, value: figure?.value ?? null, order: tieOrder(region), reason };
  });
  return {
    ranking: rankBy(rows, "ascending"),
    figures,
    change: (region, value) => changePct(value, then.get(region.id)?.value ?? null),
  };
}
