import { z } from "zod";
import { unsubscribe } from "../src/calendar/subscription.ts";
import { anyone } from "../src/chat/access.ts";
import { change } from "../src/chat/command.ts";

/** 退订日程：the address shows nothing any more. */
export default change({
  name: "unsubscribe",
  words: ["退订日程", "日程退订", "日程 退订"],
  help: { does: "停用日程的订阅网址", example: "退订日程" },
  who: anyone,
  audience: "person",
  args: z.object({}),
  answer: ({ person }, context) => unsubscribe(person, context),
});
