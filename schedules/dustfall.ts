import { dustfallLimit } from "../src/air/dustfall.ts";
import type { SlotDelivery } from "../src/chat/command.ts";
import { schedule } from "../src/chat/schedule.ts";
import { missingDustfall, settleDustfall } from "../src/enterprises/dustfall-settle.ts";

/**
 * 降尘考核：each working day, what newly imported or corrected dustfall tightens or lifts; on the pack's working day the office
 * is asked once for what is missing of the month before.
 */
export default schedule({
  name: "dustfall",
  title: "降尘考核",
  mechanism: "dustfall-penalty",
  when: { workingDay: "every", at: "10:30" },
  catchUp: "latest-within-3-days",
  audience: ["office", "county-lead", "county-liaison", "department-liaison"],

  async deliver(_slot, context) {
    const { store, office, today } = context;
    if (dustfallLimit(office) === null) return [];
    const told = await settleDustfall(context);
    const missing = await missingDustfall(context);
    if (missing.length === 0) return told;
    const month = today.subtract({ months: 1 }).month;
    const asks = (await store.people.withRoles(["office"])).map(
      (person): SlotDelivery => ({
        to: { person },
        card: {
          title: `${month}月降尘数据还缺${missing.length}个县（市、区）`,
          tone: "notice",
          blocks: [
            {
              kind: "text",
              text: `${missing.join("、")}还没有${month}月降尘量，夜间施工管控仍按上次的月份。请发送降尘量表格（月份、县区、点位、降尘量、天数）导入。`,
            },
          ],
          facts: { missing },
        },
        class: "card",
      }),
    );
    return [...told, ...asks];
  },
});
