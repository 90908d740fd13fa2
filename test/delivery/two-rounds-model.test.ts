import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeliveryClass, OutboxRow } from "../../src/store/outbox.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { accepted, aPlatformInHand } from "./in-hand.ts";
import { type Move, watchMoves } from "./moves.ts";
import { edit, often, play, resend, steps, type Truth } from "./side-by-side.ts";

const full = process.env.TEST_FULL === "1";

let office: AnOffice;
let moves: ReturnType<typeof watchMoves>;
beforeAll(async () => {
  office = await anOffice();
  moves = watchMoves(office.file);
});
afterAll(() => {
  moves.close();
  office.close();
});

/** Whence a delivery may go, and where to. */
const WAYS: Record<string, readonly string[]> = {
  // “sent” from anywhere: an acceptance that comes late is one all the same.
  pending: ["pending", "sending", "failed", "sent"],
  sending: ["sent", "pending", "ambiguous", "failed"],
  ambiguous: ["ambiguous", "pending", "failed", "sent"],
  failed: ["pending", "sent"],
  sent: [],
};

const wrong = (move: Move) =>
  !WAYS[move.was]?.includes(move.is) ||
  // Nothing is sent that hasn't been claimed for it, and only what waits is claimed.
  move.claimed !== (move.was === "pending" && move.is === "sending" ? 1 : 0);

let run = 0;
test("however many rounds work on a row and in whatever order they are answered, it goes out once and ends in a state that is known", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom<DeliveryClass>("must-arrive", "must-not-repeat"), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.boolean(),
      steps(often(resend, 3)),
      async (classes, maySayUnsure, all) => {
        run += 1;
        const slack = await aPlatformInHand(office);
        const ids: number[] = [];
        for (const [i, kind] of classes.entries()) ids.push(await slack.queue(`${run}/${i}`, kind));
        const resent = new Map<number, number>();
        /** A human sends what is listed at this moment once more. */
        const resendOne = async (n: number) => {
          const row = (await slack.rows()).find(({ id }) => id === ids[n % ids.length]) as OutboxRow;
          if (await slack.bot.store.write((w) => w.outbox.resend(row.id, row.claim, "resent")))
            resent.set(row.id, (resent.get(row.id) ?? 0) + 1);
        };
        const check = async (now: Truth) => {
          for (const row of await slack.rows()) {
            // Without a look what must arrive may be repeated once.
            const each = maySayUnsure && row.class === "must-arrive" ? 2 : 1;
            expect(now.standing(row.id)).toBeLessThanOrEqual(each * (1 + (resent.get(row.id) ?? 0)));
            const mine = slack.open.filter((r) => r.row.id === row.id && !r.isLate);
            expect(mine.filter((r) => r.asks === "deliver").length).toBeLessThanOrEqual(1);
            // Who looks has the row until a moment of its own.
            const looks = mine.filter((r) => r.asks === "find").map((r) => r.row.nextAttemptAt);
            expect(new Set(looks).size).toBe(looks.length);
            expect(row.state === "sent").toBe(now.heard.has(row.id));
          }
        };
        const truth = await play(slack, { steps: all, maySayUnsure, resend: resendOne, check });
        const rows = await slack.rows();
        const listed = (await slack.bot.store.read((r) => r.outbox.troubled(1_000_000))).map(
          ({ row }) => row.id,
        );
        for (const { id, state } of rows) {
          expect(["sent", "failed", "ambiguous"]).toContain(state);
          expect(listed.includes(id)).toBe(state !== "sent");
          if (!maySayUnsure && !resent.has(id) && truth.standing(id) > 0) expect(state).toBe("sent");
          expect(moves.of(id).filter(wrong)).toEqual([]);
          // The office hears of each end that a human has to see to, once.
          const ends = moves.of(id).filter((move) => move.is === "failed" || move.forGood === 1);
          expect(await slack.told(id)).toBe(ends.length);
        }
        expect(slack.faults).toEqual([]);
      },
    ),
    { numRuns: full ? 1000 : 60, seed: 20200615 },
  );
});

test("however many rounds make the edits of a message and in whatever order they are answered, the chat shows the newest", async () => {
  await fc.assert(
    fc.asyncProperty(steps(often(edit, 4)), async (all) => {
      run += 1;
      const slack = await aPlatformInHand(office);
      await slack.queue(`${run}`, "card");
      await slack.rounds(1);
      await slack.only("deliver").answer(accepted());
      const [message] = await slack.bot.store.read((r) => r.messages.history("slack", slack, 1));
      let [version, newest] = [0, 0];
      const queueEdit = async () => {
        version += 1;
        const card = { title: `${version}` };
        const edit = { messageId: message?.id ?? 0, personId: slack.personId, card, version };
        newest = await slack.bot.store.write(async ({ outbox }) => {
          await outbox.queueEdit(edit, 0);
          return outbox.newestId();
        });
      };
      const check = async ({ shown }: Truth) =>
        expect(shown.map(Number).filter((title, i) => title < Number(shown[i - 1] ?? 0))).toEqual([]);
      const truth = await play(slack, { steps: all, maySayUnsure: false, edit: queueEdit, check });
      const end = moves.of(newest).at(-1)?.is;
      if (end === "sent") expect(truth.shown.at(-1)).toBe(`${version}`);
      else if (version > 0) expect(["failed", "ambiguous"]).toContain(end);
      expect(slack.faults).toEqual([]);
    }),
    { numRuns: full ? 1000 : 60, seed: 20200615 },
  );
});
