import { z } from "zod";
import { addSource } from "../src/alerts/sources.ts";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";

/** 新增数据接入：a secret by which a machine may send hours, and nothing else. */
export default change({
  name: "addfeed",
  words: ["新增数据接入", "新增接入"],
  help: { does: "给自动报送小时数据的系统发一个令牌", example: "新增数据接入 国控站数据平台" },
  who: only("新增数据接入", "office"),
  audience: "person",
  secret: "数据接入令牌",
  form: "新增数据接入",
  args: z.object({
    name: arg.text("名称", { hint: "哪个系统，如 国控站数据平台", maxLength: 30, rest: true }),
  }),
  answer: ({ args: { name }, person }, context) => addSource(name.trim(), person, context),
});
