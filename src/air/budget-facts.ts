import type { LevelStanding, RegionBudget } from "./budget.ts";
import { dataStateFacts } from "./data-state-words.ts";

/** A region's budget for scripts; units are in the names. */
export function budgetFacts({ region, aims, levels, heldTo, conflicts, ozone, data }: RegionBudget) {
  return {
    county: region.short,
    divided: aims.length > 0,
    levels: levels.map(({ level, period, now, left, standings, withoutControl }) => ({
      level,
      period: {
        ...{ from: now.from, to: now.to, label: period.label },
        ...{ complete: now.complete, asOf: now.asOf },
      },
      elapsedDays: now.days.calendar,
      validDays: now.pollutants["PM2.5"].validDays,
      validAqiDays: now.days.valid,
      remainingDays: left,
      pm25MeanUgM3: now.pollutants["PM2.5"].oneDecimal,
      badDays: now.days.bad,
      attainmentRatePct: now.attainmentRatePct,
      sufficient: now.sufficient,
      targets: standings.map(standingFacts),
      ...(withoutControl.length > 0 ? { withoutControlValue: withoutControl.map(({ kind }) => kind) } : {}),
    })),
    today: heldTo.map(({ kind, mean, badDays, lost }) => ({
      kind,
      pm25LimitUgM3: mean?.allowed.toNumber() ?? null,
      bindingLevel: mean?.level ?? null,
      badDaysLeft: badDays?.allowed ?? null,
      badDaysBindingLevel: badDays?.level ?? null,
      lost,
    })),
    ...(conflicts.length === 0
      ? {}
      : {
          conflicts: conflicts.map(({ indicator, kind, whole, parts }) => ({
            indicator,
            kind,
            whole,
            parts,
          })),
        }),
    ozoneDays: ozone && {
      ...{ lastYearDays: ozone.lastYear, capDays: ozone.cap },
      ...{ soFarDays: ozone.soFar, leftDays: ozone.left },
    },
    ...dataStateFacts(data),
  };
}

function standingFacts(s: LevelStanding) {
  const common = { indicator: s.indicator, kind: s.kind, derived: s.derived };
  const stands = { state: s.state, light: s.light, ...(s.note ? { note: s.note } : {}) };
  if (s.indicator === "pm25-mean")
    return {
      ...common,
      ...{ targetUgM3: s.target, toDateUgM3: s.toDate },
      ...{ remainingAllowableMeanUgM3: s.remainingAllowableMean ?? null, ...stands },
    };
  return {
    ...common,
    ...{ targetPct: s.target, toDatePct: s.toDate, badDaysLeft: s.badDaysLeft, ...stands },
  };
}

/** As it is kept with a paper that prints it. */
export type BudgetFacts = ReturnType<typeof budgetFacts>;
