import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentOf } from "../../support/telegram/announced.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

let stage: Stage;
let office: number;
let liaison: number;
beforeAll(async () => {
  stage = await aStage();
  office = await stage.member("市办");
  liaison = await stage.member("海安联络员");
});
afterAll(() => stage.close());

const CSV = "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h\n2020-06-14,海安,31,55,8,20,0.7,120\n";
const sends = (
  user: number,
  name: string,
  bytes: Uint8Array | string,
  more: { size?: number; chat?: number; caption?: string } = {},
) => {
  const { size, chat = user, caption } = more;
  const announced = documentOf(stage.server, name, bytes, size ? { size } : {});
  return stage.answers(chat, () =>
    stage.server.bring(stage.server.messageOf(user, chat, { ...announced, ...(caption ? { caption } : {}) })),
  );
};

describe("refused", () => {
  test.each([
    ["图.png", "x", {}],
    ["表.xls", "x", {}],
    ["表.xlsm", "x", {}],
    ["大.csv", "x", { size: 16 * 1024 * 1024 }],
    ["说小实大.csv", Buffer.alloc(16 * 1024 * 1024, 44), {}],
    ["超二十.csv", Buffer.alloc(21 * 1024 * 1024, 44), {}],
    ["假.xlsx", "not a zip", {}],
    ["空.csv", "", {}],
  ])("%s, with a reason", async (name, bytes, more) => {
    const [answer] = await sends(office, name, bytes, more);
    expect(answer?.text).toMatch(/未能办理|没有导入/);
  });

  test.each(["表.xls", "表.et", "表.xlsm", "表.ods"])("%s, with how to save it anew", async (name) => {
    for (const who of [office, liaison]) {
      const [answer] = await sends(who, name, "x");
      expect(answer?.text).toContain("文件类型选“Excel工作簿（*.xlsx）”");
    }
  });

  test("with the limits that there are, Telegram's and ours", async () => {
    const [beyond] = await sends(office, "超.pdf", Buffer.alloc(21 * 1024 * 1024, 37));
    expect(beyond?.text).toContain("文件超过20 MB");
    const [large] = await sends(office, "大.pdf", "x", { size: 16 * 1024 * 1024 });
    expect(large?.text).toContain("超过15 MB");
  });

  test("as a table from anybody else", async () => {
    const [answer] = await sends(liaison, "日报.csv", CSV);
    expect(answer?.text).toContain("不能导入日均空气数据");
    const imports = (await stage.bot.store.read((r) => r.audit.latest(50))).filter((a) => a.act === "import");
    const theirs = imports.filter(({ actor }) => actor === "海安联络员");
    expect(theirs.map(({ outcome }) => outcome)).toEqual(["denied"]);
  });

  test("before it is fetched, from a stranger and from whoever has nothing to send", async () => {
    const lead = await stage.member("市领导");
    const fetched = () => stage.server.calls.filter(({ method }) => method === "getFile").length;
    const before = fetched();
    for (const [user, why] of [
      [stage.stranger(), "还没有绑定"],
      [lead, "市领导不能发送文件"],
    ] as const)
      for (const name of ["日报.csv", "现场.jpg"]) {
        const [answer] = await sends(user, name, CSV);
        expect(answer?.text).toContain(why);
      }
    expect(fetched()).toBe(before);
  });
});

test("in a group a file is taken only when it is handed to the bot", async () => {
  expect(await sends(office, "日报.csv", CSV, { chat: -9 })).toEqual([]);
  const [word] = await sends(office, "日报.csv", CSV, { chat: -9, caption: "@lantian_bot 导入" });
  expect(word?.text).toBe("文件的办理结果已发到您的私聊。");
  expect(stage.server.to(office).at(-1)?.text).toContain("已导入");
});

test("a table that isn't told for sure is asked about in private, where its buttons are the sender's own", async () => {
  const unsure = CSV.replace("日期", "观测日期");
  await sends(office, "日报.csv", unsure, { chat: -9, caption: "@lantian_bot 导入" });
  expect(stage.server.to(office).at(-1)?.text).toContain("请把文件私聊发给机器人");
  expect(await stage.bot.store.read((r) => r.importQuestions.keptFiles())).toEqual([]);
  const [asked] = await sends(office, "日报.csv", unsure);
  expect(asked?.text).toContain("“观测日期”像是日期");
});
