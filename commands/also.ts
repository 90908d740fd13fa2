import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { changePost } from "../src/members/change-post.ts";
import { memberCalled } from "../src/members/find.ts";
import { readPosting } from "../src/members/said.ts";

/** 兼任：a post beside the main one, for good or from a day to a day. */
export default change({
  name: "also",
  words: ["兼任"],
  help: { does: "成员兼任另一职务，可写起止日期", example: "兼任 {county}联络员 {other county}点位长" },
  who: only("办理兼任", "office"),
  audience: "person",
  form: "办理兼任",
  args: z.object({
    said: arg.text("兼任", {
      rest: true,
      maxLength: 80,
      hint: "姓名 兼任职务 起止日期，例如“王联络 {county}点位长 7月1日到9月30日”",
    }),
  }),

  async answer({ args: { said }, person: by }, context) {
    const read = readPosting(said, context);
    if (isRefusal(read)) return read;
    const { who, words, mandate, from, to } = read;
    const person = await memberCalled(who, (name) => `兼任 ${name} ${words}`, context);
    return isRefusal(person) ? person : changePost({ person, mandate, main: false, from, to, by }, context);
  },
});
