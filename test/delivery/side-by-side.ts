import fc from "fast-check";
import { accepted, found, type InHand, type Request, unknown } from "./in-hand.ts";

/** How a request ends. `arrived`/`lost`: no answer comes, and it stands in the chat or doesn't. */
const ENDS = ["accepted", "arrived", "lost", "later", "unreachable", "throws", "failed"] as const;
type End = (typeof ENDS)[number];
export type Step =
  | { does: "rounds"; n: number }
  | { does: "answer"; which: number; end: End }
  | { does: "pass"; ms: number }
  /** Another start; of what was under way then each even-numbered request has arrived, or each odd one. */
  | { does: "restart"; arrives: 0 | 1 }
  | { does: "resend"; which: number }
  | { does: "edit" };

const which = fc.nat(7);
const rounds = fc.record({ does: fc.constant("rounds" as const), n: fc.integer({ min: 1, max: 3 }) });
const answer = fc.record({
  does: fc.constant("answer" as const),
  which,
  end: fc.oneof(fc.constant<End>("accepted"), fc.constantFrom(...ENDS)),
});
const pass = fc.record({ does: fc.constant("pass" as const), ms: fc.constantFrom(1_000, 61_000) });
const restart = fc.record({
  does: fc.constant("restart" as const),
  arrives: fc.constantFrom(0 as const, 1 as const),
});
export const resend = fc.record({ does: fc.constant("resend" as const), which });
export const edit = fc.constant<Step>({ does: "edit" });
export const often = (arbitrary: fc.Arbitrary<Step>, weight: number) => ({ arbitrary, weight });
const daily = [often(rounds, 5), often(answer, 6), often(pass, 4), often(restart, 2)];
export const steps = (more: ReturnType<typeof often>) =>
  fc.array(fc.oneof(...daily, more), { minLength: 5, maxLength: 40, size: "max" });

/** What stands in the chat, whatever the bot knows of it. */
function truthOf(slack: InHand, maySayUnsure: boolean) {
  const standing = new Map<number, number>();
  /** Titles in the order in which they came to stand there. */
  const shown: string[] = [];
  /** Deliveries of which the bot has been told, by whatever answer, that they stand there. */
  const heard = new Set<number>();
  const arrived = new Set<Request>();
  /** What a look saw in the chat when it was asked for. */
  const seen = new Map<Request, "absent" | "there">();
  const arrive = (request: Request) => {
    standing.set(request.row.id, (standing.get(request.row.id) ?? 0) + 1);
    shown.push(request.row.title);
    arrived.add(request);
  };
  const answerDeliver = (request: Extract<Request, { asks: "deliver" }>, end: End) => {
    const yes = accepted(`${request.row.id}/${standing.get(request.row.id) ?? 0}`);
    const certain: Record<string, Parameters<typeof request.answer>[0]> = {
      later: { kind: "later", afterMs: 1_000, why: "slow down" },
      unreachable: { kind: "unreachable", why: "refused" },
      throws: new Error("connection refused"),
      failed: { kind: "failed", why: "user_disabled" },
    };
    // Whether a request of the bot before has arrived was decided at its end.
    if (!request.isLate && (end === "accepted" || end === "arrived")) arrive(request);
    if (end === "arrived" || end === "lost") return request.answer(unknown);
    if (arrived.has(request)) {
      heard.add(request.row.id);
      return request.answer(yes);
    }
    return request.answer(certain[end] ?? (certain.unreachable as Error));
  };
  const answerFind = (request: Extract<Request, { asks: "find" }>, end: End) => {
    if (end === "throws" || end === "unreachable") return request.answer(new Error("not now"));
    if (end === "failed" && maySayUnsure) return request.answer("unsure");
    if (seen.get(request) !== "there") return request.answer("absent");
    heard.add(request.row.id);
    return request.answer(found(`${request.row.id}`));
  };
  return {
    standing: (id: number) => standing.get(id) ?? 0,
    shown,
    heard,
    arrive,
    answer: (request: Request, end: End) =>
      request.asks === "deliver" ? answerDeliver(request, end) : answerFind(request, end),
    /** What those who have just begun to look see. */
    look() {
      for (const request of slack.open)
        if (request.asks === "find" && !seen.has(request))
          seen.set(request, standing.has(request.row.id) ? "there" : "absent");
    },
  };
}

export type Truth = ReturnType<typeof truthOf>;
type Story = {
  steps: readonly Step[];
  maySayUnsure: boolean;
  resend?: (n: number) => Promise<void>;
  edit?: () => Promise<void>;
  /** What must hold after each step. */
  check?: (truth: Truth) => Promise<void>;
};

/** Plays the steps and then, with a platform that accepts all, what is left to its end. */
export async function play(slack: InHand, story: Story): Promise<Truth> {
  const truth = truthOf(slack, story.maySayUnsure);
  const take = async (step: Step) => {
    if (step.does === "rounds") await slack.rounds(step.n);
    else if (step.does === "pass") slack.pass(step.ms);
    else if (step.does === "restart") {
      for (const [i, request] of slack.open.entries())
        if (request.asks === "deliver" && !request.isLate && i % 2 === step.arrives) truth.arrive(request);
      await slack.restart();
    } else if (step.does === "answer") {
      const request = slack.open[step.which % slack.open.length];
      if (request !== undefined) await truth.answer(request, step.end);
    } else if (step.does === "resend") await story.resend?.(step.which);
    else await story.edit?.();
    truth.look();
    // No two things happen in the same moment.
    slack.pass(1);
    await story.check?.(truth);
  };
  for (const step of story.steps) await take(step);
  for (let i = 0; i < 1_000; i++) {
    if (slack.open.length > 0) await take({ does: "answer", which: 0, end: "accepted" });
    else if (await slack.waits()) {
      await take({ does: "pass", ms: 61_000 });
      await take({ does: "rounds", n: 1 });
    } else return truth;
  }
  throw new Error("deliveries don't come to an end");
}
