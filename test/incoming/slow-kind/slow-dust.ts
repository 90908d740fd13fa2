import { existsSync } from "node:fs";
import { type Cell, filled, importKind } from "../../../src/chat/import.ts";
import { COUNTY, county, decimal } from "../../../src/incoming/cells.ts";
import { enterEach } from "../../../src/incoming/enter-each.ts";
import { GATE } from "../gate.ts";

/** A reader that isn't through before the gate is open: so long the import reads. */
const slowly: Cell<number> = async (file) => {
  while (!existsSync(GATE)) await new Promise((resolve) => setTimeout(resolve, 5));
  return decimal({ decimals: 0, most: 1_000_000_000 })(file);
};

type Row = { county: string; amount: number };

/** Rows of a kind whose reading takes as long as a test wants. */
export default importKind({
  id: "slow-dust",
  title: "慢表",
  who: ["office", "supervision"],
  columns: { county: filled(COUNTY, county()), amount: filled("慢量 amount", slowly) },
  needs: ["county", "amount"],
  once: { key: ({ county }) => [county], differs: () => "amount", reason: "是同一县区但数值不同" },
  enter: enterEach<Row>({
    subject: ({ county }) => `slow-dust/${county}`,
    value: ({ amount }) => String(amount),
    async known({ county }, store) {
      const [report] = await store.progress.history(INDICATOR, county, DAY, 1);
      return report?.date === DAY ? report.value : undefined;
    },
    put: ({ county, amount }, { store, by, now }) =>
      store.progress.report({
        ...{ indicatorId: INDICATOR, regionId: county, date: DAY, value: String(amount), note: null },
        ...{ personId: by?.id ?? null, reportedAt: now.epochMilliseconds },
      }),
  }),
});

const INDICATOR = "m24-road-dust";
const DAY = "2020-01-01";
