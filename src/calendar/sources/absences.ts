import { holdsRole } from "../../domain/posts.ts";
import { eventSource } from "../event.ts";

/** Who is away and who stands in: one's own, for the office everybody's. */
export default eventSource({
  id: "absences",
  async events({ from, to, person }, { store }) {
    const { standIns, people } = store;
    const all = holdsRole(person, "office") ? await standIns.allOpen() : await standIns.openOf(person.id);
    const events = [];
    for (const row of all.filter((one) => one.from <= to.toString() && one.to >= from.toString())) {
      const [away, standIn] = [await people.byId(row.personId), await people.byId(row.byId)];
      events.push({
        key: String(row.id),
        from: Temporal.PlainDate.from(row.from),
        to: Temporal.PlainDate.from(row.to),
        time: null,
        title: `${away?.name ?? ""}请假，${standIn?.name ?? ""}代理`,
        words: "",
        standing: "coming" as const,
        changedAt: row.createdAt,
      });
    }
    return events;
  },
});
