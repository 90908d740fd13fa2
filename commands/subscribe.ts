import { z } from "zod";
import { subscribe } from "../src/calendar/subscription.ts";
import { anyone } from "../src/chat/access.ts";
import { change } from "../src/chat/command.ts";

/** 订阅日程：the address under which somebody's calendar programme reads their dates. */
export default change({
  name: "subscribe",
  words: ["订阅日程", "日程订阅", "日程 订阅"],
  hints: ["订阅日历", "导入手机日历"],
  help: { does: "给出网址，在手机、电脑的日历里订阅自己的日程", example: "订阅日程" },
  who: anyone,
  audience: "person",
  secret: "订阅网址",
  args: z.object({}),
  answer: ({ person }, context) => subscribe(person, context),
});
