import { type Faults, fault, type Importing, type RowsContext } from "../../../chat/import.ts";
import type { IsoDate } from "../../../domain/air/day.ts";
import { codeOrder } from "../../../domain/code-order.ts";
import type { RegionId } from "../../../domain/ids.ts";
import type { EnteredTown } from "../../../domain/plan/entered-towns.ts";
import type { Town } from "../../../domain/plan/pack.ts";
import { townsCalled } from "../../../domain/plan/towns-called.ts";
import { quoted } from "../../../intake/refusal.ts";

/** Says of a town that it has not ended after all: an empty cell never says so. */
export const REOPENED = "清除";

/** What a row says; null where it says nothing. */
export type ListedTown = {
  county: string;
  name: string;
  from: IsoDate | null;
  to: IsoDate | typeof REOPENED | null;
  into: string | null;
};
/** A town as it is to stand, and as it stood. */
type TownChange = { town: EnteredTown; before: EnteredTown | null };
/** What a row makes of its town, and of those that go on otherwise because of it. */
export type TownPut = TownChange & { also: readonly TownChange[] };

/** Of a file: its rows, the new towns that they have made so far, by county, name and first day, and those that stay ended. */
type FileOfTowns = { rows: ListedTown[]; made: Map<string, RegionId>; ended: EnteredTown[] };
const files = new WeakMap<RowsContext, FileOfTowns>();

function fileOf(file: RowsContext): FileOfTowns {
  const known = files.get(file) ?? { rows: [], made: new Map(), ended: [] };
  files.set(file, known);
  return known;
}
/** What one row is merged into may stand in another. */
export const rememberTown = (row: ListedTown, file: RowsContext) => fileOf(file).rows.push(row);

/** Towns that have ended and of which a row leaves their last day out, so that they stay so. */
export const townsStillEnded = (file: RowsContext): readonly EnteredTown[] => fileOf(file).ended;

/** What a row makes of its town. What it merges into has to be there on the day after, in the list or in the same file. */
export async function judgeTown(
  row: ListedTown,
  file: Importing,
): Promise<TownPut | Faults<"from" | "to" | "into">> {
  const all = called(row.name, row.county, file);
  const known = all.findLast(({ to }) => row.from === null || to === undefined || to >= row.from);
  const before = known === undefined ? null : enteredOf(known);
  // Since it took another in it is a record of its own, whose first day follows from that.
  const goesOn = all.find(({ successor }) => successor !== undefined && successor === known?.id);
  const begins = goesOn === undefined ? row.from : null;
  if (goesOn !== undefined && row.from !== null && ![goesOn.from, known?.from].includes(row.from))
    return fault("from", `自${known?.from}起是合并后的镇街，启用日期不能再改`);
  if (row.to === REOPENED && before === null)
    return fault("to", `没有停用过名为“${quoted(row.name)}”的镇街，新设的请留空`);
  if (row.to === null && before !== null && before.to !== null) fileOf(file).ended.push(before);
  const town: EnteredTown = {
    ...(before ?? {
      ...{ id: newId(row.county, row.name, row.from, file), name: row.name, county: row.county as RegionId },
      ...{ from: null, to: null, successor: null },
    }),
    ...(begins === null ? {} : { from: begins }),
    ...(row.to === REOPENED ? { to: null, successor: null } : row.to === null ? {} : { to: row.to }),
  };
  if (town.from !== null && town.to !== null && town.to < town.from)
    return fault("to", `早于启用日期${town.from}，请核对`);
  if (row.to === null || row.to === REOPENED || row.into === null) return { town, before, also: [] };
  const heir = heirOf(row.into, row.county, row.to, file);
  if ("faults" in heir) return heir;
  return { town: { ...town, successor: heir.id }, before, also: heir.also };
}

/** What goes on after a town's last day under a name: a record that begins on the day after, made where there is none. */
function heirOf(
  said: string,
  county: string,
  last: IsoDate,
  file: Importing,
): { id: RegionId; also: readonly TownChange[] } | Faults<"into"> {
  const from = dayAfter(last);
  const found = called(said, county, file);
  const begun = found.find((one) => one.from === from);
  if (begun !== undefined) return { id: begun.id, also: [] };
  const { rows } = fileOf(file);
  if (rows.some((row) => row.county === county && row.name === said && row.from === from))
    return { id: newId(county, said, from, file), also: [] };
  const goesOn = found.find((one) => (one.from ?? "") <= last && (one.to ?? "9999") >= from);
  if (goesOn === undefined) {
    const { names, office } = file;
    const all = townsIn(county, file).map(({ short }) => short);
    const [near] = names.nearest(said, all);
    const guess = near === undefined ? "" : `您要找的是“${near}”吗？`;
    const { short } = office.region(county as RegionId);
    return fault(
      "into",
      `${short}在${from}没有名为“${quoted(said)}”的镇街，${guess}新设的请另写一行，启用日期填${from}`,
    );
  }
  // The town that takes another in: its own figures before stay its own.
  const old = enteredOf(goesOn);
  const id = newId(county, said, from, file);
  return {
    id,
    also: [
      { town: { ...old, id, from }, before: null },
      { town: { ...old, to: last, successor: id }, before: old },
    ],
  };
}

export const dayAfter = (date: IsoDate): IsoDate => Temporal.PlainDate.from(date).add({ days: 1 }).toString();

/** All towns that a county and its forerunners have or had. */
const townsIn = (county: string, { office }: Pick<RowsContext, "office">): readonly Town[] => {
  const counties = office.lineage(county as RegionId);
  return office.pack.towns.filter((town) => counties.includes(town.county));
};

/** A county's towns of a name, those of later days last. */
function called(said: string, county: string, file: Pick<RowsContext, "office">): readonly Town[] {
  return townsCalled(said, file.office.region(county as RegionId), townsIn(county, file)).toSorted((a, b) =>
    codeOrder(a.from ?? "", b.from ?? ""),
  );
}

const enteredOf = ({ id, name, county, from, to, successor }: Town): EnteredTown => ({
  ...{ id, name, county },
  ...{ from: from ?? null, to: to ?? null, successor: successor ?? null },
});

/** The id of a town that is new with this file: what no pack can have, by its county. */
function newId(county: string, name: string, from: IsoDate | null, file: RowsContext): RegionId {
  const { made } = fileOf(file);
  const key = `${county} ${name} ${from}`;
  const prefix = `${county}.town-`;
  const taken = [...file.office.pack.towns.map(({ id }) => id as string), ...made.values()];
  const last = Math.max(
    0,
    ...taken.flatMap((id) => (id.startsWith(prefix) ? [Number(id.slice(prefix.length))] : [])),
  );
  const id = made.get(key) ?? (`${prefix}${last + 1}` as RegionId);
  made.set(key, id);
  return id;
}
