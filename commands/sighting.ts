import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { examplesFor } from "../src/chat/examples.ts";

/** 发现问题：how somebody who has seen a problem gets it written down; saying so gives nothing out. */
export default command({
  name: "sighting",
  words: ["发现问题", "发现"],
  help: { does: "发现问题怎样登记", example: "发现问题" },
  who: anyone,
  audience: "anyone",
  args: z.object({ text: arg.maybe.text("发现的情况", { maxLength: 500, rest: true }) }),

  async answer({ args: { text }, person }, { office, today }) {
    const { county } = examplesFor({ office, today }, person);
    return {
      title: "登记发现的问题",
      blocks: [
        ...(text === undefined ? [] : [{ kind: "text" as const, text: `您说的是：${text}` }]),
        {
          kind: "text",
          text: `还没有登记。请把现场照片发给我，说明里写清地点和问题，例如“${county} 人民路 露天焚烧”；我会登记成待交办问题，由市办核实后交办。`,
        },
      ],
    };
  },
});
