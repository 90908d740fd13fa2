import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { exemptionCard } from "../src/enterprises/exemption-card.ts";
import { PROPOSERS, proposesFor } from "../src/enterprises/exemption-rights.ts";

/** A file belongs to an exemption when it was sent within this time before. */
const SENT_WITHIN_MS = 30 * 60_000;

/** 豁免材料：the file that somebody has just sent is what an exemption rests on. */
export default change({
  name: "exemptfile",
  words: ["豁免材料", "豁免佐证"],
  mechanism: "exemption-list",
  help: { does: "把刚发来的文件作为豁免的佐证材料", example: "豁免材料 1" },
  who: only("提供豁免材料", ...PROPOSERS),
  audience: "person",
  args: z.object({ no: arg.number("豁免编号", { bare: true }) }),

  async answer({ args: { no }, person }, context) {
    const { store, now } = context;
    const one = await store.exemptions.byId(Number(no));
    if (one === null || !proposesFor(person, one.regionId, context))
      return refuse("no-data", `没有由您办理的豁免${no.slice(0, 12)}号。发送“豁免”看清单。`, ["豁免"]);
    if (one.state !== "proposed" && one.state !== "listed")
      return refuse("already-done", `豁免${one.id}号已办结，不能再附材料。`, [`豁免 ${one.id}`]);
    const newest = await store.evidence.newestOf(person.id);
    if (newest === null || now.epochMilliseconds - newest.at > SENT_WITHIN_MS || newest.issueId !== null)
      return {
        title: `请先发送豁免${one.id}号的佐证材料`,
        blocks: [
          {
            kind: "text",
            text: `把文件或照片发给我，30分钟以内再发送“豁免材料 ${one.id}”。`,
          },
        ],
        facts: { asks: "file", exemption: one.id },
      };
    const changed = await store.exemptions.change(one, { evidenceId: newest.id });
    return {
      ...(await exemptionCard(changed, person, context, `已附佐证材料：${newest.name}`)),
      tone: "good",
      audit: { evidence: newest.id, before: one.evidenceId },
    };
  },
});
