import { readCountyTargets } from "../../intake/county-targets.ts";
import type { Counts, Prepare } from "../prepared.ts";

/** The counties' targets of the plan's table 1. A different value for a known target is a correction. */
export const countyTargets: Prepare = async (sheets, _by, { store, office, today }) => {
  const { rows, rejected } = readCountyTargets(sheets, {
    region: (name) =>
      office.regionsOf({ to: today }, today).find((r) => [r.name, r.short, ...r.aliases].includes(name))
        ?.id ?? null,
    indicator: (name) => office.pack.indicators.find((i) => i.id === name || i.name === name) ?? null,
  });
  return {
    rows: rows.length,
    rejected,
    async enter() {
      const counts: Counts = { added: 0, corrected: 0, unchanged: 0 };
      for (const { region, indicator, constraint, stretch } of rows) {
        const before = (await store.plan.countyTargets([region])).find((t) => t.indicator === indicator);
        if (before?.constraint === constraint && before.stretch === stretch) {
          counts.unchanged += 1;
          continue;
        }
        counts[before === undefined ? "added" : "corrected"] += 1;
        await store.plan.setCountyTarget({ regionId: region, indicator, constraint, stretch });
      }
      return counts;
    },
  };
};
