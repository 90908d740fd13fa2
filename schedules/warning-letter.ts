import type { SlotDelivery } from "../src/chat/command.ts";
import { schedule } from "../src/chat/schedule.ts";
import { proposeWarnings, WARNING_LETTER } from "../src/papers/warning/candidates.ts";
import { warningsCard } from "../src/papers/warning/card.ts";

/** 预警提醒函：once a month's progress has come in, the units behind pace are proposed to the office. */
export default schedule({
  name: WARNING_LETTER,
  title: "预警提醒函候选",
  mechanism: "warning-letter",
  when: { workingDay: 8, of: "month", at: "09:00" },
  catchUp: "latest-within-20-days",
  audience: ["office"],

  async deliver(_slot, context) {
    const { store, office, today } = context;
    if (!office.pack.mechanisms.some(({ id }) => id === WARNING_LETTER)) return [];
    const month = today.toPlainYearMonth().subtract({ months: 1 }).toString();
    const open = await proposeWarnings(month, context);
    if (open.length === 0) return [];
    const title = `提醒函候选：${open.length}个单位（${month}）`;
    const deliveries: SlotDelivery[] = [];
    for (const person of await store.people.withRoles(["office"])) {
      const card = await warningsCard(month, person, context, { title });
      deliveries.push({ to: { person }, card, class: "must-not-repeat" });
    }
    return deliveries;
  },
});
