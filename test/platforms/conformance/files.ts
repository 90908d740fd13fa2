import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { Stage } from "../../support/conformance.ts";
import { aPdf, aPhoto } from "../../support/evidence.ts";
import { buttonOn, textOf } from "./reading.ts";
import type { Declare } from "./suite.ts";

const LIAISON = "海安联络员";
const OFFICE = "市办";
/** An issue of Hai'an that waits for its unit. */
const NO = "NT-2020-000006";
const CSV = "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h\n2020-06-14,海安,31,55,8,20,0.7,120\n";

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const kept = async ({ bot }: Stage) => {
  const issue = await bot.store.read((r) => r.issues.byNo(NO));
  return bot.store.read((r) => r.evidence.of(issue?.id ?? 0));
};

/** Files, both ways. */
export function files(declare: Declare): void {
  declare(
    "a photo and a document that the unit sends reach the office, byte for byte as they were kept",
    async (stage) => {
      await Promise.all([stage.arrives(LIAISON), stage.arrives(OFFICE)]);
      const [photo, pdf] = [await aPhoto(40), aPdf()];
      const [answer] = await stage.sends(LIAISON, { name: "现场.jpg", bytes: photo }, `${NO} 整改前`);
      expect(answer?.text).toContain(`已收到${NO}的整改前`);
      await stage.sends(LIAISON, { name: "方案.pdf", bytes: pdf }, NO);
      const rows = await kept(stage);
      expect(rows.map(({ kind, sentSha256 }) => [kind, sentSha256])).toEqual([
        ["before", hashOf(photo)],
        ["document", hashOf(pdf)],
      ]);
      const shown = (await stage.says(OFFICE, `问题 ${NO}`)).flatMap((message) => message.files);
      expect(shown.map(({ sha256 }) => sha256)).toEqual(rows.map(({ sha256 }) => sha256));
    },
  );

  declare(
    "a file is what its bytes are: a script called photo is refused with a reason and not kept",
    async (stage) => {
      await stage.arrives(LIAISON);
      const script = { name: "现场.jpg", bytes: Buffer.from("<script>alert(1)</script>") };
      expect(textOf(await stage.sends(LIAISON, script, `${NO} 整改前`))).toContain("不能接收这种文件");
      expect(await kept(stage)).toEqual([]);
    },
  );

  declare(
    "the office's table is imported; a bad row is told with its place, and nothing of it enters",
    async (stage) => {
      await stage.arrives(OFFICE);
      const table = (name: string, text: string) => ({ name, bytes: Buffer.from(text) });
      const bad = textOf(await stage.sends(OFFICE, table("坏.csv", CSV.replace("31", "-3")), ""));
      for (const word of ["没有导入", "第2行", "-3"]) expect(bad).toContain(word);
      expect(textOf(await stage.sends(OFFICE, table("日报.csv", CSV), ""))).toContain("已导入：日报.csv");
      expect(textOf(await stage.sends(OFFICE, table("日报.csv", CSV), ""))).toMatch(
        /未变：\s*1|未变\n：?\s*1/,
      );
    },
  );

  declare(
    "a table that isn't told for sure is shown as it was read, and imported when that is confirmed",
    async (stage) => {
      await stage.arrives(OFFICE);
      const table = { name: "日报.csv", bytes: Buffer.from(CSV.replace("日期", "观测日期")) };
      const asked = await stage.sends(OFFICE, table, "");
      for (const word of ["请核对：日报.csv", "观测日期", "2020-06-14", "改列", "取消"])
        expect(
          [textOf(asked), ...asked.flatMap(({ buttons }) => buttons.map((b) => b.label))].join(),
        ).toContain(word);
      const button = buttonOn(asked, "确认");
      expect(textOf(await stage.presses(OFFICE, button))).toContain("已导入：日报.csv");
      expect(textOf(await stage.presses(OFFICE, button))).toContain("已经处理过");
    },
  );
}
