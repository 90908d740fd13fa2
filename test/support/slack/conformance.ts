import type { Button, Form, Message, Provider, Stage } from "../conformance.ts";
import { specialsIn } from "./limits.ts";
import { TEAM } from "./memory.ts";
import { aSlackOffice } from "./office.ts";
import { hashOf, shares } from "./sharing.ts";

// biome-ignore lint/suspicious/noExplicitAny: blocks are as free as Slack's
type Any = any;

const GROUP = "C0GROUP";
const WAIT_S = 60;

export const slack: Provider = {
  name: "Slack",
  platform: "slack",
  lacks: {},
  readsBack: true,
  stage: aSlackStage,
};

async function aSlackStage(): Promise<Stage> {
  const here = await aSlackOffice();
  const users = new Map<string, string>();
  const userOf = (name: string) => users.get(name) ?? `nobody called ${name}`;
  const limited: number[] = [];
  /** What Slack was answered to forms. */
  const acknowledged: string[] = [];
  let stopsWhen: (() => Promise<boolean>) | null = null;
  /** Whatever the bot says is refused for the moment: it stops before it has answered. */
  const stopUnanswered = async (act: () => Promise<unknown>, had: () => Promise<boolean>) => {
    stopsWhen = null;
    here.slack.atRandom((method) => (method === "chat.postMessage" ? "429" : null));
    await act();
    const waits = async () => (await here.bot.store.read((r) => r.inbox.unanswered("slack"))).length > 0;
    while (!((await had()) && (await waits()))) await new Promise((resolve) => setTimeout(resolve, 3));
    await here.stop();
    here.slack.atRandom(null);
    // That it had to leave an answer is what it should report.
    here.faults.length = 0;
    return [];
  };

  const read = (message: ReturnType<typeof here.slack.directTo>[number]): Message => ({
    id: message.ts,
    text: message.blocks.length > 0 ? here.seen(message.blocks) : message.text,
    buttons: message.blocks
      .flatMap((block: Any) => block.elements ?? [])
      .filter((element: Any) => element.type === "button")
      .map((element: Any): Button => ({ label: element.text.text, handle: element })),
    files: (message.files ?? []).map(({ bytes }) => ({ sha256: hashOf(bytes ?? new Uint8Array()) })),
    alive: specialsIn(message),
  });
  const stands = (name: string) => here.slack.directTo(userOf(name)).map(read);
  const answers = async (name: string, act: () => Promise<unknown>) => {
    const before = stands(name).length;
    if (stopsWhen !== null) return stopUnanswered(act, stopsWhen);
    await act();
    await here.settled();
    return stands(name).slice(before);
  };
  const said = new Map<string, { ts: string; before: string }>();
  const says = (name: string, words: string) => {
    const text = asSlackSendsIt(words);
    const ts = here.sends.tsOf();
    said.set(name, { ts, before: text });
    return answers(name, () => here.sends.message(userOf(name), text, { ts }));
  };
  /** What is new in the group for somebody who is in it, quietly or for all. */
  const inGroup = async (name: string, act: (user: string) => Promise<unknown>) => {
    const user = userOf(name);
    if (!here.slack.channels.has(GROUP)) here.slack.addChannel(GROUP, []);
    const group = here.slack.channels.get(GROUP);
    group?.members.add(user);
    const quiet = here.told(user).length;
    const open = group?.messages.length;
    await act(user);
    await here.settled();
    return [...here.told(user).slice(quiet), ...(group?.messages.slice(open) ?? [])].map((m) =>
      read(m as Any),
    );
  };
  const presses = (name: string, { label, handle }: Button) => {
    const user = userOf(name);
    const where = { channel: here.slack.directId(user) };
    return answers(name, () => here.sends.press(user, [{ elements: [handle] }], label, where));
  };
  /** A call in a chat that has just asked for patience. */
  const tooSoon = () =>
    limited.flatMap((from) => {
      const posts = here.slack.calls.slice(from).filter(({ method }) => method === "chat.postMessage");
      const [first, ...later] = posts.filter(({ args }) => args.channel === posts[0]?.args.channel);
      const until = (first?.at ?? 0) + WAIT_S * 1000;
      return later.filter(({ at }) => at < until).map(({ at }) => `called ${until - at} ms too soon`);
    });

  return {
    office: here.office,
    bot: here.bot,
    arrives: async (name) => void users.set(name, await here.link(name)),
    comes: async (name) => void users.set(name, here.slack.addUser(`U0S${users.size}`)),
    says,
    presses,
    async sends(name, file, caption) {
      return (await shares(here, userOf(name), caption, [file])).map(read);
    },
    async opens(name, from): Promise<Form> {
      const user = userOf(name);
      const asked = async (words: string) =>
        (await answers(name, () => here.sends.message(user, asSlackSendsIt(words)))).at(-1);
      const button =
        typeof from === "string" ? (await asked(from))?.buttons.find(({ label }) => label === "填写") : from;
      await presses(name, button as Button);
      const { view } = here.slack.views.at(-1) ?? {};
      let filled: Record<string, string> = {};
      const submits = async () => (await here.sends.submit(user, view, filled)).body;
      return {
        async handsIn(values) {
          const inputs = view.blocks.filter(({ type }: Any) => type === "input");
          filled = Object.fromEntries(
            inputs.map((block: Any) => [block.block_id, values[block.label.text] ?? standing(block)]),
          );
          let reply = "";
          const said = await answers(name, async () => {
            reply = await submits();
            acknowledged.push(reply);
          });
          const { errors } = JSON.parse(reply) as { errors?: Record<string, string> };
          return { mistake: errors ? Object.values(errors).join("\n") : null, answers: said };
        },
        again: () => answers(name, submits),
      };
    },
    stands: async (name) => stands(name),
    delivers: here.delivers,
    restart: here.restart,
    complaints: () => [
      // That somebody, or the bot itself, is gone is heard from Slack, and no fault.
      ...here.slack.refusals.filter((refusal) => !/user_disabled|not_in_channel/.test(refusal)),
      ...tooSoon(),
      ...here.faults,
    ],
    close: here.close,
    traffic: () => ({
      calls: JSON.stringify([here.slack.calls, acknowledged]),
      files: [...here.slack.uploads.values()].flatMap(({ bytes }) => (bytes ? [bytes] : [])),
    }),
    group: {
      async binds(region) {
        if (!here.slack.channels.has(GROUP)) here.slack.addChannel(GROUP, []);
        const chat = { platform: "slack", workspace: TEAM, chatKey: GROUP, regionId: region } as const;
        return (await here.bot.store.write((w) => w.chats.bind({ ...chat, boundAt: 0 }))).id;
      },
      stands: async () => (here.slack.channels.get(GROUP)?.messages ?? []).map(read),
      asks: (name, text) => inGroup(name, (user) => here.sends.mention(user, asSlackSendsIt(text), GROUP)),
      talks: (name, text) => inGroup(name, (user) => here.sends.talk(user, asSlackSendsIt(text), GROUP)),
      presses: (name, { label, handle }) =>
        inGroup(name, (user) => here.sends.press(user, [{ elements: [handle] }], label, { channel: GROUP })),
      closes: () => void here.slack.channels.get(GROUP)?.members.clear(),
    },
    edits: (name, text) => {
      const { ts, before } = said.get(name) ?? { ts: "", before: "" };
      said.set(name, { ts, before: asSlackSendsIt(text) });
      return answers(name, () => here.sends.edits(userOf(name), { ts, before, text: asSlackSendsIt(text) }));
    },
    refusesNextForNow() {
      limited.push(here.slack.calls.length);
      here.slack.plan("chat.postMessage", "429", WAIT_S);
    },
    cutsNext: (when, what) =>
      here.slack.plan(what === "file" ? "files.completeUploadExternal" : "chat.postMessage", `reset ${when}`),
    stopsUnanswered: (had) => {
      stopsWhen = had;
    },
    shutsOut: (name) => void here.slack.addUser(userOf(name), { deleted: true }),
  };
}

/** Slack hands on what people type with its own three signs escaped. */
const asSlackSendsIt = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** What stands in an input already. */
const standing = ({ element }: Any): string =>
  element.initial_value ?? element.initial_date ?? element.initial_option?.value ?? "";
