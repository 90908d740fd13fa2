import type { DepartmentId, RegionId } from "../../../domain/ids.ts";
import type { Read } from "../../../domain/reading.ts";
import { quoted } from "../../../intake/refusal.ts";
import type { Names } from "../../../office/names.ts";
import type { Office } from "../../../office/office.ts";
import { regionOfRow, unspaced } from "./region-of-row.ts";

/** Who has to mend it: a department of the city, or `none` where it is the county itself, with its bodies. */
export type RowUnit = {
  department: DepartmentId | "none";
  /** The cell's words, where they say more than that. */
  words: string | null;
};
type Around = {
  office: Office;
  names: Names;
  /** The day of assignment, and the county of the row as it was then. */
  date: string;
  county: RegionId | null;
};

/**
 * The unit that a cell names in the city's ledger: 市住建局 is the city's, 海安市住建局, a town and a firm are the county's.
 * Of several the first leads, and the words keep the others. Refuses who is neither, and another county's.
 */
export function unitOfRow(text: string, around: Around): Read<RowUnit> {
  const parts = partsOf(text, around);
  const [first] = parts;
  for (const { name, of } of parts)
    if (typeof of === "object") return { reason: `“${quoted(name)}”${of.reason}` };
  if (first === undefined) return { reason: `“${quoted(text)}”${NOBODY}，请核对，没有可留空` };
  const lead = first.of as DepartmentId | "none";
  const says = parts.length > 1 || (lead === "none" && !isCounty(first.name, around));
  return { value: { department: lead, words: says ? text : null } };
}

const NOBODY = "不是市级部门，也不是该县（市、区）的单位";

function nobody(name: string, { names }: Around): string {
  const near =
    name.length > LONGEST_NAME
      ? []
      : names.nearest(name.replace(/^市|[局委办]$/g, ""), names.departmentNames);
  return near[0] === undefined ? `${NOBODY}，请核对，没有可留空` : `${NOBODY}，您要找的是“${near[0]}”吗？`;
}
/** Of a longer text nobody can tell which name was mistyped. */
const LONGEST_NAME = 12;

type Part = { name: string; of: DepartmentId | "none" | { reason: string } };

const LISTED = /[、,;/]/;
/** These may stand within a name, too: 住房和城乡建设局. */
const JOINED = /会同|以及|[和及与]/;
/** 牵头：市住建局; 市住建局（牵头）. */
const ROLE = /^(?:牵头|责任|主办|配合|协办)(?:单位|部门)?:|\((?:牵头|主办|配合|协办)\)$/g;

function partsOf(text: string, around: Around): readonly Part[] {
  const part = (name: string): Part => ({ name, of: belongsTo(name, around) });
  return unspaced(text)
    .split(LISTED)
    .map((name) => name.replace(ROLE, ""))
    .filter(Boolean)
    .flatMap((name) => {
      const whole = part(name);
      if (typeof whole.of !== "object") return [whole];
      const joined = name.split(JOINED).filter(Boolean).map(part);
      return joined.length > 1 && joined.every(({ of }) => typeof of !== "object") ? joined : [whole];
    });
}

function belongsTo(name: string, around: Around): Part["of"] {
  const { office, names, county, date } = around;
  const department = names.department(name);
  if (department !== null) return department.id;
  const { city } = office;
  const prefix = [city.name, city.short, "市"].find((one) => name.startsWith(one));
  const rest = prefix === undefined ? name : name.slice(prefix.length);
  const ofCity = prefix === undefined ? null : names.department(rest);
  if (ofCity !== null) return ofCity.id;

  const named = regionOfRow(name, date, around) ?? regionAtStart(name, around) ?? regionAtStart(rest, around);
  if (named !== null) {
    const lasting = (id: RegionId) => office.heirOn(id, FAR).id;
    if (county === null || lasting(named.id) === lasting(county)) return "none";
    return { reason: `属于${named.short}，与本行的县（市、区）不符，请核对` };
  }
  const { countyUnits } = office.pack.settings.issues.ledger;
  return prefix === undefined && countyUnits.some((end) => name.endsWith(end))
    ? "none"
    : { reason: nobody(name, around) };
}

/** The county that a name begins with: 海安市住建局, 南通市海安生态环境局. */
function regionAtStart(name: string, { names, office, date, county }: Around) {
  const found = names.placeAtStart(name);
  if (found === null || found.rest === "") return null;
  const { regions } = found.place;
  return (
    regions.find(({ id }) => id === county) ??
    regions.find(({ id, from = "", to = "9999" }) => id !== office.city.id && from <= date && date <= to) ??
    null
  );
}

const isCounty = (name: string, around: Around) =>
  around.county !== null && regionOfRow(name, around.date, around)?.id === around.county;

const FAR = Temporal.PlainDate.from("9999-12-31");
