import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Lantian } from "../../../src/bot/lantian.ts";
import { deliverDue, doubtWhatWasUnderWay } from "../../../src/delivery/worker.ts";
import { startSlack } from "../../../src/platforms/slack/start.ts";
import { webDoor } from "../../../src/platforms/web/door.ts";
import { anOffice } from "../office.ts";
import { until } from "../until.ts";
import { leapingClock } from "./clock.ts";
import { seenIn } from "./limits.ts";
import { TEAM } from "./memory.ts";
import { type Place, senderOf } from "./sender.ts";
import { localSlack } from "./server.ts";

export const SECRET = "canary-signing-secret-0123456789";
export const TOKEN = "xoxb-canary-111-222-abcdef";

const APP_TOKEN = "xapp-canary-1-A0-abcdef";

export type SlackOffice = Awaited<ReturnType<typeof aSlackOffice>>;

/** A whole office that stands in a local Slack; people are linked under ids of their own. */
export async function aSlackOffice(
  options: {
    timeoutMs?: number;
    at?: string;
    socketMode?: boolean;
    renewMs?: number;
    silentMs?: number;
    /** The organisation that the workspace belongs to. */
    enterprise?: string;
    /** The app is installed in that as a whole. */
    orgWide?: boolean;
    lookMs?: number;
    /** Set only where it is the story that nothing gets through. */
    awayMs?: number;
    /** Set only where a placeholder is the story: elsewhere a slow machine must not bring one about. */
    patienceMs?: number;
    /** Set only where the time that a form may take is the story. */
    formMs?: number;
  } = {},
) {
  const office = await anOffice(options.at ? { at: options.at } : {});
  const clock = leapingClock();
  const slack = await localSlack({
    token: TOKEN,
    appToken: APP_TOKEN,
    now: clock.now,
    ...(options.enterprise ? { enterprise: options.enterprise } : {}),
    ...(options.orgWide ? { orgWide: true } : {}),
  });
  slack.addChannel("C0GENERAL", []);
  const faults: string[] = [];
  /** Between two things that people do a second passes, unless they are in haste. */
  const people = { areInHaste: false };
  let peoplesTime = 0;
  const calm = { ms: 0 };
  const bot: Lantian = { ...office.bot, report: (error) => faults.push(String(error)) };
  const settings = {
    botToken: TOKEN,
    signingSecret: SECRET,
    appToken: options.socketMode ? APP_TOKEN : null,
    apiUrl: slack.apiUrl,
  };
  const start = async () => {
    const started = await startSlack(bot, settings, {
      onFault: (error) => faults.push(String(error)),
      timing: clock,
      machineNow: () => {
        if (!people.areInHaste) peoplesTime += 1_000;
        return peoplesTime;
      },
      timeoutMs: options.timeoutMs ?? 60_000,
      patienceMs: options.patienceMs ?? 600_000,
      formMs: options.formMs ?? 600_000,
      ...(options.renewMs ? { renewMs: options.renewMs } : {}),
      ...(options.silentMs ? { silentMs: options.silentMs } : {}),
      ...(options.lookMs ? { lookMs: options.lookMs } : {}),
      ...(options.awayMs ? { awayMs: options.awayMs } : {}),
      ticks: () => calm.ms,
    });
    clock.watch(started.door);
    return started;
  };
  let running = await start();
  const front = createServer((request, response) => running.mount?.listener(request, response));
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}/slack/events`;
  const wire = { url: () => url, secret: SECRET };
  const sends = senderOf(slack, wire);
  let users = 0;

  const settled = async () => {
    const isEmpty = () =>
      bot.store.read(
        async ({ inbox }) =>
          (await inbox.waiting("slack")).length + (await inbox.unanswered("slack")).length === 0,
      );
    await until(isEmpty, () => `an empty inbox: ${faults.join("; ")}`);
  };

  return {
    office,
    bot,
    slack,
    sends,
    /** The same from another place than the workspace. */
    sendsFrom: (place: Place) => senderOf(slack, wire, place),
    clock,
    faults,
    settings,
    url: () => url,
    door: () => running.door,
    health: () => running.health(),
    hears: (userKey: string, workspace = TEAM) => running.hears?.({ platform: "slack", workspace, userKey }),
    /** Links a member to a new Slack user, in this workspace, as if a code had been redeemed. */
    async link(name: string): Promise<string> {
      users += 1;
      const user = slack.addUser(`U0${String(users).padStart(4, "0")}`);
      slack.channels.get("C0GENERAL")?.members.add(user);
      await bot.store.write(async (w) => {
        const person = await w.people.byName(name);
        if (person === null) throw new Error(`nobody is called ${name}`);
        await w.people.bind(person.id, { platform: "slack", workspace: TEAM, userKey: user }, 0);
        await w.people.pushTo(person.id, "slack");
      });
      return user;
    },
    people,
    /** Lets the two minutes pass after which a trouble that is gone counts as over; nothing else passes them. */
    calmsDown() {
      calm.ms += 120_000;
    },
    /** Waits until everything that came in has been answered. */
    settled,
    /** What a user was answered quietly, newest last. */
    told: (user: string) => slack.ephemeral.filter((e) => e.to === user),
    seen: (blocks: unknown) => seenIn(blocks),
    deliverOnce: () => deliverDue(bot, [running.door, webDoor(bot)], clock.now),
    /** Delivers until nothing is left that could be sent within an hour. */
    async delivers() {
      for (let i = 0; i < 30_000; i++) {
        await deliverDue(bot, [running.door, webDoor(bot)], clock.now);
        const counts = await bot.store.read((r) => r.outbox.countByState());
        const waiting = await bot.store.read((r) => r.outbox.due(clock.now() + 3_600_000, 1000, ["slack"]));
        if (waiting.length === 0 && counts.sending === 0) return;
        // Another round may be sending some: it takes as long as the machine needs, and no time of this clock.
        if (counts.sending > 0) await new Promise((resolve) => setTimeout(resolve, 2));
        else clock.leap(Math.max(100, Math.min(...waiting.map((row) => row.nextAttemptAt)) - clock.now()));
      }
      throw new Error("deliveries don't come to an end");
    },
    stop: () => running.stop(),
    /** As after a crash: whatever was being sent is in doubt, and the inbox's rest is taken up. */
    async restart() {
      await running.stop();
      await doubtWhatWasUnderWay(bot, clock.now);
      running = await start();
    },
    async close() {
      await running.stop();
      front.closeAllConnections();
      front.close();
      await slack.close();
      office.close();
    },
  };
}
