import type { DustfallStanding } from "../domain/air/dustfall-standing.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Office } from "../office/office.ts";
import type { NightTightening } from "../store/night-permits.ts";
import type { Writer } from "../store/store.ts";
import { nightStandings } from "./night-standing.ts";

/** What has become of a county since it was last told. `was` is what it was told then, of a lifting that is taken back too. */
export type DustfallTurn = {
  kind: "tightened" | "still-over" | "corrected" | "lifted";
  region: Region;
  standing: DustfallStanding;
  was: NightTightening | null;
  /** The row that stands for it now. */
  row: number;
  /** Another figure of a month that was told already has brought it about. */
  byCorrection: boolean;
};

const tenthsOf = ({ value }: DustfallStanding): number => Math.round(value * 10);

/**
 * Holds each county's newest dustfall against what it was told and writes down what is other: tightened from a month that is
 * over, lifted with the one that meets the limit. In the caller's transaction, which tells of it.
 */
export async function lookAtDustfall({
  store,
  office,
  today,
}: {
  store: Writer;
  office: Office;
  today: Temporal.PlainDate;
}): Promise<readonly DustfallTurn[]> {
  const regions = office.regionsOf({ to: today }, today);
  const standings = await nightStandings(regions, { store, office, today });
  const open = await store.nightPermits.tightened();
  const changes: DustfallTurn[] = [];
  for (const region of regions) {
    const standing = standings.get(region.id);
    if (!standing) continue;
    // Of regions that have become one each may have been told.
    const own = open.filter(({ regionId }) => office.heirOn(regionId, today).id === region.id);
    const was = own.at(-1) ?? null;
    const tenths = tenthsOf(standing);
    const told = { month: standing.month, tenths };
    if (standing.over && was === null) {
      const last = await store.nightPermits.lastLifted(office.lineage(region.id));
      const since = today.toString();
      const row = await store.nightPermits.tighten({ regionId: region.id, since, ...told });
      const byCorrection = last?.liftedMonth === standing.month;
      changes.push({
        kind: "tightened",
        region,
        standing,
        was: byCorrection ? last : null,
        row,
        byCorrection,
      });
    } else if (standing.over && was !== null) {
      if (was.month === standing.month && was.tenths === tenths) continue;
      await store.nightPermits.retell(was.id, told);
      const isNewer = standing.month > was.month;
      const kind = isNewer ? "still-over" : "corrected";
      changes.push({ kind, region, standing, was, row: was.id, byCorrection: !isNewer });
    } else if (was !== null) {
      for (const { id } of own)
        await store.nightPermits.lift(id, { liftedOn: today.toString(), liftedMonth: standing.month });
      const byCorrection = standing.month <= was.month;
      changes.push({ kind: "lifted", region, standing, was, row: was.id, byCorrection });
    }
  }
  return changes;
}
