import { type Refusal, refuse } from "../chat/refusal.ts";
import type { Subunit } from "../domain/plan/subunits.ts";
import { namesOf } from "../office/names.ts";
import type { Office } from "../office/office.ts";
import type { Issue } from "../store/issues.ts";

/** The towns and bureaus of an issue's county that a list names: 城东镇、住建局. A name that isn't known is refused by itself. */
export function subunitsNamed(
  said: string | undefined,
  { regionId }: Pick<Issue, "regionId">,
  { office, today }: { office: Office; today: Temporal.PlainDate },
): Subunit[] | Refusal {
  const all = office.subunitsOf(regionId, today);
  const county = office.heirOn(regionId, today);
  const found: Subunit[] = [];
  const ownName = (word: string) =>
    word.replace(new RegExp(`^(?:${county.name}|${county.short}[市县区]?)`), "");
  const unitCalled = (word: string) =>
    all.find(({ name, short, aliases }) =>
      [name, short, ...aliases].some((called) => called === word || called === ownName(word)),
    );
  const words = said?.split(/[、，,；;\s]+/).filter(Boolean) ?? [];
  // 住房和城乡建设局 is one, 城东镇和住建局 are two.
  for (const word of words.flatMap((one) =>
    unitCalled(one) ? [one] : one.split(/[和及]+/).filter(Boolean),
  )) {
    const own = ownName(word);
    const unit = unitCalled(word);
    if (unit === undefined) {
      const towns = all.filter(({ kind }) => kind === "town").map(({ short }) => short);
      const near = namesOf(office).nearest(own, [
        ...towns,
        ...office.pack.departments.map(({ short }) => short),
      ]);
      const hint =
        near.length > 0
          ? `您要找的是“${near.join("”或“")}”吗？`
          : `请写${county.short}的${towns.length > 0 ? `镇街（${towns.slice(0, 3).join("、")}等）或` : ""}部门（如住建局），几个用顿号隔开。`;
      return refuse("usage", `“${word.slice(0, 20)}”不是${county.short}的镇街或部门。${hint}`, near);
    }
    if (!found.includes(unit)) found.push(unit);
  }
  return found;
}
