import { longDate } from "../../chat/wording.ts";
import type { PrintedFigure } from "../../domain/papers/figures.ts";
import type { Person } from "../../store/people.ts";
import { lagWarningCard } from "../lag/card.ts";
import { lagModel, lagWorkbook } from "../lag/document.ts";
import { LAGGING_WARNING, type LagAbout, type LagWarning, lagLinesOf, lagWarning } from "../lag/warning.ts";
import { type Addressee, officialPaper } from "../official-paper.ts";

const ROLES = ["office", "county-lead", "county-liaison", "department-liaison"] as const;

/** 任务滞后预警：on the 1st and 16th, each lead department and county its own list, the office the whole; nothing where nothing lags. */
export default officialPaper<LagAbout, LagWarning>({
  id: LAGGING_WARNING,
  title: "任务滞后预警",
  words: ["滞后预警"],
  mechanism: "task-lag-warning",
  usually: { signing: "none", number: "滞后预警〔{year}〕{n}号" },
  clock: {
    when: { cron: "0 9 1,16 * *", dayRule: "next-working-day" },
    catchUp: "latest-within-7-days",
    readers: ROLES,
    groups: true,
    async about(_slot, { store, office, today, now }) {
      const day = today.toString();
      const asOf = today.subtract({ days: 1 }).toString();
      const about = {
        key: day,
        label: longDate(today),
        from: asOf,
        to: asOf,
        on: day,
        at: now.epochMilliseconds,
      };
      return (await lagWarning(about, { store, office })).lines.length === 0 ? [] : [about];
    },
  },
  facts: lagWarning,
  printed: ({ lines, on }, own) =>
    (own ? lagLinesOf(lines, own.reader, Temporal.PlainDate.from(on), own.office) : lines).map(
      ({ county, indicator, actualWords, targetWords }): PrintedFigure => ({
        of: county ?? "全市",
        figure: indicator,
        value: `${actualWords}/${targetWords}`,
      }),
    ),
  restsOn: () => [],
  alsoRestsOn: ["progress", "county-targets"],
  perReader: true,
  document: lagModel,
  workbook: lagWorkbook,
  card: (warning, { about, reader, office }) => lagWarningCard(warning, reader, { key: about.key, office }),
  async to({ on }, { lines }, { store, office }) {
    const day = Temporal.PlainDate.from(on);
    const isAsked = (whose: Pick<Person, "regionId" | "departmentId">) =>
      lagLinesOf(lines, whose, day, office).length > 0;
    const people = (await store.people.withRoles(ROLES)).filter(isAsked);
    const groups = (await store.chats.bound()).filter(isAsked);
    return [
      ...people.map((person): Addressee => ({ to: { person } })),
      ...groups.map((chat): Addressee => ({ to: { chat } })),
    ];
  },
});
