import { z } from "zod";
import { everybody } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { hourSaid } from "../src/domain/hour-words.ts";
import { quietBetween } from "./settings.ts";

const CLOSED = /^(?:关闭|取消|关|不要|停)了?$/;

/** 免打扰：the hours in which only what must arrive is sent, by word as by the button of 我的设置. */
export default change({
  name: "quiet",
  words: ["免打扰", "勿扰", "消息免打扰", "关闭免打扰"],
  help: { does: "设夜间不收通报、预警的时段", example: "免打扰 22点到7点" },
  who: everybody,
  audience: "person",
  form: "设免打扰",
  args: z.object({
    said: arg.text("时段", { rest: true, maxLength: 40, hint: "例如“22点到7点”；不要了写“关闭”" }),
  }),

  async answer({ args: { said }, person }, context) {
    const words = said.trim();
    if (CLOSED.test(words)) return quietBetween(null, person, context);
    const [first = "", second = "", ...more] = words.split(
      /\s*(?:到|至|[-–—~～]+)\s*(?:次日|第二天|明天)?\s*/,
    );
    const [from, to] = [hourSaid(first), hourSaid(second)];
    if (from === null || to === null || more.length > 0)
      return refuse(
        "bad-number",
        "免打扰时段没看懂，请写整点，例如“免打扰 22点到7点”；不要了发送“免打扰 关闭”。",
        ["免打扰 22点到7点", "免打扰 关闭"],
      );
    return quietBetween({ from, to }, person, context);
  },
});
