import { column, type Faults, fault, filled, type Importing, importKind } from "../../chat/import.ts";
import type { IsoDate } from "../../domain/air/day.ts";
import { COUNTY, county, dayAhead, plainText } from "../cells.ts";
import { enterEach } from "../enter-each.ts";
import { dayAfter, judgeTown, type ListedTown, rememberTown, type TownPut } from "./towns/judge.ts";

const FIRST_YEAR = 1990;

/**
 * The 镇 and 街道 of counties as the office has them: those that are added, renamed, merged or closed, each from a day on. What
 * a row leaves out of a known town stays as it was. A town that takes another in goes on as a new record, so that its own
 * figures before stay its own.
 */
export default importKind({
  id: "towns",
  title: "镇街名单",
  who: ["office"],
  columns: {
    county: filled(COUNTY, county()),
    town: filled("镇街 town 乡镇 街道 镇街道 乡镇街道 镇街名称", plainText(20)),
    from: column("启用日期 from 设立日期", dayAhead(FIRST_YEAR)),
    to: column("停用日期 to 撤销日期", dayAhead(FIRST_YEAR)),
    into: column("并入 into 并入镇街 更名为", plainText(20)),
  },
  needs: ["county", "town", "into"],
  mostRows: 500,
  row({ county, town, from, to, into }, file): ListedTown | Faults<"to" | "into"> {
    if (from !== null && to !== null && to < from) return fault("to", "早于启用日期，请核对");
    if (into !== null && to === null) return fault("to", "并入或更名的请填停用日期（原镇街的最后一天）");
    if (into === town) return fault("into", "不能并入自己，请核对");
    const row = { county, name: town, from, to, into };
    rememberTown(row, file);
    return row;
  },
  once: {
    key: ({ county, name }) => [county, name],
    differs: (a, b) => (JSON.stringify(a) === JSON.stringify(b) ? null : "town"),
    reason: "是同一镇街但内容不同",
  },
  judge: judgeTown,
  touches: "air",
  async enter(rows: readonly TownPut[], file: Importing) {
    const changedFrom: IsoDate[] = [];
    const at = file.now.epochMilliseconds;
    const entered = await enterEach<TownPut>({
      subject: ({ town }) => `town/${town.id}`,
      value: ({ town }) => town,
      known: async ({ before }) => before ?? undefined,
      async put({ town, also }, { store }) {
        for (const one of [...also, town]) await store.plan.enterTown(one, at);
        if (town.to !== null) changedFrom.push(dayAfter(town.to));
      },
    })(rows, file);
    return { ...entered, correctedDates: daysFrom(changedFrom.sort()[0], file.today) };
  },
});

/** The days from one until yesterday: whose rankings have other towns now. */
function daysFrom(from: IsoDate | undefined, today: Temporal.PlainDate): Set<IsoDate> {
  const days = new Set<IsoDate>();
  for (let day = from; day !== undefined && day < today.toString(); day = dayAfter(day)) days.add(day);
  return days;
}
