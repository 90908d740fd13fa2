import { z } from "zod";
import { everybody } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { examplesFor } from "../src/chat/examples.ts";
import { commandsFor, commonPhrases, exampleFor } from "../src/chat/suggestions.ts";
import { isOutsider } from "../src/domain/roles.ts";

/** 帮助：what can be said, each with an example that works. */
export default command({
  name: "help",
  words: ["帮助", "怎么用", "?"],
  hints: [
    "怎么操作",
    "怎么使用",
    "使用说明",
    "能做什么",
    "会什么",
    "有什么功能",
    "功能",
    "说明书",
    "怎么问",
    "？",
  ],
  help: { does: "看能问什么、怎么问", example: "帮助" },
  who: everybody,
  audience: "anyone",
  args: z.object({ word: arg.maybe.text("命令", { maxLength: 20, rest: true }) }),

  async answer({ args: { word }, person }, { commands, office, today }) {
    const usable = commandsFor(person, commands, office, today);
    const wanted = usable.filter((c) => word === undefined || c.name === word || c.words.includes(word));
    const shown = (wanted.length > 0 ? wanted : usable).map((c) => ({
      name: c.name,
      words: c.words,
      does: c.help.does,
      example: exampleFor(person, c, { office, today }),
    }));
    const isEnterprise = person !== null && isOutsider(person);
    const { county, month } = examplesFor({ office, today }, person);
    return {
      title: "蓝天能做什么",
      blocks: [
        {
          kind: "table",
          columns: [{ title: "说" }, { title: "作用" }, { title: "例子" }, { title: "命令" }],
          rows: shown.map((c) => [c.words[0], c.does, c.example, `/${c.name}`]),
        },
        {
          kind: "text",
          text: isEnterprise
            ? "响应启动时本企业的措施会发给您，按“签收”；落实情况直接发照片，或按“报执行”填电表读数。"
            : `直接说地名就能看那里的情况，例如“${county}”“${county} 5月”。时段可写：5月、二季度、上周、${month}、${month}-04..${month}-10。`,
        },
      ],
      buttons: commonPhrases(person, office, today)
        .filter((say) => say !== "帮助")
        .map((say) => ({ kind: "say" as const, label: say, say })),
      facts: { commands: shown },
    };
  },
});
