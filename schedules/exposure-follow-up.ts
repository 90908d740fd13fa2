import { schedule } from "../src/chat/schedule.ts";
import { exposureList } from "../src/papers/exposure/list-card.ts";

/** 曝光跟踪：on the 5th working day of a month the office reads what is public and not mended yet; nothing where there is none. */
export default schedule({
  name: "exposure-follow-up",
  title: "曝光问题跟踪",
  mechanism: "exposure",
  when: { workingDay: 5, of: "month", at: "09:00" },
  catchUp: "latest-within-3-days",
  audience: ["office"],

  async deliver(_slot, context) {
    const card = await exposureList(context);
    const { open } = card.facts as { open: readonly unknown[] };
    if (open.length === 0) return [];
    const title = `曝光问题跟踪：还有${open.length}件没有销号`;
    return (await context.store.people.withRoles(["office"])).map((person) => ({
      to: { person },
      card: { ...card, title },
      class: "card" as const,
    }));
  },
});
