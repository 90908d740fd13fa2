import { column, filled, importKind } from "../../../src/chat/import.ts";
import { COUNTY, county, decimal, month, plainText } from "../../../src/incoming/cells.ts";
import { enterEach } from "../../../src/incoming/enter-each.ts";

type RoadDust = { road: string; county: string; month: string; value: string };

/** Dust lying on a road, brought to the sixteen square metres of the plan's limit. */
export default importKind({
  id: "road-dust",
  title: "道路积尘",
  who: ["office", "supervision"],
  columns: {
    month: filled("月份 month", month(2013)),
    county: filled(COUNTY, county({ on: "month" })),
    road: filled("道路 road 路段", plainText(50)),
    dust: filled("积尘量 dust 道路积尘量", decimal({ decimals: 2, most: 100 })),
    area: column("面积 area 采样面积", decimal({ decimals: 0, least: 4, most: 40 })),
  },
  needs: ["month", "county", "road", "dust"],
  row({ dust, area, ...where }): RoadDust {
    return { ...where, value: ((dust * 16) / (area ?? 16)).toFixed(2) };
  },
  once: {
    key: ({ county, road, month }) => [county, road, month],
    differs: (a, b) => (a.value === b.value ? null : "dust"),
    reason: "是同一道路同一月但数值不同",
  },
  enter: enterEach<RoadDust>({
    subject: ({ county, road, month }) => `road-dust/${county}/${road}/${month}`,
    value: ({ value }) => value,
    async known({ county, road, month }, store) {
      const reports = await store.progress.history("m24-road-dust", county, `${month}-31`, 100);
      return reports.find(({ date, note }) => date === `${month}-01` && note === road)?.value;
    },
    put: ({ county, road, month, value }, { store, by, now }) =>
      store.progress.report({
        indicatorId: "m24-road-dust",
        regionId: county,
        date: `${month}-01`,
        value,
        note: road,
        personId: by?.id ?? null,
        reportedAt: now.epochMilliseconds,
      }),
  }),
});
