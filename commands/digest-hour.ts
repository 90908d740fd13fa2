import { z } from "zod";
import { everybody } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { hourSaid } from "../src/domain/hour-words.ts";
import { digestAt } from "./settings.ts";

const ONE_BY_ONE = /^(?:关闭|取消|关|不要|停|逐条|逐条发送|单条)了?$/;

/** 简报时间：the hour at which what can wait comes as one message a day, by word as by the button of 我的设置. */
export default change({
  name: "digesthour",
  words: ["简报时间", "每天一条", "每天一条简报"],
  help: { does: "不急的消息每天合成一条，定几点发", example: "简报时间 17点" },
  who: everybody,
  audience: "person",
  form: "定简报时间",
  args: z.object({
    said: arg.text("几点", { rest: true, maxLength: 20, hint: "整点，例如“17点”；要逐条发写“逐条”" }),
  }),

  async answer({ args: { said }, person }, context) {
    const words = said.trim();
    if (ONE_BY_ONE.test(words)) return digestAt(null, person, context);
    const hour = hourSaid(words);
    if (hour === null)
      return refuse(
        "bad-number",
        "时间没看懂，请写整点，例如“简报时间 17点”；要逐条发送，发送“简报时间 逐条”。",
        ["简报时间 17点", "简报时间 逐条"],
      );
    return digestAt(hour, person, context);
  },
});
