import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { holdsRole } from "../src/domain/posts.ts";
import { memberCalled } from "../src/members/find.ts";
import { endStandIn } from "../src/members/stand-in.ts";

/** 销假：whoever was away is back; nobody stands in for them any more. */
export default change({
  name: "back",
  words: ["销假"],
  help: { does: "请假结束，代理停止", example: "销假" },
  who: anyone,
  audience: "person",
  args: z.object({ said: arg.maybe.text("姓名", { rest: true, maxLength: 30 }) }),

  async answer({ args: { said }, person: by }, context) {
    const person = said === undefined ? by : await memberCalled(said, (name) => `销假 ${name}`, context);
    if (isRefusal(person)) return person;
    if (person.id !== by.id && !holdsRole({ ...by, beside: [] }, "office"))
      return refuse("forbidden", "只能销自己的假；替他人销假请联系市办。");
    const rows = (await context.store.standIns.openOf(person.id)).filter((row) => row.personId === person.id);
    if (rows.length === 0)
      return refuse("no-data", `${person.id === by.id ? "您" : person.name}没有登记请假。`);
    for (const row of rows) await endStandIn(row, "已销假", context);
    return {
      title: `${person.name}已销假`,
      tone: "good",
      subject: `person:${person.id}`,
      audit: { person: { id: person.id, name: person.name }, standIns: rows.map(({ id }) => id) },
      blocks: [{ kind: "text", text: "代理已停止，等办的事发送“今日”查看。" }],
      facts: { person: person.name, ended: rows.length },
    };
  },
});
