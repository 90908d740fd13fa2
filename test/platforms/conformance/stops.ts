import { expect } from "vitest";
import type { Stage } from "../../support/conformance.ts";
import { buttonOn, newest, titled } from "./reading.ts";
import type { Declare } from "./suite.ts";

const LIAISON = "海安联络员";
const OFFICE = "市办";
const TITLE = "停在答复前";

type Told = { who: string; state: string; prepared(stage: Stage): Promise<() => Promise<unknown>> };

/** What somebody does, made ready so far that only the last move is missing. */
const moves: Readonly<Record<string, Told>> = {
  "what is said": {
    who: OFFICE,
    state: "assigned",
    prepared: async (stage) => () => stage.says(OFFICE, `交办 海安 “${TITLE}” 3个工作日`),
  },
  "a button": {
    who: LIAISON,
    state: "acknowledged",
    async prepared(stage) {
      await stage.office.says(OFFICE, `交办 海安 “${TITLE}” 3个工作日`);
      await stage.delivers();
      const button = buttonOn([await newest(stage, LIAISON, TITLE)], "签收");
      return () => stage.presses(LIAISON, button);
    },
  },
  "a form": {
    who: OFFICE,
    state: "assigned",
    async prepared(stage) {
      const form = await stage.opens(OFFICE, "交办 海安");
      return () => form.handsIn({ 问题描述: TITLE, 整改期限: "5个工作日" });
    },
  },
};

/** What becomes of what was done when the bot stops before it has said so. */
export function stops(declare: Declare): void {
  for (const [what, { who, state, prepared }] of Object.entries(moves))
    declare(
      `stopped between the effect of ${what} and its answer, the next bot tells what came of it, once`,
      async (stage) => {
        await stage.arrives(who);
        const move = await prepared(stage);
        const before = (await stage.stands(who)).length;
        stage.stopsUnanswered?.(async () => (await titled(stage, TITLE))[0]?.state === state);
        await move();
        for (let i = 0; i < 2; i += 1) {
          await stage.restart();
          await stage.says(who, "排名 5月");
        }
        const [issue, ...more] = await titled(stage, TITLE);
        expect([issue?.state, more]).toEqual([state, []]);
        const told = (await stage.stands(who)).slice(before).filter(({ text }) => text.includes("办理："));
        expect(told.map(({ text }) => text)).toEqual([
          expect.stringContaining(`已办理：${issue?.no} ${TITLE}`),
        ]);
        expect(told[0]?.text).toContain("只是答复没有送达");
      },
      "stopsUnanswered",
    );
}
