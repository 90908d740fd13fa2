import { z } from "zod";
import { action } from "../chat/action.ts";
import { refuse } from "../chat/refusal.ts";
import { holdsRole } from "../domain/posts.ts";
import { CANCEL_GUARANTEE_FORM } from "./card.ts";
import { guaranteesIn } from "./guarantees.ts";
import { retire } from "./set.ts";

/** 取消保障: it runs no longer; its decisions stay, with who cancelled it and why. */
export const cancelGuarantee = action({
  name: "guarantee.cancel",
  label: "取消保障",
  params: z.object({ key: z.string() }),
  fields: CANCEL_GUARANTEE_FORM,
  async press({ params: { key }, fields: { text }, person }, context) {
    const { store, now, today } = context;
    if (!holdsRole(person, "office")) return refuse("forbidden", "保障由市办设定和取消。");
    const one = (await guaranteesIn(context)).find((guarantee) => guarantee.key === key);
    if (one === undefined) return refuse("already-done", "这项保障已经取消。", ["保障"]);
    if (one.to < today.toString()) return refuse("conflict", `${one.name}已经结束，不用取消。`, ["保障"]);
    const { packId, name, from, to, measures } = one;
    await retire(one, text, person, context);
    if (packId !== null) {
      const targets = JSON.stringify(one.targets);
      const at = now.epochMilliseconds;
      const row = { packId, name, from, to, targets, measures, createdAt: at, createdBy: person.id };
      await store.guarantees.cancel(await store.guarantees.add(row), { at, by: person.id, why: text });
    }
    return {
      title: `已取消保障：${name}`,
      blocks: [{ kind: "text", text: `原因：${text}。需要时可再用“设定保障”。` }],
      facts: { cancelled: name },
      audit: { key, name, why: text },
    };
  },
});
