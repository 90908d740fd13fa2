import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { maskPhone, readPhone } from "../src/domain/phone.ts";
import { holdsRole } from "../src/domain/posts.ts";
import { memberCalled } from "../src/members/find.ts";

/** 手机：a telephone number, one's own or, for the office, anybody's; only the office sees it whole. */
export default change({
  name: "phone",
  words: ["手机", "登记手机"],
  help: { does: "登记手机号，只供市办电话通知时查看", example: "手机 13800000000" },
  who: anyone,
  audience: "person",
  form: "登记手机",
  secret: "手机号",
  args: z.object({
    said: arg.text("手机号", { rest: true, maxLength: 50, hint: "市办替他人登记时先写姓名" }),
  }),

  async answer({ args: { said }, person: by }, context) {
    const found = /^(.*?)[\s:：，,]*([+\d][\d\s()-]{6,})$/.exec(said.normalize("NFKC").trim());
    const number = readPhone(found?.[2] ?? said);
    if (number === undefined)
      return refuse("bad-number", "手机号不对，请写11位手机号，或带区号的座机号，例如“手机 13800000000”。");
    const name = found?.[1] ?? "";
    const person = name === "" ? by : await memberCalled(name, (one) => `手机 ${one} ${number}`, context);
    if (isRefusal(person)) return person;
    if (person.id !== by.id && !holdsRole(by, "office"))
      return refuse("forbidden", "只能登记自己的手机号；替他人登记请联系市办。");
    await context.store.people.setPhone(person.id, number);
    return {
      title: `已登记${person.id === by.id ? "" : person.name}手机号 ${maskPhone(number)}`,
      tone: "good",
      subject: `person:${person.id}`,
      audit: { person: { id: person.id, name: person.name }, phone: maskPhone(number) },
      blocks: [{ kind: "text", text: "只有市办在需要电话通知时看到完整号码。" }],
      facts: { person: person.name, phone: maskPhone(number) },
    };
  },
});
