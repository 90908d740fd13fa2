import { contextOf, type Lantian } from "../bot/lantian.ts";
import { shortDate } from "../chat/wording.ts";
import { droppedCard } from "../runs/dropped.ts";
import { heldBack } from "../runs/held-back.ts";

/** Asks the office, once a pause has run out, what becomes of the slots that fell into it. Where none did nobody is told. */
export async function askAboutPauses(bot: Lantian): Promise<void> {
  const now = (await bot.clock.now()).epochMilliseconds;
  for (const { id } of await bot.store.read((reader) => reader.jobPauses.toAsk(now))) {
    const moment = await contextOf(bot);
    await bot.store.write(async (store) => {
      const pause = (await store.jobPauses.toAsk(now)).find((one) => one.id === id);
      const job = moment.schedules.find(({ name }) => name === pause?.job);
      if (pause === undefined) return;
      await store.jobPauses.asked(id);
      if (job === undefined) return;
      const { runs, advice } = await heldBack(job, pause, { ...moment, store });
      if (runs.length === 0) return;
      const until = pause.until === null ? "" : `暂停到${shortDate(pause.until)}，`;
      const card = droppedCard(
        `${job.title}恢复发送，暂停期间有${runs.length}期没有发出`,
        runs,
        moment.office,
        `${until}现已恢复（原因：${pause.reason}）。${advice}`,
      );
      for (const person of await store.people.withRoles(["office"]))
        await store.outbox.queue(
          {
            key: `pause-over/${id}/${person.id}`,
            to: { personId: person.id },
            class: "card",
            card,
            job: "dropped-runs",
          },
          now,
        );
    });
  }
}
