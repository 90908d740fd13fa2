import { describe, expect, test } from "vitest";
import { cases, isActedOnOtherwise, isRight, outcomeOf } from "./judge-phrase.ts";

/** Phrases that are not understood yet. Whatever becomes right is taken off; nothing here excuses a wrong act. */
const notYet: ReadonlySet<string> = new Set<string>([]);

describe("a phrase as officials type it comes to what it means, and no order is acted on otherwise", () => {
  test.concurrent.each(cases.map((one) => [`${one.as}：${one.say}`, one] as const))(
    "%s",
    async (_name, one) => {
      const outcome = await outcomeOf(one);
      expect(isActedOnOtherwise(one, outcome), "acted on otherwise than written").toBe(false);
      const { understood, asks, code, text } = outcome;
      const got = { understood, asks, code, text: text.slice(0, 200) };
      expect({ right: isRight(one.want, outcome), got }).toEqual({ right: !notYet.has(one.say), got });
    },
  );
});
