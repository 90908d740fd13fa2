import { strollingClock } from "../test/support/slack/clock.ts";
import { senderOf } from "../test/support/slack/sender.ts";
import { type LocalSlack, localSlack } from "../test/support/slack/server.ts";
import { serve, until } from "./outside.ts";
import { type Rounds, takingTurns } from "./side-by-side.ts";

const CHANNEL = "C0GENERAL";

let slack: LocalSlack;
let users: string[];

const methods = {
  /** `hurried`: with every look at the clock more than a second has gone, so that no limit is ever reached. */
  async open({ token, members, hurried }: { token: string; members: number; hurried: boolean }) {
    slack = await localSlack({ token, now: hurried ? strollingClock() : Date.now });
    users = Array.from({ length: members }, (_, i) => slack.addUser(`U${String(i).padStart(5, "0")}`));
    slack.addChannel(CHANNEL, users);
    return { apiUrl: slack.apiUrl, users, channels: users.map((user) => slack.directId(user)) };
  },

  /** So many people at once give a command, by turns here and there: ms to each acknowledgement. */
  async commands({ ours, reference, secret, atOnce, ...rounds }: Rounds & Commands) {
    const [here, there] = [ours, reference].map((url) => senderOf(slack, { url: () => url, secret }));
    if (here === undefined || there === undefined) throw new Error("two sides are needed");
    let asked = 0;
    const commands = async (sends: typeof here) => {
      const askers = Array.from({ length: atOnce }, (_, i) => users[(asked + i) % users.length] ?? "");
      asked += atOnce;
      const acks = await Promise.all(askers.map((user) => sends.command(user, "/county", "海安", CHANNEL)));
      const wrong = acks.find(({ status, body }) => status !== 200 || body !== "");
      if (wrong) throw new Error(`not acknowledged: ${wrong.status} ${wrong.body}`);
      return acks.map(({ ms }) => ms);
    };
    const toOurs = async () => {
      const before = slack.ephemeral.length;
      const acks = await commands(here);
      // Answering is not what is measured: the other side must not have to work beside it.
      await until("every command answered", () => slack.ephemeral.length >= before + atOnce);
      await new Promise((resolve) => setTimeout(resolve, 3));
      return acks;
    };
    const found = await takingTurns(toOurs, () => commands(there), rounds);
    if (slack.refusals.length > 0) throw new Error(slack.refusals.join("; "));
    return { ours: found.ours.flat(), reference: found.reference.flat() };
  },

  /** How many messages Slack has accepted; throws when it had to refuse one. */
  async accepted() {
    if (slack.refusals.length > 0) throw new Error(slack.refusals.join("; "));
    return [...slack.channels.values()].reduce((sum, { messages }) => sum + messages.length, 0);
  },
};

type Commands = { ours: string; reference: string; secret: string; atOnce: number };
export type SlackOutside = typeof methods;

serve(methods);
