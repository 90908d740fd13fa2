import { CODE_HOURS, newCode } from "./chat/invitation.ts";
import { environment, readConfig } from "./config.ts";
import { deliverDue } from "./delivery/worker.ts";
import { boot } from "./ops/boot.ts";
import { faultOf, openLog } from "./ops/log.ts";
import { script } from "./platforms/terminal/options.ts";
import { deskOf } from "./platforms/web/desk.ts";
import { webDoor } from "./platforms/web/door.ts";
import { startWebConsole } from "./platforms/web/server.ts";
import { startTicking } from "./scheduler/tick.ts";
import { StoreFault, takeLock } from "./store/open.ts";

await script(async () => {
  const config = readConfig(environment());
  const log = openLog(config.logLevel);
  const { bot, isNew } = await boot(config);
  const unlock = takeLock(`${config.databaseFile}.running`, 0);
  const onFault = (error: unknown) => log.error(faultOf(error), "background work failed; it is tried again");
  const doors = [webDoor(bot)];
  const deliver = () => deliverDue(bot, doors);
  const web = await startWebConsole(deskOf(bot, doors), {
    host: config.host,
    port: config.port,
    onFailure: (error, requestId) => log.error({ requestId, ...faultOf(error) }, "a console request failed"),
  }).catch((error: Error) => {
    throw new StoreFault(error.message);
  });
  const ticking = startTicking(bot, deliver, onFault);

  console.log(`Lantian (蓝天) is running: ${web.url}`);
  if (bot.demo) console.log("Demonstration data (演示数据); pick a person in the page, then ask for 海安.");
  else if (isNew)
    console.log(
      `First member of the office: open the page and send  绑定 ${await firstInvitation(bot)}  within ${CODE_HOURS} hours.`,
    );

  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  await ticking.stop();
  await web.close();
  bot.store.close();
  unlock();
  return 0;
});

/** A new office has nobody who could invite: whoever starts the bot brings in its first member. */
async function firstInvitation(bot: Awaited<ReturnType<typeof boot>>["bot"]): Promise<string> {
  const { code, hash } = newCode();
  const now = await bot.clock.now();
  await bot.store.write(async (writer) => {
    const at = now.epochMilliseconds;
    const expiresAt = now.add({ hours: CODE_HOURS }).epochMilliseconds;
    await writer.people.invite({ codeHash: hash, name: "市办", role: "office", createdAt: at, expiresAt });
    await writer.audit.append({
      at,
      personId: null,
      actor: "系统",
      act: "invite",
      subject: "invitation:市办",
      outcome: "done",
    });
  });
  return code;
}
