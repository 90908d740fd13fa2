import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { EpochMs } from "../../src/domain/ids.ts";
import { openStore } from "../../src/store/store.ts";
import { OWN_START } from "../support/child.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";
import { TEAM } from "../support/slack/memory.ts";
import { SECRET, TOKEN } from "../support/slack/office.ts";
import { senderOf } from "../support/slack/sender.ts";
import { localSlack } from "../support/slack/server.ts";
import { startTelegramServer } from "../support/telegram/server.ts";

const root = join(import.meta.dirname, "../..");

/** The bot as `npm start` starts it, with Slack and Telegram, and a city's officials: half of them on each platform. */
export async function aRealBot(officials: number) {
  const file = await aDatabaseIn(aFolder());
  const [slack, telegram] = [await localSlack({ token: TOKEN }), await startTelegramServer({ second: 1000 })];
  const store = openStore(file);
  const clerk = await store.read((r) => r.people.byName("市办"));
  if (clerk === null) throw new Error("no office");
  const slackUsers: string[] = [];
  const telegramUsers: number[] = [];
  const ids: number[] = [];
  await store.write(async ({ people }) => {
    const { id: _, ...like } = clerk;
    for (let nth = 0; nth < officials; nth++) {
      const { id } = await people.add({ ...like, name: `市办${nth}` });
      ids.push(id);
      if (nth % 2 === 0) {
        slackUsers.push(slack.addUser(`U1${String(nth).padStart(3, "0")}`));
        await people.bind(id, { platform: "slack", workspace: TEAM, userKey: slackUsers.at(-1) ?? "" }, 0);
        await people.pushTo(id, "slack");
      } else {
        telegramUsers.push(7000 + nth);
        await people.bind(id, { platform: "telegram", workspace: "", userKey: String(7000 + nth) }, 0);
        await people.pushTo(id, "telegram");
      }
    }
  });

  let child: ChildProcess;
  let url = "";
  let output = "";
  const start = async () => {
    child = spawn(
      process.execPath,
      ["--expose-gc", ...OWN_START, "--import", "./test/alone/heap.ts", "src/main.ts"],
      {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe", "ipc"],
        env: {
          PATH: process.env.PATH,
          DATABASE_URL: `file:${file}`,
          PORT: "0",
          LOG_LEVEL: "error",
          SLACK_BOT_TOKEN: TOKEN,
          SLACK_SIGNING_SECRET: SECRET,
          SLACK_API_URL: slack.apiUrl,
          TELEGRAM_BOT_TOKEN: telegram.token,
          TELEGRAM_API_ROOT: telegram.apiRoot,
        },
      },
    );
    let said = "";
    const isUp = new Promise<void>((resolve, reject) => {
      child.once("exit", () => reject(new Error(`it ended: ${output}`)));
      child.stdout?.on("data", (chunk) => {
        said += chunk;
        const at = said.match(/is running: (http:\/\/[\w.:]+)/);
        if (at === null) return;
        url = at[1] as string;
        resolve();
      });
    });
    child.stderr?.on("data", (chunk) => {
      output += chunk;
    });
    await isUp;
  };
  const kill = async (signal: "SIGKILL" | "SIGTERM" = "SIGKILL") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  onTestFinished(async () => {
    await kill();
    store.close();
    await slack.close();
    await telegram.close();
  });
  await start();
  return {
    file,
    store,
    slack,
    telegram,
    ids,
    slackUsers,
    telegramUsers,
    sends: senderOf(slack, { url: () => `${url}/slack/events`, secret: SECRET }),
    start,
    kill,
    output: () => output,
    setClock: (ms: EpochMs) => store.write((w) => w.settings.set("demo-clock", String(ms))),
    /** What of the heap is in use after a collection, MB. */
    async heapMb(): Promise<number> {
      const answer = once(child, "message");
      child.send("heap");
      return ((await answer)[0] as number) / 1e6;
    },
    logMb: () => (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) / 1e6,
  };
}
