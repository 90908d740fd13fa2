import type { PlanPack } from "../../src/domain/plan/pack.ts";

/** The region that stands for `id` on `date`: itself, or what it became part of. */
export function regionOn(pack: PlanPack, id: string, date: string): string {
  const region = pack.regions.find((candidate) => candidate.id === id);
  if (!region) throw new Error(`方案包没有地区“${id}”。`);
  if (region.to === undefined || date <= region.to) return id;
  if (region.successor === undefined)
    throw new Error(`地区“${id}”已于${region.to}撤销，方案包没有写承接地区。`);
  return regionOn(pack, region.successor, date);
}
