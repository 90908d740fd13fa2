import type { Connected } from "../bot/connected.ts";
import { firstMemberCode, furtherMemberCode, secondMemberCode } from "../bot/first-member.ts";
import type { Lantian } from "../bot/lantian.ts";
import { type Config, ConfigFault, consoleWay, readConfig } from "../config.ts";
import type { Door } from "../delivery/door.ts";
import { roundsOf } from "../delivery/rounds.ts";
import { doubtWhatWasUnderWay } from "../delivery/worker.ts";
import type { PlatformTools, RunningPlatform } from "../platforms/kit/chat-platform.ts";
import { fetchThroughProxy } from "../platforms/kit/proxy.ts";
import { webDoor } from "../platforms/web/door.ts";
import { officeConsole } from "../platforms/web/office-console.ts";
import { startWebConsole } from "../platforms/web/server.ts";
import { signInsOf } from "../platforms/web/sign-ins.ts";
import { startTicking } from "../scheduler/tick.ts";
import { walk } from "../scheduler/walk.ts";
import { StoreFault, takeLock } from "../store/open.ts";
import type { Identity } from "../store/people.ts";
import { boot } from "./boot.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { startBackingUp } from "./keep-backups.ts";
import { loggable, openLog } from "./log.ts";
import { startLooking } from "./look-at-kept.ts";
import { readOptions, type Script, script, UsageFault } from "./script.ts";
import { selfAudit } from "./self-audit.ts";
import { acceptLoss } from "./self-check.ts";
import { startSweeping } from "./sweep.ts";
import { startWatchingAudit } from "./watch-audit.ts";

const how = "usage: npm start [-- [--accept-loss] [--office-code]]";

/** How a program that runs on is told to stop. */
export type Stopping = {
  /** Resolves when it is told. Asked once it runs: until then a signal ends the process at once. */
  told: () => Promise<void>;
  /** For what goes on in the program itself: tells it. */
  tell: () => void;
};

/** The whole bot, until it is told to stop. */
export const startOffice = ({ told, tell }: Stopping): Script =>
  script(async (args, environment, io) => {
    const say = (line: string) => io.out(`${line}\n`);
    const options = { "accept-loss": { type: "boolean" }, "office-code": { type: "boolean" } } as const;
    const { values, positionals } = readOptions(args, { options }, how);
    if (positionals.length > 0) throw new UsageFault(how);
    fetchThroughProxy(environment);
    const config = readConfig(environment);
    const way = consoleWay(config);
    const log = openLog(config.logLevel);
    if (values["accept-loss"] === true)
      for (const lost of await acceptLoss(config.databaseFile)) say(`Loss accepted: ${lost}`);
    const { bot } = await boot(config);
    bot.trace = (about, what) => log.info(about, what);
    let unlock: () => void;
    try {
      if (way.kind === "open demonstration" && !bot.demo)
        throw new ConfigFault(
          "LANTIAN_OPEN_DEMO=1 is for a demonstration, and this database is a real office's",
        );
      unlock = takeLock(`${config.databaseFile}.running`, 0);
    } catch (error) {
      bot.store.close();
      throw error;
    }
    const onFault = (error: unknown) =>
      log.error(loggable(error), "background work failed; it is tried again");
    await doubtWhatWasUnderWay(bot);

    const doors: Door[] = [webDoor(bot)];
    const rounds = roundsOf(bot, doors, onFault);
    const platforms = await openPlatforms(bot, config, {
      onFault,
      afterwards: () => void rounds.send().catch(onFault),
      // A connection that seems open may be dead: a supervisor starts the process anew.
      onSilence: tell,
    });
    doors.push(...platforms.map((platform) => platform.door));

    const auditWatch = startWatchingAudit(bot, onFault);
    // What starts after the console is added: an occupied port is said before anything runs.
    const connected: Connected[] = [...platforms, auditWatch];
    bot.connected = () => connected;
    const hears = async (account: Identity) =>
      (await platforms.find(({ door }) => door.platform === account.platform)?.hears?.(account)) ?? true;
    const send = () => rounds.sendAtOnce();
    const signIns = way.kind === "public" ? signInsOf(bot, { origin: way.origin, send, hears }) : null;
    const web = await startWebConsole(officeConsole(bot, { rounds, walk, platforms: connected, signIns }), {
      host: config.host,
      port: config.port,
      way,
      signIns,
      monitorToken: config.monitorToken,
      mounts: platforms.flatMap(({ mount }) => mount ?? []),
      onFailure: (error, requestId) =>
        log.error({ requestId, ...loggable(error) }, "a console request failed"),
    }).catch((error: Error) => {
      throw new StoreFault(error.message);
    });
    const ticking = startTicking(bot, () => rounds.sendAtOnce(), onFault);
    connected.push(ticking);
    const sweeping = startSweeping(bot, onFault);
    const looking = startLooking(bot, onFault);
    const backingUp = bot.demo || config.backupKeep === 0 ? null : startBackingUp(config, onFault);
    if (backingUp !== null) connected.push(backingUp);
    const faults = () => selfAudit(bot, { connected, machineNow: Date.now() });
    const heartbeat =
      config.heartbeatUrl === null ? null : startHeartbeat(config.heartbeatUrl, faults, onFault);

    // Before anybody reads that it runs: who reads it may tell it to stop at once.
    const toldToStop = told();
    say(`Lantian (蓝天) is running: ${web.url}`);
    for (const { name, health } of platforms) say(`${name}: ${health().detail}`);
    if (bot.demo)
      say("Demonstration data (演示数据); pick a person in the page, then ask for a place by its name.");
    const further = values["office-code"] === true ? await furtherMemberCode(bot) : null;
    const first = further === null ? await firstMemberCode(bot) : null;
    const second = further === null && first === null ? await secondMemberCode(bot) : null;
    const where = way.kind === "public" ? "write to the bot in a direct message" : "open the page and send";
    for (const [which, made] of [
      ["Another", further],
      ["First", first],
      ["Second", second],
    ] as const)
      if (made !== null)
        say(`${which} member of the office: ${where}  绑定 ${made.code}  within ${made.hours} hours.`);

    await toldToStop;
    // All at once: a tick in the midst of a long row of notices ends when the platforms take no more of them.
    await Promise.all([
      heartbeat?.stop(),
      backingUp?.stop(),
      ticking.stop(),
      sweeping.stop(),
      auditWatch.stop(),
      looking.stop(),
      web.close(),
      ...platforms.map((platform) => platform.stop()),
    ]);
    await signIns?.settled();
    await rounds.stop();
    bot.store.close();
    unlock();
    return 0;
  });

/** Opens the platforms that are configured; their packages are loaded only then. */
async function openPlatforms(
  bot: Lantian,
  { platforms }: Config,
  tools: PlatformTools,
): Promise<(RunningPlatform & { name: string })[]> {
  const running: (RunningPlatform & { name: string })[] = [];
  for (const { provider, settings } of platforms) {
    const opened = await provider.open(bot, settings, tools).catch((error: Error) => {
      throw new StoreFault(error.message);
    });
    running.push({ ...opened, name: provider.words.name });
  }
  return running;
}
