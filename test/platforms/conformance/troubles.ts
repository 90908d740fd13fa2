import { expect } from "vitest";
import type { Cut, Provider } from "../../support/conformance.ts";
import { count, outcomes, queue } from "./queueing.ts";
import { buttonOn, newest, textOf, titled } from "./reading.ts";
import type { Declare } from "./suite.ts";

const LIAISON = "海安联络员";
const OFFICE = "市办";

/** What becomes of messages when the platform, the line or the recipient doesn't take them. */
export function troubles(declare: Declare, { readsBack }: Provider): void {
  declare(
    "a platform that asks for patience is given it: nothing is sent too soon, nothing lost, nothing twice",
    async (stage) => {
      await Promise.all([stage.arrives(LIAISON), stage.arrives("如东联络员")]);
      stage.refusesNextForNow?.();
      const titles = [];
      for (const name of [LIAISON, LIAISON, "如东联络员"]) titles.push(await queue(stage, name));
      await stage.delivers();
      expect(await count(stage, LIAISON, titles)).toEqual([1, 1, 0]);
      expect(await count(stage, "如东联络员", titles)).toEqual([0, 0, 1]);
      // A platform's wish costs nobody an attempt.
      expect((await outcomes(stage)).map(({ state, attempts }) => [state, attempts])).toEqual(
        titles.map(() => ["sent", 1]),
      );
    },
    "refusesNextForNow",
  );

  for (const cut of ["before", "after"] as const satisfies Cut[])
    declare(
      `a push whose connection breaks ${cut} it is accepted never stands twice, and is sent or listed for the office`,
      async (stage) => {
        await Promise.all([stage.arrives(LIAISON), stage.arrives(OFFICE)]);
        stage.cutsNext?.(cut);
        const title = await queue(stage, LIAISON);
        await stage.delivers();
        const [times] = await count(stage, LIAISON, [title]);
        const [row] = await outcomes(stage);
        if (readsBack) expect([row?.state, times]).toEqual(["sent", 1]);
        else {
          expect([row?.state, times]).toEqual(["ambiguous", cut === "after" ? 1 : 0]);
          expect(textOf(await stage.stands(OFFICE))).toContain(`不确定是否送达：${title}`);
          const listed = textOf(await stage.says(OFFICE, "投递"));
          expect(listed).toContain(title);
          expect(listed).toMatch(/没有收到\s*平台的答复/);
        }
      },
      "cutsNext",
    );

  for (const cut of ["before", "after"] as const satisfies Cut[])
    declare(
      `what somebody says is done once, and answered, though the connection breaks ${cut} the answer is accepted`,
      async (stage) => {
        await stage.arrives(OFFICE);
        stage.cutsNext?.(cut);
        await stage.says(OFFICE, "交办 海安 “答复断了” 3个工作日");
        const [issue, ...more] = await titled(stage, "答复断了");
        expect(more).toEqual([]);
        const answers = (await stage.stands(OFFICE)).filter(({ text }) => text.includes("答复断了"));
        // Whoever asked would rather read an answer twice than not at all; where it can be looked for it stands once.
        expect(answers.length).toBeGreaterThan(0);
        if (readsBack) expect(answers).toHaveLength(1);
        expect(answers[0]?.text).toContain(issue?.no);
      },
      "cutsNext",
    );

  declare(
    "a push that can reach somebody no more fails once, others go on, and the office reads for whom and why",
    async (stage) => {
      await Promise.all([stage.arrives(LIAISON), stage.arrives("如东联络员"), stage.arrives(OFFICE)]);
      stage.shutsOut?.(LIAISON);
      const title = await queue(stage, LIAISON);
      const other = await queue(stage, "如东联络员");
      await stage.delivers();
      const [failed, sent] = await outcomes(stage);
      expect([failed?.state, sent?.state]).toEqual(["failed", "sent"]);
      expect(await count(stage, "如东联络员", [other])).toEqual([1]);
      const told = await newest(stage, OFFICE, `未送达：${title}`);
      expect(told.text).toContain(`没有送到${LIAISON}`);
      const listed = textOf(await stage.presses(OFFICE, buttonOn([told], "投递")));
      expect(listed).toContain(title);
      // A platform's answer in its own language helps nobody in the office.
      for (const text of [told.text, listed]) expect(text).not.toContain("平台答复");
    },
    "shutsOut",
  );

  declare(
    "a group that the bot is thrown out of gets nothing more, and the office is told once",
    async (stage) => {
      await stage.arrives(OFFICE);
      const chatId = (await stage.group?.binds("haian")) ?? 0;
      stage.group?.closes();
      for (let i = 0; i < 2; i += 1) await queue(stage, { chatId });
      await stage.delivers();
      expect((await outcomes(stage)).map(({ state }) => state)).toEqual(["failed", "failed"]);
      expect((await stage.bot.store.read((r) => r.chats.byId(chatId)))?.active).toBe(false);
      const told = (await stage.stands(OFFICE)).map(({ text }) => text);
      expect(told).toEqual([expect.stringContaining("群不再接收消息：海安群")]);
      expect(textOf(await stage.says(OFFICE, "投递"))).not.toContain("平台答复");
    },
    "group",
  );
}
