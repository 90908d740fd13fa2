import { interviewRule } from "../src/air/provincial-ranks.ts";
import type { SlotDelivery } from "../src/chat/command.ts";
import { schedule } from "../src/chat/schedule.ts";
import { lookAtInterviews } from "../src/papers/interview/look.ts";
import { interviewReminders } from "../src/papers/interview/reminders.ts";
import { INTERVIEW } from "../src/papers/interview/standings.ts";
import { listAsked, newsDeliveries } from "../src/papers/interview/tell.ts";

/**
 * 约谈：each working day, whether the province's lists call a county in, what of an earlier 约谈 is due, and once a month for
 * the list itself where it isn't there.
 */
export default schedule({
  name: INTERVIEW,
  title: "约谈",
  mechanism: "interview",
  when: { workingDay: "every", at: "09:30" },
  // Whoever is to be called in, or late with a plan, is found late and not never.
  catchUp: "all",
  audience: ["office", "county-lead", "county-liaison"],

  async deliver({ workedOffAt }, context) {
    const { store, office, today, now } = context;
    if (interviewRule(office) === null) return [];
    const deliveries: SlotDelivery[] = await newsDeliveries(await lookAtInterviews(context), context);
    const sentAt = Temporal.Instant.fromEpochMilliseconds(workedOffAt ?? now.epochMilliseconds);
    const month = today.toPlainYearMonth().subtract({ months: 1 }).toString();
    const { listByWorkingDay } = office.pack.settings.interviews;
    const asksOn = office.calendar.nthWorkingDayOfMonth(today.toPlainYearMonth(), listByWorkingDay);
    if (today.equals(asksOn) && (await store.provincialRanks.newestMonth(month, month)) === null)
      for (const person of await store.people.withRoles(["office"]))
        deliveries.push({ to: { person }, card: listAsked(month), class: "card" });
    return [...deliveries, ...(await interviewReminders(context, office.today(sentAt)))];
  },
});
