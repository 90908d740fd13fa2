import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Reply, Speaker } from "../../src/bot/lantian.ts";
import { ask, press } from "../../src/bot/router.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { receive } from "../../src/delivery/inbound.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const speakerOf = async (name: string): Promise<Speaker> => ({
  identity: { platform: "slack", workspace: "T1", userKey: name },
  person: await office.bot.store.read((r) => r.people.byName(name)),
});
/** A message as a platform brings it: what it asks for has one effect. */
const messageOf = async (name: string) => {
  const row = await receive(office.bot, {
    platform: "slack",
    externalId: `${name}-${serial++}`,
    payload: {},
  });
  return { ...(await speakerOf(name)), inbound: row?.id ?? 0 };
};
let serial = 0;
const titleOf = ({ answer }: Reply) => (isRefusal(answer) ? answer.code : answer.card.title);
const factsOf = ({ answer }: Reply) => (isRefusal(answer) ? null : answer.card.facts);
const formToken = async (name: string) => {
  const { card } = await office.says(name, "交办");
  const [button] = card.buttons;
  return button?.kind === "press" ? button.token : "";
};
const fill = { county: "海安", title: "工地裸土" };

test("a message handled again is answered with what came of it, as a card and in its facts", async () => {
  const speaker = await messageOf("市办");
  const first = await ask(office.bot, speaker, "交办 海安 “工地裸土”");
  expect(titleOf(first)).toBe("已交办海安");
  const again = await ask(office.bot, speaker, "交办 海安 “工地裸土”");
  expect(titleOf(again)).toBe("已办理：NT-2020-000007 工地裸土");
  expect(factsOf(again)).toEqual({
    done: { act: "assign", title: "已交办海安", subject: "issue:7", at: "2020-06-15T00:30:00Z" },
  });
  expect(again).toMatchObject({ command: "assign", deliveries: [] });
});

test("a form that was refused is not spent; handed in it is, and whoever has it from elsewhere learns nothing", async () => {
  const token = await formToken("市办");
  const own = await speakerOf("市办");
  expect(titleOf(await press(office.bot, own, token, { ...fill, county: "海按" }))).toBe("unknown-county");
  expect(titleOf(await press(office.bot, own, token, fill))).toBe("已交办海安");
  expect(titleOf(await press(office.bot, own, token, fill))).toMatch(/^已办理：NT-2020-000007/);
  expect(titleOf(await press(office.bot, await speakerOf("督查"), token, fill))).toBe("stale-action");
});

test("each time that a form is asked for it is another one", async () => {
  const tokens = [await formToken("市办"), await formToken("市办")];
  const own = await speakerOf("市办");
  for (const [n, token] of tokens.entries()) {
    const another = { ...fill, title: `${fill.title}${n}` };
    expect(titleOf(await press(office.bot, own, token, another))).toBe("已交办海安");
  }
});

test("two people's forms of one name are two", async () => {
  for (const name of ["海安联络员", "如东联络员"]) {
    const { card } = await office.says(name, "我的设置");
    const button = card.buttons.find(({ label }) => label === "设置免打扰");
    const token = button?.kind === "press" ? button.token : "";
    const titles = [];
    for (const from of ["22", "23"])
      titles.push(
        titleOf(await press(office.bot, await speakerOf(name), token, { from, to: "7" }, "the same name")),
      );
    expect(titles).toEqual(["已设免打扰", "已办理：设免打扰"]);
    expect((await speakerOf(name)).person?.quietFrom).toBe(22);
  }
});

test("an invitation's code is kept nowhere; who asks again is told whom they invited", async () => {
  const speaker = await messageOf("市办");
  const { code } = factsOf(await ask(office.bot, speaker, "邀请 王联络 县区联络员 海安")) as { code: string };
  const again = await ask(office.bot, speaker, "邀请 王联络 县区联络员 海安");
  expect(titleOf(again)).toMatch(/^已办理：邀请王联络/);
  expect(JSON.stringify(again)).not.toContain(code);
  const raw = new Database(office.file, { readonly: true });
  const tables = raw.prepare("select name from sqlite_schema where type = 'table'").pluck().all() as string[];
  const everything = tables.map((table) => raw.prepare(`select * from "${table}"`).all());
  raw.close();
  expect(JSON.stringify(everything)).not.toContain(code);
});
