import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { holdsRole } from "../src/domain/posts.ts";
import { changePost } from "../src/members/change-post.ts";
import { memberCalled } from "../src/members/find.ts";
import { readDay, readMandate, readPosting } from "../src/members/said.ts";

/** 调岗：another role or scope from a day on; what waited in the old post passes on and is listed. */
export default change({
  name: "post",
  words: ["调岗"],
  help: {
    does: "成员换职务或地区，可写从哪天起",
    example: "调岗 {county}联络员 {other county}联络员 7月1日起",
  },
  who: only("办理调岗", "office"),
  audience: "person",
  form: "办理调岗",
  args: z.object({
    said: arg.text("调岗", {
      rest: true,
      maxLength: 80,
      hint: "姓名 新职务 生效日期，例如“王联络 {other county}联络员 7月1日起”",
    }),
  }),

  async answer({ args: { said }, person: by }, context) {
    const read = readPosting(said, context);
    if (isRefusal(read)) return read;
    const { who, words, mandate, from, to } = read;
    if (to !== undefined) return refuse("usage", "调岗没有结束日期；临时的请用“兼任”或“请假”。");
    const person = await memberCalled(who, (name) => `调岗 ${name} ${words}`, context);
    return isRefusal(person) ? person : changePost({ person, mandate, main: true, from, by }, context);
  },
});

/** The same from a person's card. */
export const move = action({
  name: "person.move",
  label: "调岗",
  params: z.object({ person: z.int() }),
  fields: z.object({
    post: arg.text("新职务", { maxLength: 30, hint: "县（市、区）或部门加职务" }),
    from: arg.maybe.text("生效日期", { maxLength: 20, hint: "不填为今天" }),
  }),
  async press({ params, fields, person: by }, context) {
    if (!holdsRole(by, "office")) return refuse("forbidden", "调岗须由市办办理。");
    const person = await context.store.people.byId(params.person);
    if (!person?.active) return refuse("already-done", "该成员已经离任。", ["人员"]);
    const mandate = readMandate(fields.post, context);
    if (isRefusal(mandate)) return mandate;
    const from = readDay(fields.from ?? "", context);
    return isRefusal(from) ? from : changePost({ person, mandate, main: true, from, by }, context);
  },
});
