import type { Region } from "../../../domain/plan/pack.ts";
import { quoted } from "../../../intake/refusal.ts";
import type { Names } from "../../../office/names.ts";
import type { Office } from "../../../office/office.ts";

type Around = { office: Office; names: Names };

/**
 * The county-level region that a ledger's row names, as of a date: the one that bore the name then, else the one that had
 * borne it, whose issues its heir has while the record keeps the old name. 崇川（原港闸） as the export writes it is 港闸.
 * Blanks within a name, the city before it and the government behind it make no difference; its code names it as well.
 */
export function regionOfRow(text: string, date: string, around: Around): Region | null {
  const name = unspaced(text);
  const called = /\(原([^()]+)\)$/.exec(name)?.[1] ?? name;
  for (const short of shorter(called, around)) {
    const regions = regionsCalled(short, around);
    const own = regions.filter((r) => [r.short, r.name, r.code].includes(short));
    const existing = (r: Region) => (r.from ?? "") <= date && date <= (r.to ?? "9999");
    const ended = (r: Region) => r.to !== undefined && r.to < date;
    const found = own.find(existing) ?? own.find(ended) ?? regions.find(existing);
    if (found !== undefined) return found;
  }
  return null;
}

/** Why a text names no region, with the one that is likely meant. */
export function noRegion(text: string, date: string, around: Around): string {
  const name = unspaced(text);
  const parts = name.split(/[、,;/和及]/).filter(Boolean);
  if (parts.length > 1 && parts.every((part) => regionOfRow(part, date, around) !== null))
    return "一行只填一个县（市、区），请分成几行";
  if (/^(市|城|主城|老城|各县?市?)区$|^(各|全|本)/.test(name))
    return `“${quoted(text)}”不是一个县（市、区），请写明是哪一个`;
  const { names } = around;
  const near = name.length > 10 ? [] : names.nearest(name.replace(/[市县区]$/, ""), names.placeNames);
  const mend = near[0] === undefined ? "请核对名称" : `您要找的是“${near[0]}”吗？`;
  return `没有名为“${quoted(text)}”的县（市、区），${mend}`;
}

/** Half width and without blanks. */
export const unspaced = (text: string): string => text.normalize("NFKC").replace(/\s/g, "");

const GOVERNMENT = /(?:人民政府|政府|管委会|管理委员会)$/;

/** A name as it is, without the government behind it, and without the city before it. */
function* shorter(name: string, { office: { city } }: Around): Iterable<string> {
  const bare = name.replace(GOVERNMENT, "");
  yield* new Set([name, bare]);
  const prefix = [city.name, city.short].find((one) => bare.startsWith(one) && bare !== one);
  if (prefix !== undefined) yield bare.slice(prefix.length);
}

function regionsCalled(name: string, { office, names }: Around): readonly Region[] {
  const coded = office.pack.regions.filter(({ code }) => code === name);
  const regions = coded.length > 0 ? coded : (names.place(name)?.regions ?? []);
  return regions.filter((region) => region.id !== office.city.id);
}
