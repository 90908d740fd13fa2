import type { Lantian } from "../bot/lantian.ts";
import { beat } from "../scheduler/beat.ts";
import type { Finding } from "../store/inspection.ts";

/** As 投递 shows it. */
const WHY = "系统从备份恢复，备份之后可能已经送达";

/**
 * A restored office knows nothing of what was sent after its backup. So whatever it would send for the time before this
 * moment is left in doubt, for people to decide: what waited when the backup was made, and what has fallen due since, which
 * is worked off here and now, whatever the hour. What falls due from now on goes out as ever.
 */
export async function settlePast(bot: Lantian, backup: { at: string }): Promise<Finding[]> {
  const fault = await beat(bot, { atAnyHour: true }).then(
    () => null,
    (error: Error) => error.message,
  );
  const now = await bot.clock.now();
  const { doubtful, setAside } = await bot.store.write(async ({ outbox, inbox, audit }) => {
    const left = { doubtful: await outbox.leaveAllInDoubt(WHY), setAside: await inbox.setAllAside() };
    await audit.append({
      at: now.epochMilliseconds,
      personId: null,
      actor: "系统",
      act: "restore",
      outcome: "done",
      detail: { backup: backup.at, ...left },
    });
    return left;
  });
  return [
    { name: "deliveries", ok: true, detail: `${doubtful} left in doubt; decide on each in the chat: 投递` },
    { name: "messages", ok: true, detail: `${setAside} were under way and are set aside` },
    ...(fault === null ? [] : [{ name: "what fell due", ok: false, detail: fault }]),
  ];
}
