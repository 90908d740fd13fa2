import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { askToErase, eraseBySecond, refuseErasure } from "../src/members/erasure.ts";

/** 删除个人信息：of somebody who has left, asked for by one member of the office and agreed to by another. */
export default change({
  name: "erase",
  words: ["删除个人信息", "删除个人资料"],
  help: { does: "删除离任人员的联系方式、账号和消息，须市办两人", example: "删除个人信息 王联络" },
  who: only("删除个人信息", "office"),
  audience: "person",
  form: "删除个人信息",
  args: z.object({ who: arg.text("姓名", { rest: true, maxLength: 30, hint: "离任人员的姓名" }) }),

  answer: ({ args: { who }, person }, context) => askToErase(who.trim(), person, context),
});

const params = z.object({ person: z.int(), by: z.int() });

/** 同意：a second member of the office agrees, and it is done. */
export const agreeToErase = action({
  name: "erase.agree",
  label: "同意",
  params,
  fields: z.object({}),
  press: ({ params: asked, person }, context) => eraseBySecond(asked, person, context),
});

/** 不同意：nothing is erased. */
export const refuseToErase = action({
  name: "erase.refuse",
  label: "不同意",
  params,
  fields: z.object({}),
  press: ({ params: asked, person }, context) => refuseErasure(asked, person, context),
});
