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
const isLast = ({ text }: Message) => /（(\d+)\/\1）/.test(text);
const isQuestion = ({ text }: Message) => /（\d+\/\d+）/.test(text);

export const telegram: Provider = {
  name: "Telegram",
  platform: "telegram",
  lacks: {},
  readsBack: false,
  stage: aTelegramStage,
};

async function aTelegramStage(): Promise<Stage> {
  const here = await aStage({ frozen: true, timeoutMs: 60_000 });
  const { server, bot } = here;
  const users = new Map<string, number>();
  const userOf = (name: string) => users.get(name) ?? 0;

  const stands = (name: string) => server.to(userOf(name)).map(read);
  let stopsWhen: (() => Promise<boolean>) | null = null;
  const answers = async (chat: number, act: () => unknown): Promise<Message[]> => {
    if (stopsWhen === null) return (await here.answers(chat, act)).map(read);
    server.fail("sendMessage", "hang-before");
    const sends = () => server.calls.filter(({ method }) => method === "sendMessage").length;
    const before = sends();
    const had = stopsWhen;
    act();
    await here.until("an effect whose answer hangs", async () => sends() > before && (await had()));
    stopsWhen = null;
    await here.stop();
    // That it had to leave an answer is what it should report.
    here.logged.length = 0;
    return [];
  };
  const said = new Map<string, ReturnType<typeof server.says>>();
  const says = (name: string, text: string) =>
    answers(userOf(name), () => {
      const update = server.says(userOf(name), text);
      said.set(name, update);
      return update;
    });
  const presses = (name: string, { handle }: Button) => {
    const chat = userOf(name);
    return answers(chat, () => server.presses(chat, { chat, id: 1 }, String(handle)));
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
      return answers(user, () => server.bring(message));
    },
    async opens(name, from): Promise<Form> {
      const asked = typeof from === "string" ? says(name, from) : presses(name, from);
      let question = (await asked).at(-1) as Message;
      let skip: Button | undefined;
      return {
        async handsIn(values) {
          for (;;) {
            const label = Object.keys(values).find((known) => question.text.includes(`：${known}`));
            skip = question.buttons.find((button) => button.label === "跳过");
            const had = stopsWhen;
            if (!isLast(question)) stopsWhen = null;
            const said = await says(name, label === undefined ? "跳过" : (values[label] ?? ""));
            if (!isLast(question)) stopsWhen = had;
            const next = said.at(-1);
            if (next === undefined || !isQuestion(next)) return { mistake: null, answers: said };
            const isSame = next.text === question.text;
            question = next;
            if (isSame) return { mistake: said[0]?.text ?? "", answers: [] };
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
    traffic: () => ({
      calls: JSON.stringify([server.calls, server.sent.map(({ file }) => file?.name)]),
      files: server.sent.flatMap(({ file }) => (file ? [file.bytes] : [])),
    }),
    group: {
      async binds(region) {
        const chat = { platform: "telegram", chatKey: String(GROUP), regionId: region, boundAt: 0 } as const;
        return (await bot.store.write((w) => w.chats.bind(chat))).id;
      },
      stands: async () => server.to(GROUP).map(read),
      asks: (name, text) =>
        answers(GROUP, () => server.says(userOf(name), `@${server.me.username} ${text}`, { chat: GROUP })),
      talks: (name, text) => answers(GROUP, () => server.says(userOf(name), text, { chat: GROUP })),
      presses: (name, { handle }) =>
        answers(GROUP, () => server.presses(userOf(name), { chat: GROUP, id: 1 }, String(handle))),
      closes: () => void server.kicked.add(GROUP),
    },
    edits: (name, text) => answers(userOf(name), () => server.edits(said.get(name) ?? {}, text)),
    refusesNextForNow: () => server.fail("sendMessage", "429"),
    cutsNext: (when, what) => server.fail(what === "file" ? "sendDocument" : "sendMessage", `reset-${when}`),
    stopsUnanswered: (had) => {
      stopsWhen = had;
    },
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
