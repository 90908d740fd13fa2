import { says } from "../../chat/says.ts";
import { UNIT_ACTS } from "../../domain/issues/states.ts";
import { ownIssues } from "../../issues/own-issues.ts";
import { eventSource } from "../event.ts";

const toIssues = says("问题");

/** Days on which issues of somebody's own scope fall due while their unit still has to act: how many on each. */
export default eventSource({
  id: "deadlines",
  async events({ from, to, person }, { store, office, now, today }) {
    const own = { ...ownIssues(person, office, today), asOf: now.epochMilliseconds, states: UNIT_ACTS };
    const days = await store.issues.dueDays(own, from.toString(), to.toString());
    return days.map(({ due, n }) => {
      const day = Temporal.PlainDate.from(due);
      const late = Temporal.PlainDate.compare(day, today) < 0;
      return {
        key: due,
        from: day,
        to: day,
        time: null,
        title: `${n}件问题整改到期`,
        words: late ? "已超期" : "",
        standing: "coming" as const,
        say: toIssues("", late ? "超期" : "").say,
        facts: { issues: n },
      };
    });
  },
});
