import {
  type Cell,
  column,
  type Faults,
  fault,
  filled,
  type Importing,
  importKind,
} from "../../chat/import.ts";
import { refuse } from "../../chat/refusal.ts";
import type { IsoDate } from "../../domain/air/day.ts";
import type { EnteredTown } from "../../domain/plan/entered-towns.ts";
import type { Reader } from "../../store/store.ts";
import { COUNTY, county, dayAhead, plainText } from "../cells.ts";
import { enterEach } from "../enter-each.ts";
import { takeBackEach } from "../take-back-each.ts";
import {
  dayAfter,
  judgeTown,
  type ListedTown,
  REOPENED,
  rememberTown,
  type TownPut,
  townsStillEnded,
} from "./towns/judge.ts";

const FIRST_YEAR = 1990;

/** The last day of a town, or that it goes on after all. */
const lastDay: Cell<IsoDate | typeof REOPENED> = async (file) => {
  const read = await dayAhead(FIRST_YEAR)(file);
  return (text, before) => (text.trim() === REOPENED ? { value: REOPENED } : read(text, before));
};

/**
 * The 镇 and 街道 of counties as the office has them: those that are added, renamed, merged or closed, each from a day on. What
 * a row leaves out of a known town stays as it was; that it goes on after all has to be said. A town that takes another in goes
 * on as a new record, so that its own figures before stay its own.
 */
export default importKind({
  id: "towns",
  title: "镇街名单",
  who: ["office"],
  columns: {
    county: filled(COUNTY, county()),
    town: filled("镇街 town 乡镇 街道 镇街道 乡镇街道 镇街名称", plainText(20)),
    from: column("启用日期 from 设立日期", dayAhead(FIRST_YEAR)),
    to: column("停用日期 to 撤销日期", lastDay),
    into: column("并入 into 并入镇街 更名为", plainText(20)),
  },
  needs: ["county", "town", "into"],
  mostRows: 500,
  row({ county, town, from, to, into }, file): ListedTown | Faults<"to" | "into"> {
    if (to === REOPENED && into !== null) return fault("into", "恢复的镇街不能同时并入别的，请留空");
    if (from !== null && to !== null && to !== REOPENED && to < from)
      return fault("to", "早于启用日期，请核对");
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
    const { batch, by, now } = file;
    const changedFrom: IsoDate[] = [];
    const stamp = { personId: by?.id ?? null, at: now.epochMilliseconds, batchId: batch };
    const entered = await enterEach<TownPut>({
      subject: ({ town }) => subjectOf(town),
      value: ({ town }) => town,
      known: async ({ before }) => before ?? undefined,
      async put({ town, before, also }, { store }) {
        for (const one of also) {
          const { town: after, before } = one;
          await store.revisions.add({ subject: subjectOf(after), before, after, ...stamp });
          await store.plan.enterTown(after, stamp.at);
        }
        await store.plan.enterTown(town, stamp.at);
        for (const last of [before?.to ?? null, town.to]) if (last !== null) changedFrom.push(dayAfter(last));
      },
      logsAdded: true,
    })(rows, file);
    const ended = townsStillEnded(file);
    const words = ended.map(({ name, to }) => `${name}（${to}）`).join("、");
    const text = `表里没有写停用日期，仍为停用：${words}。要恢复，请在停用日期填“${REOPENED}”。`;
    const correctedDates = daysFrom(changedFrom.sort()[0], file.today);
    if (ended.length === 0) return { ...entered, correctedDates };
    const facts = { stillEnded: ended.map(({ name }) => name) };
    return { ...entered, correctedDates, report: { blocks: [{ kind: "text" as const, text }], facts } };
  },
  takeBack: takeBackEach({
    known: async (subject, store) => (await townOf(subject, store)) ?? null,
    async restore(subject, before, { store, at }) {
      const town = await townOf(subject, store);
      if (before !== null) await store.plan.enterTown(before as EnteredTown, at);
      if (before !== null || town === undefined || (await store.plan.removeTown(town.id))) return null;
      const why = `${town.name}已有站点、人员或问题，不能撤回。不再有的镇街，请在镇街名单表里填停用日期。`;
      return refuse("conflict", why, ["镇街 名单"]);
    },
  }),
});

const subjectOf = ({ id }: Pick<EnteredTown, "id">) => `town/${id}`;
const townOf = async (subject: string, store: Reader): Promise<EnteredTown | undefined> =>
  (await store.plan.enteredTowns()).find((one) => subjectOf(one) === subject);

/** The days from one until yesterday: whose rankings have other towns now. */
function daysFrom(from: IsoDate | undefined, today: Temporal.PlainDate): Set<IsoDate> {
  const days = new Set<IsoDate>();
  for (let day = from; day !== undefined && day < today.toString(); day = dayAfter(day)) days.add(day);
  return days;
}
