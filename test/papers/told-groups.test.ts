import { afterAll, beforeAll, expect, test } from "vitest";
import type { Card } from "../../src/chat/card.ts";
import type { Door } from "../../src/delivery/door.ts";
import { deliverDue } from "../../src/delivery/worker.ts";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
let group: number;
let no: string;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-14T12:00" });
  const row = { platform: "slack", workspace: "T1", chatKey: "C1", regionId: "haian", boundAt: 0 } as const;
  group = (await office.bot.store.write((w) => w.chats.bind(row))).id;
  await office.advanceTo("2020-06-15T09:01");
  no = (await office.says("市办", "文件 周通报")).facts.rows[0].no;
});
afterAll(() => office.close());

/** What stands in the group's chat, by what the door was given. */
const stands = new Map<string, string>();
let given = 0;
const slack: Door = {
  platform: "slack",
  remote: true,
  async deliver(row) {
    given += 1;
    const message = await office.bot.store.read((r) => r.messages.byId(row.messageId ?? 0));
    const externalId = row.kind === "edit" ? (message?.externalId ?? "") : String(given);
    const { title, blocks } = JSON.parse(row.card) as Card;
    stands.set(externalId, `${title} ${JSON.stringify(blocks)}`);
    return { kind: "accepted", chat: "C1", externalId };
  },
};
const inGroup = async () => {
  for (let i = 0; i < 3; i += 1) await deliverDue(office.bot, [slack], () => 1e15);
  return [...stands.values()];
};

test("a group that got a paper reads the correction, and on the old one that it is corrected", async () => {
  expect(await inGroup()).toEqual([expect.stringContaining("周通报")]);
  const head = "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h";
  await importText(office, [head, "2020-06-10,海安,77,110,8,30,0.7,90"]);
  const { facts } = await office.says("市办", `更正公文 ${no}`);
  await office.says("市办", `审核 ${facts.no}`);
  no = facts.no;
  const [old, anew, ...more] = await inGroup();
  expect(old).toContain("已更正");
  expect(anew).toContain("更正");
  expect(more).toEqual([]);
});

test("a group that got a paper is told when it is withdrawn, as people are, and the paper's card says so", async () => {
  await office.says("市办", `撤回公文 ${no} “数据源有误”`);
  const [, card, told, ...more] = await inGroup();
  expect(card).toContain("已撤回");
  expect(told).toMatch(/^撤回：.*不再作数。原因：数据源有误/);
  expect(more).toEqual([]);
  const rest = await office.bot.store.read((r) => r.outbox.after(0));
  expect(rest.filter(({ row }) => row.chatId === group && row.state !== "sent")).toEqual([]);
});
