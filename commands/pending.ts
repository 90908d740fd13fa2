import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { command } from "../src/chat/command.ts";
import { pendingCard } from "../src/papers/pending.ts";

/** 待审签：the papers that wait for this person's check or signature, and for the office what else of them is under way. */
export default command({
  name: "pending",
  words: ["待审签"],
  hints: ["待签发", "待审核", "审签", "待我签", "送审", "全部签发", "批量签发"],
  help: { does: "看等我审核、签发的文件", example: "待审签" },
  who: anyone,
  audience: "person",
  args: z.object({}),
  answer: ({ person }, context) => pendingCard(person, context),
});
