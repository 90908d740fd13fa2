import type { Region } from "../../../domain/plan/pack.ts";
import type { Names } from "../../../office/names.ts";
import type { Office } from "../../../office/office.ts";

/**
 * The county-level region that a ledger's row names, as of a date: the one that bore the name then, else the one that had
 * borne it, whose issues its heir has while the record keeps the old name. 崇川（原港闸） as the export writes it is 港闸.
 */
export function regionOfRow(
  name: string,
  date: string,
  { office, names }: { office: Office; names: Names },
): Region | null {
  const former = /\(原([^()]+)\)$/.exec(name.normalize("NFKC"))?.[1];
  const place = names.place(former ?? name);
  const regions = (place?.regions ?? []).filter((region) => region.id !== office.city.id);
  const own = regions.filter((r) => [r.short, r.name].includes(former ?? name));
  const existing = (r: Region) => (r.from ?? "") <= date && date <= (r.to ?? "9999");
  const ended = (r: Region) => r.to !== undefined && r.to < date;
  return own.find(existing) ?? own.find(ended) ?? regions.find(existing) ?? null;
}
