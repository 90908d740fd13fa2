import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aStage, type Stage } from "../support/telegram/stage.ts";

const LIAISON = "海安联络员";
let stage: Stage;
beforeAll(async () => {
  stage = await aStage({ at: "2020-06-15T10:00" });
});
afterAll(() => stage.close());

/** Notices of the chase, by whom they went to. */
const chased = async (about: RegExp) =>
  (await stage.bot.store.read((r) => r.outbox.after(0)))
    .filter(({ row }) => row.job === "chase" && about.test(row.title))
    .map(({ row, audience }) => `${audience} ${row.via ?? "-"} ${row.title}`);
/** A notice of its own to somebody, written now; `title` says which. */
const notice = async (
  name: string,
  title: string,
  uncounted: "urgent" | "top-rung" | "signature" = "top-rung",
) => {
  const to = { personId: await stage.personId(name) };
  const at = (await stage.bot.clock.now()).epochMilliseconds;
  const card = { title, ...{ blocks: [] } };
  await stage.bot.store.write((w) =>
    w.outbox.queue({ key: `test/${title}`, to, class: "must-arrive", uncounted, card }, at),
  );
};

describe("a grave issue that its reader hasn't seen", () => {
  let no = "";
  test("is for the office to telephone about, once, where they have no other platform", async () => {
    const { office } = stage;
    await office.says("市办", `手机 ${LIAISON} 13812345678`);
    await office.says("海安领导", "帮助");
    no = (await office.says("市办", "交办 海安 “焚烧塑料” 重大 3个工作日")).facts.issue.no;
    await office.says("海安领导", "帮助");
    await office.advanceTo("2020-06-15T13:59");
    expect(await chased(/请电话通知/)).toEqual([]);
    await office.advanceTo("2020-06-15T14:00");
    expect(await chased(/请电话通知/)).toEqual([`市办 - 请电话通知：${LIAISON}`]);
    const card = (await office.cardsOf("市办")).find(({ title }) => title === `请电话通知：${LIAISON}`);
    expect(JSON.stringify(card)).toContain("13812345678");
    expect(card?.facts).toMatchObject({ person: LIAISON, issues: [no] });
  });

  test("stands in its history as told by telephone, and counts as seen", async () => {
    const { office } = stage;
    const unseen = async () =>
      ((await office.says("市办", `谁没看 ${no}`)).facts.unseen as { person: string }[]).map(
        ({ person }) => person,
      );
    expect(await unseen()).toContain(LIAISON);
    const card = (await office.cardsOf("市办")).find(({ title }) => title === `请电话通知：${LIAISON}`);
    const button = card?.buttons.find(({ label }) => label === "已电话通知");
    const token = button?.kind === "press" ? button.token : "";
    expect((await office.presses("市办", token)).card.title).toBe(`已记为电话通知：${LIAISON}`);
    expect(await unseen()).not.toContain(LIAISON);
    expect((await office.presses("市办", token)).code).toBe("already-done");
    expect((await office.says("市办", `问题 ${no}`)).text).toContain(`电话通知`);
  });
});

test("goes to the reader's other platform first, and is seen there", async () => {
  const { office, server } = stage;
  const user = await stage.member("如皋联络员");
  const id = await stage.personId("如皋联络员");
  await stage.bot.store.write((w) => w.people.pushTo(id, "web"));
  await notice("如皋联络员", "换平台一", "urgent");
  await office.advanceTo("2020-06-15T18:00");
  expect(await chased(/换平台一|如皋联络员/)).toEqual(["如皋联络员 telegram 换平台一"]);
  await stage.until("it comes by Telegram", async () => {
    await stage.deliver();
    return server.to(user).some(({ text }) => text.includes("换平台一"));
  });
  await stage.says(user, "帮助");
  await office.advanceTo("2020-06-15T23:00");
  expect(await chased(/如皋联络员/)).toEqual([]);
  // Not seen there either: the office telephones after the same time again.
  await notice("如皋联络员", "换平台二", "urgent");
  await office.advanceTo("2020-06-16T03:00");
  expect(await chased(/换平台二/)).toHaveLength(1);
  expect(await chased(/请电话通知：如皋联络员/)).toEqual([]);
  await office.advanceTo("2020-06-16T07:00");
  expect(await chased(/请电话通知：如皋联络员/)).toHaveLength(1);
  await office.advanceTo("2020-06-17T07:00");
  expect(await chased(/换平台二/)).toHaveLength(1);
  expect(await chased(/请电话通知：如皋联络员/)).toHaveLength(1);
});

test("the top of a ladder is looked after by office hours; what only waits for a signature isn't", async () => {
  const { office } = stage;
  await office.advanceTo("2020-06-19T16:00");
  await notice("启东领导", "最高一级");
  await notice("启东联络员", "待签批", "signature");
  await office.advanceTo("2020-06-22T10:59");
  expect(await chased(/启东/)).toEqual([]);
  await office.advanceTo("2020-06-22T11:00");
  expect(await chased(/启东/)).toEqual(["市办 - 请电话通知：启东领导"]);
});

test("nobody is telephoned who has seen it, has left, or is the office itself", async () => {
  const { office } = stage;
  await office.advanceTo("2020-06-23T09:00");
  for (const name of ["海门领导", "海门联络员"]) await notice(name, `看没看${name}`, "urgent");
  await office.advanceTo("2020-06-23T10:00");
  await office.says("海门领导", "帮助");
  await office.says("市办", "离任 海门联络员");
  await notice("市办", "看没看市办", "urgent");
  await office.advanceTo("2020-06-24T10:00");
  expect(await chased(/海门|看没看|请电话通知：市办/)).toEqual([]);
});
