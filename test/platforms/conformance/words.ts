import { expect } from "vitest";
import { newCode } from "../../../src/office/invitation.ts";
import type { Provider } from "../../support/conformance.ts";
import { again, buttonOn, expectInOrder, newest, textOf, titled, wordsOf } from "./reading.ts";
import type { Declare } from "./suite.ts";

const LIAISON = "海安联络员";
const OFFICE = "市办";

/** What people say and press, and what they read then. */
export function words(declare: Declare, { platform }: Provider): void {
  declare(
    "what somebody says in private is answered there, in full and in the office's words",
    async (stage) => {
      await stage.arrives(LIAISON);
      const answers = await stage.says(LIAISON, "海安");
      expectInOrder(textOf(answers), wordsOf((await stage.office.says(LIAISON, "海安")).card));
      expect(await stage.stands(LIAISON)).toHaveLength(answers.length);
    },
  );

  declare("a table stands with every row and cell, in order", async (stage) => {
    await stage.arrives(LIAISON);
    const { card } = await stage.office.says(LIAISON, "排名 5月");
    const rows = card.blocks.flatMap((block) => (block.kind === "table" ? block.rows : []));
    expect(rows.length).toBeGreaterThan(5);
    expectInOrder(textOf(await stage.says(LIAISON, "排名 5月")), wordsOf(card));
  });

  declare("what isn't understood is refused with a word on what to say instead", async (stage) => {
    await stage.arrives(LIAISON);
    const { message, instead } = await stage.office.says(LIAISON, "海按 5月");
    const answers = await stage.says(LIAISON, "海按 5月");
    expect(textOf(answers)).toContain(message);
    expect(textOf(await stage.presses(LIAISON, buttonOn(answers, instead[0] ?? "")))).toContain("海安");
  });

  declare(
    "a stranger is told how to be linked and nothing else; one code makes a member of them, whose pushes come here",
    async (stage) => {
      await stage.comes("新人");
      const told = await stage.says("新人", "海安");
      expect(textOf(told)).toContain("绑定");
      expect(textOf(told)).not.toContain("PM2.5");
      const { code, hash } = newCode();
      await stage.bot.store.write((w) =>
        w.people.invite({ codeHash: hash, name: "王芳", role: "office", createdAt: 0, expiresAt: 1e15 }),
      );
      expect(textOf(await stage.says("新人", `绑定 ${code}`))).toContain("王芳");
      expect(textOf(await stage.says("新人", "海安"))).toContain("PM2.5");
      const person = await stage.bot.store.read((r) => r.people.byName("王芳"));
      expect(person?.pushPlatform).toBe(platform);
    },
  );

  declare(
    "markup, mentions and links that people write are shown as written and do nothing",
    async (stage) => {
      await Promise.all([stage.arrives(OFFICE), stage.arrives("如东联络员")]);
      const title =
        "<!channel> <@U0ANYBODY> <b>粗</b> @everyone https://evil.example <https://evil.example|点此> *粗* _斜_ &lt;i&gt; [点此](https://evil.example) 终";
      const answers = await stage.says(OFFICE, `交办 如东 “${title.replace("终", "\u202e终\u200b")}”`);
      await stage.delivers();
      for (const message of [...answers, await newest(stage, "如东联络员", "新的交办")]) {
        expect(message.text).toContain(title);
        expect(message.alive).toEqual([]);
      }
    },
  );

  declare("a button pressed twice acts once, and the second press is told so", async (stage) => {
    await stage.arrives(LIAISON);
    await stage.office.says(OFFICE, "交办 海安 “连按两次” 3个工作日");
    await stage.delivers();
    const button = buttonOn([await newest(stage, LIAISON, "连按两次")], "签收");
    expect(textOf(await stage.presses(LIAISON, button))).toContain("已签收");
    const [before] = await titled(stage, "连按两次");
    expect(before?.state).toBe("acknowledged");
    expect(textOf(await stage.presses(LIAISON, button))).toContain("不用重复操作");
    expect(await titled(stage, "连按两次")).toEqual([before]);
  });

  declare("a button pressed by another person does nothing, and they are told so", async (stage) => {
    await Promise.all([stage.arrives(LIAISON), stage.arrives("如东联络员")]);
    await stage.comes("路人");
    await stage.office.says(OFFICE, "交办 海安 “别人的按钮” 3个工作日");
    await stage.delivers();
    const button = buttonOn([await newest(stage, LIAISON, "别人的按钮")], "签收");
    expect(textOf(await stage.presses("如东联络员", button))).toContain("失效");
    expect(textOf(await stage.presses("路人", button))).toContain("绑定");
    expect((await titled(stage, "别人的按钮"))[0]?.state).toBe("assigned");
    expect(textOf(await stage.presses(LIAISON, button))).toContain("已签收");
  });

  declare("a card that shows an issue is redrawn where it stands when the issue changes", async (stage) => {
    await Promise.all([stage.arrives(LIAISON), stage.arrives(OFFICE)]);
    const [own] = await stage.says(OFFICE, "交办 海安 “就地改写” 3个工作日");
    await stage.delivers();
    const pushed = await newest(stage, LIAISON, "就地改写");
    const counts = async () => [(await stage.stands(OFFICE)).length, (await stage.stands(LIAISON)).length];
    const before = await counts();
    await stage.office.says(LIAISON, `问题 ${(await titled(stage, "就地改写"))[0]?.no}`);
    await stage.office.presses(LIAISON, "签收");
    await stage.delivers();
    for (const [name, message] of [
      [OFFICE, own],
      [LIAISON, pushed],
    ] as const) {
      if (message === undefined) throw new Error("nothing was answered");
      const { text, buttons } = await again(stage, name, message);
      expect(text).toContain("已签收");
      expect(text).not.toContain("待签收");
      expect(buttons.map(({ label }) => label)).not.toContain("签收");
    }
    expect(await counts()).toEqual([(before[0] ?? 0) + 1, before[1]]);
  });
}
