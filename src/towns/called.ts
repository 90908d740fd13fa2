import { type Refusal, refuse } from "../chat/refusal.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Subunit } from "../domain/plan/subunits.ts";
import type { Holder } from "../domain/posts.ts";
import type { Office } from "../office/office.ts";
import { ownCounties } from "./own-counties.ts";

/**
 * The town that a name stands for: of several of one name that of the county that is said, or else that of the speaker's own; where
 * that tells nothing it is asked which.
 */
export function townCalled(
  name: string,
  county: Region | undefined,
  { person, office, today }: { person: Holder; office: Office; today: Temporal.PlainDate },
): Subunit | Refusal {
  const all = office.subunitsCalled(name, today).filter(({ kind }) => kind === "town");
  const countyOf = (town: Subunit) => office.heirOn(town.county, today).short;
  const own = ownCounties(person, office, today);
  const of = (shorts: readonly string[] | null | undefined) =>
    all.filter((town) => shorts?.includes(countyOf(town)) ?? true);
  const found = county === undefined ? (of(own).length === 1 ? of(own) : all) : of([county.short]);
  const [one, ...others] = found;
  if (one !== undefined && others.length === 0) return one;
  if (one === undefined)
    return refuse("no-data", `${county?.short ?? ""}没有名为“${name}”的镇街。发送“镇街 名单”看名单。`, [
      "镇街 名单",
    ]);
  const full = found.map((town) => `${countyOf(town)}${town.short}`);
  return refuse("usage", `有${found.length}个${name}：${full.join("、")}。请选择。`, full);
}
