import { column, filled, importKind } from "../../../src/chat/import.ts";
import { COUNTY, county, decimal, month, plainText } from "../../../src/incoming/cells.ts";
import { enterEach } from "../../../src/incoming/enter-each.ts";

type Dustfall = { site: string; county: string; month: string; value: string };

/** Monthly dustfall of a site, brought to thirty days. */
export default importKind({
  id: "dustfall",
  title: "降尘量",
  who: ["office", "supervision"],
  columns: {
    month: filled("月份 month", month(2013)),
    county: filled(COUNTY, county({ on: "month" })),
    site: filled("点位 site 降尘点", plainText(50)),
    dustfall: filled("降尘量 dustfall", decimal({ decimals: 2, most: 100 }), { unit: "t/km²" }),
    days: column("天数 days", decimal({ decimals: 0, least: 20, most: 40 })),
  },
  needs: ["month", "county", "site", "dustfall"],
  row({ dustfall, days, ...where }): Dustfall {
    return { ...where, value: ((dustfall * 30) / (days ?? 30)).toFixed(2) };
  },
  once: {
    key: ({ county, site, month }) => [county, site, month],
    differs: (a, b) => (a.value === b.value ? null : "dustfall"),
    reason: "是同一点位同一月但数值不同",
  },
  enter: enterEach<Dustfall>({
    subject: ({ county, site, month }) => `dustfall/${county}/${site}/${month}`,
    value: ({ value }) => value,
    async known({ county, site, month }, store) {
      const reports = await store.progress.history("m26-dustfall", county, `${month}-31`, 100);
      return reports.find(({ date, note }) => date === `${month}-01` && note === site)?.value;
    },
    put: ({ county, site, month, value }, { store, by, now }) =>
      store.progress.report({
        indicatorId: "m26-dustfall",
        regionId: county,
        date: `${month}-01`,
        value,
        note: site,
        personId: by?.id ?? null,
        reportedAt: now.epochMilliseconds,
      }),
  }),
});
