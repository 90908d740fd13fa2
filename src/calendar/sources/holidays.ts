import { says } from "../../chat/says.ts";
import { madeUpDays, runsOff } from "../../domain/days-off.ts";
import { holidayName } from "../../domain/holiday-words.ts";
import { type DatedEvent, eventSource } from "../event.ts";

const toHolidays = says("放假");
/** A holiday that reaches into the days asked for is shown whole; the longest had ten days. */
const REACH = 14;

/** The days off and the days worked for them, by which terms run and notices move. */
export default eventSource({
  id: "holidays",
  async events({ from, to }, { office }) {
    const wide = { from: from.subtract({ days: REACH }), to: to.add({ days: REACH }) };
    const say = toHolidays("", from.year).say;
    const off = runsOff(wide, office.calendar).map((run): DatedEvent => {
      return {
        key: `off-${run.from}`,
        ...run,
        time: null,
        title: `${holidayName(run, office.calendar)}放假`,
        words: "",
        standing: "coming",
        say,
      };
    });
    const work = madeUpDays({ from, to }, office.calendar).map(
      (day): DatedEvent => ({
        key: `work-${day}`,
        from: day,
        to: day,
        time: null,
        title: "调休上班",
        words: "",
        standing: "coming",
        say,
      }),
    );
    const isWithin = (event: DatedEvent) =>
      Temporal.PlainDate.compare(event.from, to) <= 0 && Temporal.PlainDate.compare(event.to, from) >= 0;
    return [...off, ...work].filter(isWithin);
  },
});
