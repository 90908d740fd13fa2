import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { examplesFor } from "../src/chat/examples.ts";
import { refuse } from "../src/chat/refusal.ts";
import type { Chat } from "../src/store/chats.ts";

/** 绑定本群：the office says what a group is about; notices of that county, department or the whole city then go there. */
export default change({
  name: "here",
  words: ["绑定本群"],
  help: { does: "在群里发送，把本群绑定到县区、部门或全市", example: "绑定本群 {county}" },
  who: only("绑定群", "office"),
  audience: "anyone",
  args: z.object({
    county: arg.maybe.county(),
    department: arg.maybe.department(),
    whole: arg.maybe.choice("范围", { 全市: "city", 市办: "city", 解除: "none" }),
  }),
  promisesPosts: ({ whole }) => whole !== "none",

  async answer({ args: { county, department, whole }, person }, { store, office, now, today, chat }) {
    const example = examplesFor({ office, today });
    if (chat?.kind !== "group")
      return refuse("usage", `请在要绑定的群里发送，例如“绑定本群 ${example.county}”。`);
    const named = [county, department, whole].filter((scope) => scope !== undefined);
    if (named.length !== 1)
      return refuse(
        "usage",
        `请写明本群属于哪里，只写一个：绑定本群 ${example.county}、绑定本群 ${example.department}、绑定本群 全市；不再发送：绑定本群 解除。`,
      );
    const { kind: _kind, quiet: _quiet, ...identity } = chat;
    const here = chat.topic === undefined ? "本群" : "本话题";
    if (whole === "none") {
      const bound = await store.chats.byIdentity(identity);
      if (!bound?.active) return refuse("already-done", `${here}没有绑定，不用解除。`);
      await store.chats.park(bound.id);
      return {
        audit: { before: boundTo(bound), after: null },
        title: "已解除绑定",
        subject: `chat:${bound.id}`,
        blocks: [{ kind: "text", text: `通报不再发到${here}。` }],
        facts: { bound: null },
      };
    }
    const regionId = county ? office.heirOf(county, today).id : null;
    const before = await store.chats.byIdentity(identity);
    const row = await store.chats.bind({
      ...identity,
      regionId,
      departmentId: department?.id ?? null,
      boundBy: person.id,
      boundAt: now.epochMilliseconds,
    });
    const scope = regionId ? office.region(regionId).short : (department?.name ?? "全市");
    return {
      title: `${here}已绑定：${scope}`,
      tone: "good",
      audit: { before: before?.active ? boundTo(before) : null, after: boundTo(row) },
      subject: `chat:${row.id}`,
      blocks: [
        {
          kind: "text",
          text: `${scope}的通报和预警会发到${here}，群里人人可见。在${chat.topic === undefined ? "群里" : "话题里"}问我，只答${here}范围内的事，其余发到本人私聊；谁能办什么仍看本人身份。`,
        },
      ],
      facts: { bound: scope },
    };
  },
});

/** What a group is about, as the audit compares it. */
const boundTo = ({ regionId, departmentId }: Chat) => ({ regionId, departmentId });
