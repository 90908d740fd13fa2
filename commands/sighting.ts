import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { change } from "../src/chat/command.ts";
import { examplesFor } from "../src/chat/examples.ts";
import { says } from "../src/chat/says.ts";
import { profileOf } from "../src/domain/issues/duplicates.ts";
import { draftedCard, draftSeen, mayDraft } from "../src/issues/photo-draft.ts";

const toFound = says("问题");

/** 发现问题：what somebody has seen becomes a draft; how to do that for whoever writes none down, and without words. */
export default change({
  name: "sighting",
  words: ["发现问题", "发现", "登记问题"],
  help: { does: "登记发现的问题，由市办交办", example: "发现 {county}人民路露天焚烧" },
  who: anyone,
  audience: "person",
  args: z.object({ text: arg.maybe.text("发现的情况", { maxLength: 500, rest: true }) }),

  async instead({ args: { text }, person }, { office, today }): Promise<Card | null> {
    const said = text?.trim() ?? "";
    if (mayDraft(person) && namesPlace(said)) return null;
    const { county } = examplesFor({ office, today }, person);
    return {
      title: "登记发现的问题",
      blocks: [
        ...(said === "" ? [] : [{ kind: "text" as const, text: `您说的是：${said}` }]),
        {
          kind: "text",
          text: `还没有登记。请把现场照片发给我，说明里写清地点和问题，例如“${county} 人民路 露天焚烧”；我会登记成待交办问题，由市办核实后交办。${mayDraft(person) ? `没有照片的，请写清地点和问题：“发现 ${county}人民路露天焚烧”。` : ""}`,
        },
      ],
      ...(mayDraft(person) ? { buttons: [toFound("我发现的问题", "我发现的")] } : {}),
    };
  },

  async answer({ args: { text = "" }, person }, context) {
    const issue = await draftSeen({ title: text.trim() }, person, context);
    const card = await draftedCard(issue, person, context);
    const note = `有现场照片请发给我，说明写“${issue.no} 整改前”。`;
    return { ...card, blocks: [...card.blocks, { kind: "note", text: note }] };
  },
});

/** A problem that nobody knows where to look for is none that the office can give out. */
const namesPlace = (title: string): boolean => profileOf({ title, town: null, place: null }).site.size >= 2;
