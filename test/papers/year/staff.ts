import { createHash } from "node:crypto";
import { daysFrom, isWorked } from "./days.ts";

// Who holds which post on a day, and how somebody who checks or signs behaves: laid down before the year is played.

export type Member = { name: string; role: string; region: string | null; department: string | null };
/** `by`: who stands in; nobody where it is null. */
export type Absence = { from: string; to: string; by: string | null };

/** Twice a day the office and its leads look at what waits. */
export const LOOKS = ["08:30", "15:00"] as const;
/** 港闸 became part of 崇川 on that day; until the office says more its people belong nowhere. */
export const MERGED = "2020-07-28";
export const [LEAD, HEIR, DEPUTY, SECOND] = ["市领导", "新市领导", "督查", "王办"];

/** The same from the same seed and words: 0 to 1. */
export const chance = (...of: (string | number)[]): number =>
  createHash("sha256").update(of.join("/")).digest().readUInt32BE(0) / 2 ** 32;
export const oneOf = <T>(all: readonly T[], ...of: (string | number)[]): T =>
  all[Math.floor(chance(...of) * all.length)] as T;

export type Staff = ReturnType<typeof staffOf>;

/** The staff of some days: `people` as the office begins, and who comes, goes and is away by a seed. */
export function staffOf(seed: number, [from, to]: readonly [string, string], people: readonly Member[]) {
  const days = daysFrom(from, to).filter(isWorked);
  const dayAt = (share: number) => days[Math.floor(days.length * share)] as string;
  const spans = days.length > 100 ? [0.1, 0.25, 0.4, 0.65, 0.8] : [0.3, 0.6];
  const absences = spans.map((share, i): Absence => {
    const at = share + chance(seed, "away", i) * (days.length > 100 ? 0.05 : 0.15);
    const length = days.length > 100 ? 4 + Math.floor(chance(seed, "long", i) * 8) : 3;
    const first = Math.floor(days.length * at);
    return {
      from: days[first] as string,
      to: days[first + length] as string,
      by: i % 2 === 0 ? DEPUTY : null,
    };
  });
  /** The lead leaves on one day, a county's lead on another; looked at first thing in the morning. */
  const left = { lead: dayAt(0.9), county: dayAt(0.35) };
  const gone = (name: string, day: string) =>
    (name === LEAD && day >= left.lead) || (name === "如皋领导" && day >= left.county);
  const members = [...people, { name: SECOND, role: "office", region: null, department: null }];
  return {
    absences,
    left,
    isAway: (day: string) => absences.find((one) => one.from <= day && day <= one.to) ?? null,
    /** Members on a day who have a place, and who stands in for the lead in that post. */
    on: (day: string): Member[] =>
      [
        ...members,
        ...(day < left.lead && absences.some(({ from, to, by }) => by !== null && from <= day && day <= to)
          ? [{ name: DEPUTY, role: "city-lead", region: null, department: null }]
          : []),
        ...(day >= left.lead ? [{ name: HEIR, role: "city-lead", region: null, department: null }] : []),
      ].filter(({ name, region }) => !gone(name, day) && (region !== "gangzha" || day < MERGED)),
    /** Who signs on a day, as the register names them; null: nobody can. */
    signer(day: string): string | null {
      const lead = day >= left.lead ? HEIR : LEAD;
      const away = absences.find((one) => one.from <= day && day <= one.to);
      if (away === undefined || lead === HEIR) return lead;
      return away.by === null ? null : `${away.by}代${lead}`;
    },
  };
}

/** How those who check and sign take a paper: whole looks that they wait, and whether it is returned once. */
export type Manner = { checks: number | null; by: string; signs: number; returns: boolean };
export const mannerOf = (seed: number, kind: string, key: string): Manner => ({
  checks:
    kind === "weekly-notice"
      ? oneOf([0, 0, null], seed, kind, key, "check")
      : oneOf([0, 0, 1, 3], seed, kind, key, "check"),
  by: oneOf(["市办", SECOND], seed, kind, key, "who"),
  signs: oneOf([0, 0, 1, 2, 7], seed, kind, key, "sign"),
  returns: chance(seed, kind, key, "return") < 0.25,
});
