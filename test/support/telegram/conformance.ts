import { createHash } from "node:crypto";
import { deliverDue } from "../../../src/delivery/worker.ts";
import { webDoor } from "../../../src/platforms/web/door.ts";
import type { Button, Form, Message, Provider, Stage } from "../conformance.ts";
import { documentOf, photoOf } from "./announced.ts";
import type { Sent } from "./server.ts";
import { aStage } from "./stage.ts";

const GROUP = -1000;
const HOUR_MS = 3_600_000;
/** What Telegram shows in another way, but nothing that anybody could follow or be called by. */
const SHOWN = ["b", "i", "pre", "code"];
const isQuestion = ({ text }: Message) => /（\d+\/\d+）/.test(text);

export const telegram: Provider = {
  name: "Telegram",
  platform: "telegram",
  lacks: {},
  readsBack: false,
  stage: aTelegramStage,
};

async function aTelegramStage(): Promise<Stage> {
  const here = await aStage({ second: 4, frozen: true });
  const { server, bot } = here;
  const users = new Map<string, number>();
  const userOf = (name: string) => users.get(name) ?? 0;

  const stands = (name: string) => server.to(userOf(name)).map(read);
  const says = async (name: string, text: string) => (await here.says(userOf(name), text)).map(read);
  const presses = async (name: string, { handle }: Button) => {
    const chat = userOf(name);
    return (await here.presses(chat, { chat, id: 1 }, String(handle))).map(read);
  };

  return {
    office: here.office,
    bot,
    arrives: async (name) => void users.set(name, await here.member(name)),
    comes: async (name) => void users.set(name, here.stranger()),
    says,
    presses,
    async sends(name, { name: fileName, bytes }, caption) {
      const user = userOf(name);
      const announced = /\.jpg$/.test(fileName)
        ? photoOf(server, bytes)
        : documentOf(server, fileName, bytes);
      const message = server.messageOf(user, user, { ...announced, caption });
      return (await here.answers(user, () => server.bring(message))).map(read);
    },
    async opens(name, words): Promise<Form> {
      let question = (await says(name, words)).at(-1) as Message;
      let skip: Button | undefined;
      return {
        async handsIn(values) {
          for (;;) {
            const label = Object.keys(values).find((known) => question.text.includes(`：${known}`));
            skip = question.buttons.find((button) => button.label === "跳过");
            const answers = await says(name, label === undefined ? "跳过" : (values[label] ?? ""));
            const next = answers.at(-1) as Message;
            if (!isQuestion(next)) return { mistake: null, answers };
            const isSame = next.text === question.text;
            question = next;
            if (isSame) return { mistake: answers[0]?.text ?? "", answers: [] };
          }
        },
        again: () => presses(name, skip as Button),
      };
    },
    stands: async (name) => stands(name),
    delivers: async () => {
      await here.until("nothing waits", async () => {
        await deliverDue(bot, [here.door(), webDoor(bot)], here.machineNow);
        const waiting = await bot.store.read((r) =>
          r.outbox.due(here.machineNow() + HOUR_MS, 100, ["telegram"]),
        );
        const next = Math.min(...waiting.map(({ nextAttemptAt }) => nextAttemptAt));
        // The outbox waits by a clock that stands; Telegram's own limits are waited for as they are.
        if (waiting.length > 0) here.pass(Math.max(1, next - here.machineNow()));
        return waiting.length === 0 && (await bot.store.read((r) => r.outbox.countByState())).sending === 0;
      });
    },
    restart: here.restart,
    // On a busy machine a fetch may take longer than the hurried clock grants it; it is made again.
    complaints: () => [...server.violations, ...here.logged.filter((line) => !line.includes("getUpdates"))],
    close: here.close,
    group: {
      async binds(region) {
        const chat = { platform: "telegram", chatKey: String(GROUP), regionId: region, boundAt: 0 } as const;
        return (await bot.store.write((w) => w.chats.bind(chat))).id;
      },
      stands: async () => server.to(GROUP).map(read),
      closes: () => void server.kicked.add(GROUP),
    },
    refusesNextForNow: () => server.fail("sendMessage", "429"),
    cutsNext: (when) => server.fail("sendMessage", `reset-${when}`),
    shutsOut: (name) => void server.blocked.add(userOf(name)),
  };
}

function read({ id, text, keyboard, file, entities }: Sent): Message {
  return {
    id: String(id),
    // A sign that nobody sees breaks up what Telegram would make a link of.
    text: text.replaceAll("\u2060", ""),
    buttons: keyboard.flat().map((button) => ({ label: button.text, handle: button.callback_data })),
    files: file ? [{ sha256: createHash("sha256").update(file.bytes).digest("hex") }] : [],
    alive: entities.filter(({ type }) => !SHOWN.includes(type)).map(({ text: word }) => word),
  };
}
