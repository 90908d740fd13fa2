import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { holdsRole } from "../src/domain/posts.ts";
import { answerByWord } from "../src/meetings/by-word.ts";
import { memberCalled } from "../src/members/find.ts";
import { looksLikeDay, readAbsence } from "../src/members/said.ts";
import { goAway } from "../src/members/stand-in.ts";

/** 请假 会议3 出差: from a meeting, not from the post. */
const MEETING = /^\s*(?:会议|会商会?|点评会?)\s*/;

/** 请假：somebody else gets what comes, and acts for whoever is away. */
export default change({
  name: "away",
  words: ["请假", "代理", "我要请假", "我想请假", "休假"],
  help: { does: "请假期间由他人代理", example: "请假 明天到后天 由督查代理" },
  who: anyone,
  audience: "person",
  form: "登记请假",
  args: z.object({
    said: arg.text("请假", {
      rest: true,
      maxLength: 80,
      hint: "起止日期和代理人，例如“7月1日到7月10日 由李联络代理”",
    }),
  }),

  async answer({ args: { said }, person: by }, context) {
    const meeting = MEETING.exec(said);
    if (meeting !== null) return answerByWord(said.slice(meeting[0].length), "excused", by, context);
    const found = /^(.*?)[\s，,、]*(?:由|请|代理人?[:：是为])\s*([^\s，,由请]+?)(?:代理|代班|代办|代)?$/.exec(
      said.trim(),
    );
    if (!found) return refuse("usage", "请写明起止日期和代理人，例如“请假 7月1日到7月10日 由李联络代理”。");
    const [, before = "", deputy = ""] = found;
    const [first = "", ...others] = before.split(/[\s，,]+/);
    const named = first !== "" && !looksLikeDay(first) ? first : null;
    const days = (named === null ? before : others.join("")).trim();
    if (days === "") return refuse("usage", "请写明请假的起止日期，例如“7月1日到7月10日”。");
    const span = readAbsence(days, context);
    if (isRefusal(span)) return span;
    const again = (who: string | null, whom: string) =>
      ["请假", who, days, `由${whom}代理`].filter(Boolean).join(" ");
    const person = named === null ? by : await memberCalled(named, (name) => again(name, deputy), context);
    if (isRefusal(person)) return person;
    if (person.id !== by.id && !holdsRole({ ...by, beside: [] }, "office"))
      return refuse("forbidden", "只能登记自己的请假；替他人登记请联系市办。");
    const standIn = await memberCalled(deputy, (name) => again(named, name), context);
    return isRefusal(standIn) ? standIn : goAway({ person, standIn, ...span, by }, context);
  },
});
