import type { Card } from "../src/chat/card.ts";
import type { SlotDelivery } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { schedule } from "../src/chat/schedule.ts";
import { longDate } from "../src/chat/wording.ts";
import { EXEMPTION_BASES, isRemindedOn } from "../src/domain/enterprises/exemption.ts";
import { peopleOfRegion } from "../src/issues/audience.ts";
import type { Exemption } from "../src/store/exemptions.ts";

const toList = says("豁免");

/** Longest time before its end at which one is told of, and the days off that may lie before a working day. */
const LOOKED_AHEAD = { days: 30 };

/** 豁免到期提醒：a month and a week before they end, to the office all of them and to each county its own, in one message. */
export default schedule({
  name: "exemption-expiry",
  title: "豁免到期提醒",
  mechanism: "exemption-list",
  when: { workingDay: "every", at: "10:00" },
  catchUp: "all",
  audience: ["office", "county-liaison"],

  async deliver({ at }, context) {
    const { store, office } = context;
    const day = at.toPlainDate();
    let before = day.subtract({ days: 1 });
    while (!office.calendar.isWorkingDay(before)) before = before.subtract({ days: 1 });
    const ending = await store.exemptions.ending(day.toString(), day.add(LOOKED_AHEAD).toString());
    const due = ending.filter((one) => one.state === "listed" && isRemindedOn(one, day, before));
    if (due.length === 0) return [];
    const deliveries: SlotDelivery[] = (await store.people.withRoles(["office"])).map((person) => ({
      to: { person },
      card: expiryCard(due),
      class: "card",
    }));
    for (const [regionId, own] of Map.groupBy(due, (one) => office.heirOn(one.regionId, day).id))
      for (const person of await peopleOfRegion("county-liaison", regionId, context))
        deliveries.push({ to: { person }, card: expiryCard(own), class: "card" });
    return deliveries;
  },
});

const expiryCard = (due: readonly Exemption[]): Card => ({
  title: `${due.length}家豁免即将到期`,
  tone: "notice",
  blocks: [
    {
      kind: "table",
      columns: ["单位", "依据", "到期"].map((title) => ({ title })),
      rows: due.map(({ name, basis, to }) => [
        name,
        EXEMPTION_BASES[basis],
        longDate(Temporal.PlainDate.from(to)),
      ]),
      opens: due.map(({ id }) => toList("", id).say),
    },
    { kind: "note", text: "到期不再豁免；仍符合条件的，请从到期次日起申报" },
  ],
  buttons: [toList("豁免清单")],
  facts: { expiring: due.map(({ id, name, to }) => ({ id, name, to })) },
});
