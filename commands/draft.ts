import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { BEGUN_BY, PAPER_WORDS } from "../src/papers/declared.ts";
import { draftByHand } from "../src/papers/draft-by-hand.ts";
import { kindOfPaper } from "../src/papers/kind-of.ts";

/** 拟稿：the office has a paper drafted out of turn, or one that waits drafted anew with the figures of now. */
export default change({
  name: "draft",
  words: ["拟稿", "重新拟稿", "重拟"],
  help: { does: "请系统拟一份文件，或按现在的数据重拟待审签的一份", example: "拟稿" },
  who: only("拟稿", "office"),
  audience: "person",
  args: z.object({
    kind: arg.maybe.choice("种类", PAPER_WORDS, { says: BEGUN_BY, ahead: true }),
    period: arg.maybe.period({ ahead: true }),
    county: arg.maybe.county({ ahead: true }),
    no: arg.maybe.number("文件编号", { bare: true }),
  }),

  async instead({ args: { kind, no } }, context) {
    if (kind !== undefined || no !== undefined) return null;
    const kinds = context.officialPapers.map(({ id }) => kindOfPaper({ kind: id }, context));
    const asked = kinds.filter((one) => one.asked !== undefined);
    const begun = kinds.flatMap(({ title, begunBy }) => (begunBy ? `${title}（${begunBy}）` : []));
    const titles = asked.map(({ title }) => title).join("、");
    return {
      title: "请写明拟什么文件",
      blocks: [
        { kind: "text", text: `可拟：${titles || "无"}。时段和县（市、区）写在后面。` },
        ...(begun.length === 0
          ? []
          : [{ kind: "note" as const, text: `先办理、再自动拟稿：${begun.join("、")}` }]),
      ],
      facts: { kinds: asked.map(({ id }) => id) },
    };
  },

  async answer({ args: { kind, period, county, no }, person }, context) {
    const { office, today } = context;
    const regionId = county === undefined ? undefined : office.heirOf(county, period?.to ?? today).id;
    const said = { ...(period ? { period } : {}), ...(regionId ? { regionId } : {}) };
    return draftByHand({ kind, said, no: no === undefined ? undefined : Number(no) }, person, context);
  },
});
