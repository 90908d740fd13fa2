import { z } from "zod";
import { everybody } from "../src/chat/access.ts";
import { command } from "../src/chat/command.ts";
import { commonPhrases } from "../src/chat/suggestions.ts";
import { COURTESIES } from "../src/chat/understanding/small-words.ts";

/** 您好：a short word back to whoever greets, thanks or says yes, with what they mostly ask. */
export default command({
  name: "hello",
  words: ["您好"],
  hints: COURTESIES,
  help: { does: "打个招呼", example: "您好" },
  who: everybody,
  audience: "anyone",
  args: z.object({}),

  async answer({ person }, { office, today }) {
    return {
      title: "您好，我在",
      blocks: [{ kind: "text", text: "直接说要看什么、要办什么就行，例如下面这些。" }],
      buttons: commonPhrases(person, office, today).map((say) => ({ kind: "say" as const, label: say, say })),
    };
  },
});
