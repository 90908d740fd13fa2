import { createHash } from "node:crypto";
import type { DrawnButton } from "../../../src/chat/card.ts";
import { type Rounds, roundsOf } from "../../../src/delivery/rounds.ts";
import { doubtWhatWasUnderWay } from "../../../src/delivery/worker.ts";
import { textOf } from "../../../src/ops/card-text.ts";
import type { ConsoleMessage } from "../../../src/platforms/web/console.ts";
import { webDoor } from "../../../src/platforms/web/door.ts";
import { officeConsole } from "../../../src/platforms/web/office-console.ts";
import { startWebConsole } from "../../../src/platforms/web/server.ts";
import { walk } from "../../../src/scheduler/walk.ts";
import type { Form, Message, Provider, Stage } from "../conformance.ts";
import { anOffice } from "../office.ts";
import { openPage, type Page } from "./page.ts";

export const web: Provider = {
  name: "console",
  platform: "web",
  lacks: {
    traffic: "a page is where those who must read it whole",
    group: "a page is one person's",
    edits: "what was said on a page stands as it was said",
    refusesNextForNow: "a page takes whatever stands in its conversation",
    cutsNext: "a push and its receipt are one transaction",
    stopsUnanswered:
      "an answer is what a page's own request is answered with; see test/platforms/web/requests.test.ts",
    shutsOut: "a conversation is the office's own and can't be shut from outside",
  },
  readsBack: true,
  stage: aWebStage,
};

async function aWebStage(): Promise<Stage> {
  const office = await anOffice();
  const { bot } = office;
  const pages = new Map<string, Page>();
  const faults: string[] = [];
  const report = (error: unknown) => void faults.push(String(error));
  let server: Awaited<ReturnType<typeof startWebConsole>>;
  let rounds: Rounds;

  const start = async () => {
    rounds = roundsOf(bot, [webDoor(bot)], report);
    const service = officeConsole({ ...bot, report }, { rounds, walk });
    server = await startWebConsole(service, { host: "127.0.0.1", port: 0, onFailure: report });
    for (const page of pages.values()) await page.connect(server.url);
  };
  const stop = async () => {
    for (const page of pages.values()) page.disconnect();
    await rounds.stop();
    await server.close();
  };
  await start();

  const pageOf = (name: string): Page => {
    const page = pages.get(name);
    if (page === undefined) throw new Error(`${name} has no page open`);
    return page;
  };
  const read = async (page: Page, { id, card }: ConsoleMessage): Promise<Message> => ({
    id: String(id),
    text: card ? textOf(card) : "",
    buttons: (card?.buttons ?? []).map((button) => ({ label: button.label, handle: button })),
    files: await Promise.all(
      (card?.files ?? []).map(async ({ token }) => ({ sha256: hashOf(await page.opens(token)) })),
    ),
    // A card is data here; that the page draws its text as text is tried in a browser.
    alive: [],
  });
  const botsOwn = async (page: Page, messages: readonly ConsoleMessage[]) =>
    Promise.all(messages.filter(({ from }) => from === "bot").map((message) => read(page, message)));
  /** What is new for somebody in the answer to a request; cards that changed come with it, under the ids they had. */
  const answers = async (name: string, ask: (page: Page) => Promise<ConsoleMessage[]>) => {
    const page = pageOf(name);
    const newest = Math.max(0, ...(await page.history()).map(({ id }) => id));
    return botsOwn(
      page,
      (await ask(page)).filter(({ id }) => id > newest),
    );
  };
  const says = (name: string, text: string) => answers(name, (page) => page.asks("say", { text }));

  return {
    office,
    bot,
    async arrives(name) {
      const page = await openPage(server.url);
      const person = await bot.store.read((r) => r.people.byName(name));
      if (person === null) throw new Error(`nobody is called ${name}`);
      const identity = { platform: "web", workspace: "", userKey: hashOf(page.key()) } as const;
      await bot.store.write(async ({ people }) => {
        await people.bind(person.id, identity, 0);
        await people.pushTo(person.id, "web");
      });
      pages.set(name, page);
    },
    comes: async (name) => void pages.set(name, await openPage(server.url)),
    says,
    presses(name, { handle }) {
      const button = handle as DrawnButton;
      if (button.kind === "say") return says(name, button.say);
      return answers(name, (page) => page.asks("press", { token: button.token, fill: {} }));
    },
    sends: (name, file, caption) => answers(name, (page) => page.sends(file, caption)),
    async opens(name, from): Promise<Form> {
      const [card] = typeof from === "string" ? await says(name, from) : [];
      const pressed = typeof from === "string" ? card?.buttons.find(({ label }) => label === "填写") : from;
      const button = pressed?.handle as DrawnButton;
      if (button?.kind !== "press") throw new Error(`${JSON.stringify(from)} leads to no form`);
      let asked = {};
      return {
        async handsIn(values) {
          const filled = button.fields.map(({ name: field, label, value = "" }) => [
            field,
            values[label] ?? value,
          ]);
          const fill = Object.fromEntries(filled.filter(([, value]) => value !== ""));
          asked = { token: button.token, fill, form: `form${card?.id ?? button.token}` };
          let refused: string | null = null;
          const said = await answers(name, async (page) => {
            const messages = await page.asks("press", asked);
            const last = messages.findLast(({ from }) => from === "bot")?.card;
            refused = (last?.facts?.error as { message?: string } | undefined)?.message ?? null;
            return messages;
          });
          return { mistake: refused, answers: refused === null ? said : [] };
        },
        again: () => answers(name, (page) => page.asks("press", asked)),
      };
    },
    async stands(name) {
      const page = pageOf(name);
      return botsOwn(page, await page.shows());
    },
    delivers: async () => void (await rounds.send()),
    async restart() {
      await stop();
      await doubtWhatWasUnderWay(bot);
      await start();
    },
    complaints: () => [...faults],
    async close() {
      await stop();
      office.close();
    },
  };
}

const hashOf = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
