import { expect } from "vitest";
import type { Stage } from "../../support/conformance.ts";
import { buttonOn, textOf } from "./reading.ts";
import type { Declare } from "./suite.ts";

const LIAISON = "海安联络员";
const OFFICE = "市办";
const OWN = "NT-2020-000006";

/** What is said in private while somebody says something in a group, and what the group reads. */
async function asked(stage: Stage, name: string, text: string) {
  const before = (await stage.stands(name)).length;
  const group = textOf((await stage.group?.asks(name, text)) ?? []);
  return { group, own: textOf((await stage.stands(name)).slice(before)) };
}

/** An issue of another county than the group's. */
async function foreign(stage: Stage) {
  await stage.office.says(OFFICE, "交办 如皋 “别处的裸土” 5个工作日");
  const { rows } = await stage.bot.store.read((r) => r.issues.list({ text: "别处的裸土", asOf: 1e15 }, 1));
  return rows[0]?.no ?? "";
}

/** What a group reads: nothing that its unit may not see, nothing that is one person's own. */
export function groups(declare: Declare): void {
  declare(
    "a bound group's answers keep to its scope, whoever asks; the rest goes to the private chat",
    async (stage) => {
      await Promise.all([stage.arrives(OFFICE), stage.arrives(LIAISON)]);
      const other = await foreign(stage);
      await stage.group?.binds("haian");
      const list = await asked(stage, OFFICE, "问题");
      expect(list.group).toContain(OWN);
      expect(list.group).not.toContain(other);
      expect(list.own).toBe("");
      for (const phrase of [`问题 ${other}`, `经过 ${other}`, "如皋", "问题 如皋"]) {
        const { group, own } = await asked(stage, OFFICE, phrase);
        expect(group.trim(), phrase).toBe("答复已发到您的私聊。");
        expect(own, phrase).toMatch(phrase.includes("NT-") ? /别处的裸土/ : /如皋/);
      }
      expect((await asked(stage, LIAISON, OWN)).group).toContain("责任地区");
      expect((await asked(stage, OFFICE, OWN)).group).toContain("责任地区");
    },
    "group",
  );

  declare(
    "what is one person's own or about people is no group's to read",
    async (stage) => {
      await stage.arrives(OFFICE);
      await stage.group?.binds("haian");
      for (const [phrase, says] of [
        ["今日", "今日待办"],
        ["人员", "海安联络员"],
        ["投递", "推送情况"],
        ["我的设置", "通知"],
        ["移送", "移送"],
        ["邀请 李局 市办", "李局"],
        ["交办 海安 “群里交办” 3个工作日", "群里交办"],
      ] as const) {
        const { group, own } = await asked(stage, OFFICE, phrase);
        expect(group.trim(), phrase).toMatch(/^(答复|办理结果|邀请码)已发到您的私聊。$/);
        expect(own, phrase).toContain(says);
      }
    },
    "group",
  );

  declare(
    "a group that nobody has bound reads only what anybody may",
    async (stage) => {
      await stage.arrives(OFFICE);
      expect((await asked(stage, OFFICE, "排名")).group).toContain("海安");
      for (const phrase of ["海安", "问题", OWN])
        expect((await asked(stage, OFFICE, phrase)).group.trim()).toBe("答复已发到您的私聊。");
    },
    "group",
  );

  declare(
    "a number in a bound group's talk offers its card, once a day, as far as its unit may see it",
    async (stage) => {
      await Promise.all([stage.arrives(OFFICE), stage.arrives(LIAISON)]);
      const other = await foreign(stage);
      const talks = async (text: string) => (await stage.group?.talks(LIAISON, text)) ?? [];
      expect(await talks(`${OWN}还没改完`)).toEqual([]);
      await stage.group?.binds("haian");
      for (const text of ["大家好", "000006", "6号开会", `${other}怎么样`, "NT-2020-009999"])
        expect(await talks(text), text).toEqual([]);
      const [offer, ...more] = await talks("6号问题还没改完");
      expect(offer?.buttons.map(({ label }) => label)).toEqual([`看 ${OWN}`]);
      expect(more).toEqual([]);
      expect(await talks(`${OWN}呢`)).toEqual([]);
      const card = await stage.group?.presses(OFFICE, buttonOn([offer as never], `看 ${OWN}`));
      expect(textOf(card ?? [])).toContain("责任地区");
      await stage.office.advanceTo("2020-06-16T20:00");
      expect(await talks(`${OWN}呢`)).toHaveLength(1);
    },
    "group",
  );
}
