import { startTelegramServer, type TelegramServer } from "../test/support/telegram/server.ts";
import { nextIn, serve } from "./outside.ts";
import { type Rounds, takingTurns } from "./side-by-side.ts";

/** ms of a second at this Telegram: the pause between two messages in a chat, which is not measured, becomes short. */
const SECOND = 20;

let telegram: TelegramServer;

const methods = {
  async open() {
    telegram = await startTelegramServer({ second: SECOND });
    const { apiRoot, token } = telegram;
    return { apiRoot, token, second: SECOND };
  },

  /**
   * Somebody says something, by turns to ours, and to two others of which one acknowledges and the other answers: ms until
   * the update is acknowledged, and until an answer stands in the chat.
   */
  async updates({ ours, acknowledging, answering, secret, users, text, ...rounds }: Rounds & Updates) {
    let said = 0;
    const says = async (url: string) => {
      said += 1;
      const user = users[said % users.length] ?? 0;
      const body = JSON.stringify(telegram.makes(telegram.messageOf(user, user, { text })));
      const from = performance.now();
      const since = () => performance.now() - from;
      const acknowledged = fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
        body,
      }).then(async (response) => {
        await response.arrayBuffer();
        if (response.status !== 200) throw new Error(`not acknowledged: ${response.status}`);
        return since();
      });
      return { acknowledged, answered: nextIn(telegram.sent).then(since) };
    };
    const found = await takingTurns(
      async () => {
        const { acknowledged, answered } = await says(ours);
        const [ack, answer] = await Promise.all([acknowledged, answered]);
        // What the bot does after its answer is not to cost the others.
        await new Promise((resolve) => setTimeout(resolve, 3));
        return { ack, answer };
      },
      async () => {
        const ack = await (await says(acknowledging)).acknowledged;
        const { acknowledged, answered } = await says(answering);
        const [, answer] = await Promise.all([acknowledged, answered]);
        return { ack, answer };
      },
      rounds,
    );
    if (telegram.violations.length > 0) throw new Error(telegram.violations.join("; "));
    const both = (what: "ack" | "answer") => ({
      ours: found.ours.map((times) => times[what]),
      reference: found.reference.map((times) => times[what]),
    });
    return { ack: both("ack"), answer: both("answer") };
  },
};

type Updates = {
  ours: string;
  acknowledging: string;
  answering: string;
  secret: string;
  users: readonly number[];
  text: string;
};
export type TelegramOutside = typeof methods;

serve(methods);
