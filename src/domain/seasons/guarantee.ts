import { z } from "zod";
import type { IsoDate } from "../air/day.ts";
import { codeOrder } from "../code-order.ts";
import { seasonFrom } from "../duties/cycles.ts";
import type { RegionId } from "../ids.ts";
import type { PlanPack } from "../plan/pack.ts";
import { type GuaranteeTarget, guaranteeTargetSchema } from "../plan/pack-guarantees.ts";

/** A stretch of days whose air is guaranteed, or that has targets of its own; both days inclusive. */
export type Guarantee = {
  /** Names it for good: that of the pack, or the row that the office made. */
  key: string;
  packId: string | null;
  name: string;
  from: IsoDate;
  to: IsoDate;
  targets: readonly GuaranteeTarget[];
  measures: string | null;
};

/** A decision of the office as it is stored: one of its own, or what takes the place of the pack's. */
export type GuaranteeRow = {
  id: number;
  packId: string | null;
  name: string;
  from: string;
  to: string;
  targets: string;
  measures: string | null;
  cancelledAt: number | null;
};

const stored = z.array(guaranteeTargetSchema);

/** Those that there are, by their first day: the pack's, each as the office decided on it last, and the office's own. */
export function guaranteesOf(pack: PlanPack, rows: readonly GuaranteeRow[]): Guarantee[] {
  const decided = new Map(rows.flatMap((row) => (row.packId === null ? [] : [[row.packId, row] as const])));
  const ofPack = pack.settings.guarantees.flatMap((one): Guarantee[] => {
    const row = decided.get(one.id);
    if (row !== undefined) return row.cancelledAt === null ? [asDecided(row)] : [];
    const found = asInPack(one, pack);
    return found === null ? [] : [found];
  });
  const known = new Set(pack.settings.guarantees.map(({ id }) => id));
  const own = rows.filter(({ packId, cancelledAt }) => cancelledAt === null && !known.has(packId ?? ""));
  return [...ofPack, ...own.map(asDecided)].sort(
    (a, b) => codeOrder(a.from, b.from) || codeOrder(b.to, a.to),
  );
}

type OfPack = PlanPack["settings"]["guarantees"][number];

/** What a pack makes of each of its own, which never changes, while every card of a county asks. */
const made = new WeakMap<PlanPack, Map<OfPack, Guarantee | null>>();

/** One as the pack has it; null where it doesn't say on which days. */
function asInPack(one: OfPack, pack: PlanPack): Guarantee | null {
  const ofPack = made.get(pack) ?? new Map<OfPack, Guarantee | null>();
  made.set(pack, ofPack);
  const known = ofPack.get(one);
  if (known !== undefined) return known;
  const days =
    one.season === undefined ? one : pack.seasons?.find(({ names }) => names.includes(one.season ?? ""));
  let found: Guarantee | null = null;
  if (days?.from !== undefined && days.to !== undefined) {
    const { from, to } = seasonFrom({ from: days.from, to: days.to }, pack.year);
    found = {
      ...{ key: one.id, packId: one.id, name: one.name, from: from.toString(), to: to.toString() },
      ...{ targets: one.targets, measures: one.measures ?? null },
    };
  }
  ofPack.set(one, found);
  return found;
}

const asDecided = ({ id, packId, name, from, to, targets, measures }: GuaranteeRow): Guarantee => ({
  ...{ key: packId ?? `own-${id}`, packId, name, from, to, measures },
  targets: stored.parse(JSON.parse(targets)),
});

/** Those that run on a day. */
export const runningOn = (all: readonly Guarantee[], day: IsoDate): Guarantee[] =>
  all.filter(({ from, to }) => from <= day && day <= to);

/** The targets of a region, or, under null, of the city; a region's may have been set under a forerunner's id. */
export const targetsFor = ({ targets }: Guarantee, lineage: readonly RegionId[] | null): GuaranteeTarget[] =>
  targets.filter(({ region }) => (lineage === null ? region === undefined : lineage.includes(region ?? "")));

/** The targets with another value of one of them. */
export const withTarget = (
  targets: readonly GuaranteeTarget[],
  target: GuaranteeTarget,
): GuaranteeTarget[] => [
  ...targets.filter((one) => one.metric !== target.metric || one.region !== target.region),
  target,
];
