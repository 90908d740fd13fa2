import Database from "better-sqlite3";
import { expect } from "vitest";
import { allFiles } from "../../../src/issues/papers.ts";
import type { Cut, Provider, Stage } from "../../support/conformance.ts";
import { aPdf } from "../../support/evidence.ts";
import { until } from "../../support/until.ts";
import { queue } from "./queueing.ts";
import { buttonOn } from "./reading.ts";
import type { Declare } from "./suite.ts";

const LIAISON = "海安联络员";
const OFFICE = "市办";
/** An issue of Hai'an that waits for its unit. */
const NO = "NT-2020-000006";
const NAME = "方案.pdf";

const evidence = async ({ bot }: Stage) => {
  const issue = await bot.store.read((r) => r.issues.byNo(NO));
  return allFiles(await bot.store.read((r) => r.evidence.of(issue?.id ?? 0)), { round: 1 });
};
/** The ways in which a file comes to somebody. */
const ways: Record<string, (stage: Stage) => Promise<unknown>> = {
  "an answer's": (stage) => stage.says(LIAISON, `问题 ${NO}`),
  "a push's": async (stage) => {
    const files = await evidence(stage);
    await queue(stage, LIAISON, { title: "新的交办", files, facts: { issue: { no: NO } } });
    await stage.delivers();
  },
};
const lost = ({ text }: { text: string }) => text.includes("附件可能没有送达");

/** A file of which nobody knows whether it arrived: looked up where a chat can be asked, otherwise left; never sent twice by itself. */
export function lostFiles(declare: Declare, { readsBack, platform }: Provider): void {
  /** The liaison, with one file at their issue. */
  const anIssue = async (stage: Stage) => {
    await Promise.all([stage.arrives(LIAISON), stage.arrives(OFFICE)]);
    await stage.sends(LIAISON, { name: NAME, bytes: aPdf() }, NO);
    const here = () => stage.stands(LIAISON);
    const filesHere = async () => (await here()).flatMap(({ files }) => files).length;
    /** Is told once which file of what it is, and has it by one press. */
    const isTold = async () => {
      const told = (await here()).filter(lost);
      expect(told).toHaveLength(1);
      for (const word of [NAME, NO]) expect(told[0]?.text).toContain(word);
      const before = await filesHere();
      await stage.presses(LIAISON, buttonOn(told, "重新发送"));
      expect(await filesHere()).toBe(before + 1);
    };
    return { here, filesHere, isTold };
  };

  for (const [whose, brings] of Object.entries(ways))
    for (const cut of ["before", "after"] as const satisfies Cut[])
      declare(
        `${whose} file whose connection breaks ${cut} it is accepted never comes twice; unless it is found, its reader is told which it is and has it by 重新发送`,
        async (stage) => {
          const { here, filesHere, isTold } = await anIssue(stage);
          stage.cutsNext?.(cut, "file");
          await brings(stage);
          // Nobody waits for a push: Slack is asked for it when it must have landed, and it is sent again where it hasn't.
          const isFound = readsBack && (cut === "after" || whose === "a push's");
          expect(await filesHere()).toBe(isFound || cut === "after" ? 1 : 0);
          if (isFound) expect((await here()).filter(lost)).toEqual([]);
          else await isTold();
        },
        "cutsNext",
      );

  declare(
    "an answer's file that had gone when the bot was killed doesn't come again with the answer; its reader is told",
    async (stage) => {
      const { filesHere, isTold } = await anIssue(stage);
      await stage.says(LIAISON, `问题 ${NO}`);
      expect(await filesHere()).toBe(1);
      const { bot } = stage;
      // Killed before the answer was written down: the message waits as if nobody had seen it.
      const raw = new Database(bot.store.file);
      raw.exec("update inbox set state = 'received', attempts = 0 where id = (select max(id) from inbox)");
      raw.close();
      await stage.restart();
      await until(async () => (await bot.store.read((r) => r.inbox.waiting(platform))).length === 0);
      expect(await filesHere()).toBe(1);
      await isTold();
    },
    "cutsNext",
  );
}
