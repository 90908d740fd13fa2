import type { Signing } from "../domain/papers/course.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { Role } from "../domain/roles.ts";
import type { TimeOfDay } from "../domain/time-of-day.ts";
import type { AnyOfficialPaper } from "./official-paper.ts";

/** How papers of a kind are signed, numbered and headed in this office. */
export type PaperTerms = {
  on: boolean;
  signing: Signing;
  /** The role that signs it. */
  by: Role;
  /** null: it has no number. */
  number: string | null;
  body: string;
  redHead: string | null;
  at?: TimeOfDay;
  draftedAt?: TimeOfDay;
  workingDay?: number;
  unattended: "quick" | "wait";
};

/** The pack's terms for a kind; what it doesn't say is as the kind declares it. */
export function termsOf({ id, usually }: AnyOfficialPaper, pack: PlanPack): PaperTerms {
  const said = pack.settings.papers.official[id] ?? {};
  const { at, draftedAt, workingDay } = { ...usually, ...said } as Pick<
    PaperTerms,
    "at" | "draftedAt" | "workingDay"
  >;
  const own = { ...usually, ...said };
  return {
    on: own.on ?? true,
    signing: own.signing ?? "sign",
    by: own.by ?? "city-lead",
    number: own.number ?? null,
    body: own.body ?? pack.office,
    redHead: own.redHead ?? null,
    unattended: own.unattended ?? "wait",
    ...(at ? { at } : {}),
    ...(draftedAt ? { draftedAt } : {}),
    ...(workingDay ? { workingDay } : {}),
  };
}
