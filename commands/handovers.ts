import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { handoverCard, mayReadHandover, NOT_READERS } from "../src/members/handover.ts";
import { bareName } from "../src/members/names-apart.ts";

export { handoverPage, handoverPaper } from "../src/members/handover.ts";

/** 交接单：what passed to whom when somebody left, changed their post or went away. */
export default command({
  name: "handovers",
  words: ["交接单", "交接"],
  help: { does: "看离任、调岗、请假的交接单", example: "交接单 {county}联络员" },
  who: anyone,
  audience: "person",
  args: z.object({ who: arg.maybe.text("姓名", { rest: true, maxLength: 30 }) }),

  async answer({ args: { who }, person }, context) {
    const { store } = context;
    const name = who?.trim() ?? person.name;
    const meant = (await store.people.ever()).filter((p) => p.name === name || bareName(p.name) === name);
    const handovers = (await Promise.all(meant.map(({ id }) => store.handovers.of(id))))
      .flat()
      .toSorted((a, b) => b.id - a.id);
    const [newest] = handovers;
    if (newest === undefined) return refuse("no-data", `没有${name}的交接单。`, ["人员"]);
    return mayReadHandover(newest, person) ? handoverCard(newest, context) : NOT_READERS;
  },
});
