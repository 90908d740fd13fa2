import { contextOf } from "../src/bot/lantian.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { startResponse } from "../src/responses/start.ts";
import { benchOffice, speakerCalled } from "./office.ts";
import { type Finding, median, type Size, sized } from "./side-by-side.ts";
import { longestStretch } from "./stretch.ts";

/** Milliseconds that nobody may be kept waiting while a response starts. */
const AIM = 100;

/**
 * A response to so many enterprises, each with its measures and a contact: orders, deliveries and terms in one transaction. The
 * longest stretch in which the bot hears nobody, and the CPU of it.
 */
export async function response(size: Size): Promise<Finding[]> {
  const recipients = sized(size, 2000, 50);
  const runs = { stretch: [] as number[], cpu: [] as number[] };
  for (let round = 0; round < sized(size, 3, 1); round++) {
    const { bot, close } = await benchOffice({ now: "2020-12-10T17:00" });
    await bot.store.write(async ({ enterprises, people }) => {
      for (let n = 0; n < recipients; n++) {
        const { id } = await enterprises.add({
          ...{ name: `第${n}号铸造厂`, regionId: "haian", industry: "铸造", grade: "C", createdAt: 0 },
        });
        const measure = { measure: `停1至${n}号冲天炉`, indicator: "负荷降至10%以下" };
        await enterprises.setMeasures(id, "orange", [measure]);
        const unit = { regionId: null, departmentId: null, enterpriseId: id };
        await people.add({ name: `联系人${n}`, role: "enterprise-contact", ...unit, createdAt: 0 });
      }
    });
    const { person } = await speakerCalled(bot, "市办");
    const around = await contextOf(bot);
    const order = { kind: "alert", drill: false, level: "orange", documentNo: "基准〔2020〕1号" } as const;
    const times = { effectiveFrom: around.now.epochMilliseconds, expectedEnd: null };
    const said = { ...order, ...times, area: null, evidenceId: null };
    const before = process.cpuUsage();
    runs.stretch.push(
      await longestStretch(async () => {
        const done = await bot.store.write((store) => startResponse(said, person, { ...around, store }));
        if (isRefusal(done)) throw new Error(done.message);
      }),
    );
    const { user, system } = process.cpuUsage(before);
    runs.cpu.push((user + system) / 1000);
    const sent = (await bot.store.read((r) => r.outbox.after(0))).filter(({ row }) => row.job === "response");
    if (sent.length < recipients) throw new Error(`${sent.length} of ${recipients} were told`);
    close();
  }
  const name = `a response to ${recipients} enterprises started`;
  return [
    { name: `${name}, longest synchronous stretch`, unit: "ms", ours: median(runs.stretch), aim: AIM },
    { name: `${name}, CPU`, unit: "ms", ours: median(runs.cpu) },
  ];
}
