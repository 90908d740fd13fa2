import { strFromU8, unzipSync } from "fflate";
import { expect } from "vitest";
import { importText } from "../../support/import-text.ts";
import { personOf } from "../../support/people.ts";
import type { Declare } from "./suite.ts";

const PEOPLE = process.env.TEST_FULL === "1" ? 500 : 6;
/** People that one issue is about. */
const TOGETHER = 2;
const LIAISON = "海安联络员";
const OFFICE = "市办";

/** Nothing leaves by which somebody could be called, found or written to. */
export function personalData(declare: Declare): void {
  declare(
    "nothing that leaves shows how somebody can be called, found or written to; the console does",
    async (stage) => {
      const { office } = stage;
      const people = Array.from({ length: PEOPLE }, (_, i) => personOf(1000 + i));
      await stage.arrives(LIAISON);
      await stage.arrives(OFFICE);
      const phones = people.map(({ all }) => (all[0] ?? "").replaceAll(/[- ]/g, ""));
      await office.says(OFFICE, `手机 ${LIAISON} ${phones[0]}`);
      await importText(
        office,
        [
          "企业,县区,行业,绩效分级,级别,减排措施,可核查指标,联系人,联系电话",
          ...people.map((_, i) => `第${i}铸造厂,海安,铸造,C,黄色,停炉,用电负荷,李某,${phones[i]}`),
        ],
        { by: OFFICE },
      );
      for (let at = 0; at < people.length; at += TOGETHER) {
        const about = people.slice(at, at + TOGETHER).map(({ all }) => all.join("，"));
        // Said in the chat itself, read back there and pushed to whoever has to act.
        await stage.says(OFFICE, `交办 海安 “工地未覆盖，联系${about.join("；")}” 3个工作日`);
        await stage.says(OFFICE, `今天${about.join("；")}怎么办`);
        await stage.says(OFFICE, `企业 “第${at}铸造厂”`);
      }
      await stage.delivers();
      const issues = await office.bot.store.read((r) => r.issues.list({ asOf: 9e12 }, 1000));
      const ours = issues.rows.filter(({ title }) => title.startsWith("工地未覆盖，联系"));
      expect(ours).toHaveLength(Math.ceil(PEOPLE / TOGETHER));
      for (const { no } of ours.slice(0, 10)) await stage.says(LIAISON, `问题 ${no}`);
      for (const words of ["台账 导出", "台账", "企业 导出", `人员 ${LIAISON}`]) {
        const answers = await stage.says(OFFICE, words);
        const look = answers.flatMap(({ buttons }) => buttons).find(({ label }) => label === "看号码");
        if (look !== undefined) await stage.presses(OFFICE, look);
      }
      // A form's mistake quotes what stands in the field; it goes another way than answers do.
      const form = await stage.opens(OFFICE, "交办 海安");
      const wrong = await form.handsIn({ 问题描述: "填错期限", 整改期限: people[0]?.all.join("，") ?? "" });
      expect(wrong.mistake).toContain("****");
      await stage.delivers();
      const { calls, files } = stage.traffic?.() ?? { calls: "", files: [] };
      const read = [calls, ...files.flatMap(textsIn)].join("\n");
      expect(people.flatMap(({ foundIn }) => foundIn(read))).toEqual([]);
      // It was about them, and whoever sits before the console can call.
      expect(read).toContain("****");
      expect(files.length).toBeGreaterThan(0);
      const card = JSON.stringify(await office.says(OFFICE, `问题 ${ours[0]?.no}`));
      expect(people.some(({ foundIn }) => foundIn(card).length > 0)).toBe(true);
    },
    "traffic",
  );
}

/** The parts of a Word file, a workbook or an archive as text; of anything else nothing can be read. */
function textsIn(bytes: Uint8Array): string[] {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return [];
  return Object.entries(unzipSync(bytes)).flatMap(([name, part]) => [
    name,
    ...(/\.(docx|xlsx)$/.test(name) ? textsIn(part) : [strFromU8(part).replaceAll(/<[^>]*>/g, "")]),
  ]);
}
