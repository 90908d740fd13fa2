import type { Lantian } from "../bot/lantian.ts";
import { presentOffice } from "../bot/present-office.ts";
import { onceEach } from "../issues/audience.ts";
import { unitPeople } from "../papers/units.ts";
import type { Chat } from "../store/chats.ts";
import type { OutboxRow } from "../store/outbox.ts";
import type { Writer } from "../store/store.ts";

/**
 * Ends a group's deliveries, which it will never take: what they say goes to the people of the group's unit in private, each
 * of whom gets a notice once, as a member and for the group.
 */
export async function tellPeopleInstead(
  bot: Lantian,
  writer: Writer,
  rows: readonly OutboxRow[],
  { chat, why, now }: { chat: Chat; why: string; now: Temporal.Instant },
): Promise<void> {
  if (rows.length === 0) return;
  const at = now.epochMilliseconds;
  const office = await presentOffice(bot);
  const isCitys = chat.regionId === null && chat.departmentId === null;
  const people = isCitys
    ? onceEach(await writer.people.withRoles(["office", "city-lead"]))
    : await unitPeople(chat, { store: writer, office, today: office.today(now) });
  const ended = people.length === 0 ? why : `${why}；已改发相关人员私聊`;
  for (const row of rows) {
    // What is only to be drawn anew stands in the group as it is.
    if (!(await writer.outbox.giveUp(row, ended)) || row.kind === "edit") continue;
    const had = await writer.outbox.alsoSentTo(row);
    const { job, slot, uncounted, causedBy } = row;
    for (const { id } of people.filter(({ id: person }) => !had.has(person)))
      await writer.outbox.queue(
        {
          key: `${row.key}/instead-${id}`,
          to: { personId: id },
          class: row.class,
          card: JSON.parse(row.card),
          together: true,
          ...(job === null ? {} : { job }),
          ...(slot === null ? {} : { slot }),
          ...(uncounted === null ? {} : { uncounted }),
          ...(causedBy === null ? {} : { causedBy }),
        },
        at,
      );
  }
}
