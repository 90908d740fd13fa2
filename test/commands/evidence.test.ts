import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { open } from "../../src/bot/router.ts";
import type { DrawnCard } from "../../src/chat/card.ts";
import { textOf } from "../../src/ops/card-text.ts";
import { aPdf, aPhoto, changePerson, sendingTo } from "../support/evidence.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

/** A building site of Hai'an's; the department of housing has to see to it. */
const NO = "NT-2020-000006";
const NEXT = "NT-2020-000007";

let office: AnOffice;
let sends: ReturnType<typeof sendingTo>;
beforeEach(async () => {
  office = await anOffice();
  sends = sendingTo(office);
});
afterEach(() => office.close());

const kept = async (no = NO) => {
  const { facts } = await office.says("市办", `照片 ${no}`);
  return facts.evidence as { kind: string; name: string; by: string; sha256: string; sentSha256: string }[];
};
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const kinds = async (no = NO) => (await kept(no)).map(({ kind }) => kind);
const factsOf = async (no: string) => (await office.says("市办", `问题 ${no}`)).facts.issue;

async function submitted() {
  await office.says("海安联络员", NO);
  await office.presses("海安联络员", "签收");
  await sends("海安联络员", `${NO} 整改前`);
  await sends("海安联络员", `${NO} 整改后`);
  await office.says("海安联络员", NO);
  await office.presses("海安联络员", "提交整改", { measures: "裸土已全部覆盖" });
}

describe("a photo with an issue's number", () => {
  test("belongs to the issue, whatever it is called, and is opened by whoever may see the issue", async () => {
    const answer = await sends("海安联络员", `nt-2020-6 整改前`, { name: "东门.HEIC.jpg" });
    expect(answer.title).toBe(`已收到${NO}的整改前照片`);
    await sends("海安联络员", `${NO} 后`);
    expect(await kinds()).toEqual(["before", "after"]);

    await office.says("海安领导", NO);
    const photo = await office.opens("海安领导", "东门.HEIC.jpg");
    expect(photo.type).toBe("image/jpeg");
    expect(hash(photo.bytes)).toBe((await kept())[0]?.sha256);
  });

  test("stands at once on the card that others have of the issue, which asks for the missing one only", async () => {
    await office.says("市办", "交办", { county: "海安", title: "码头扬尘", due: "15日" });
    await office.presses("海安联络员", "签收");
    const pushed = async () => {
      await office.says("市办", "今日");
      const cards = (await office.cardsOf("海安联络员")).filter((card) => card.subject !== undefined);
      expect(cards).toHaveLength(1);
      return { text: textOf(cards[0] as DrawnCard), files: cards[0]?.files?.map((f) => f.name) ?? [] };
    };
    expect((await pushed()).text).toContain(`说明写“${NEXT} 整改前”或“${NEXT} 整改后”`);
    await sends("督查", `${NEXT} 整改前`, { name: "督查拍摄.jpg" });
    expect(await pushed()).toEqual({
      text: expect.stringContaining(`说明写“${NEXT} 整改后”`),
      files: ["督查拍摄.jpg"],
    });
    await sends("督查", `${NEXT} 整改后`, { name: "复查.jpg" });
    const last = await pushed();
    expect(last.files).toEqual(["督查拍摄.jpg", "复查.jpg"]);
    expect(last.text).not.toContain("说明写");
  });

  test("that says neither before nor after is asked about, and one press says it", async () => {
    const answer = await sends("海安联络员", NO);
    expect(answer.labels).toEqual(["整改前", "整改后", "其他"]);
    expect(await kinds()).toEqual([]);
    const placed = await office.presses("海安联络员", answer.token("整改后"));
    expect(placed.card.title).toBe(`已收到${NO}的整改后照片`);
    expect((await office.presses("海安联络员", answer.token("整改前"))).code).toBe("already-done");
    expect((await office.presses("海安领导", answer.token("其他"))).code).toBe("stale-action");
    expect(await kinds()).toEqual(["after"]);
  });

  test("that doesn't exist, or not yet, is refused, and nothing is kept", async () => {
    expect(await sends("海安联络员", "NT-2020-000999 前")).toMatchObject({ code: "unknown-issue" });
    const [person] = await office.bot.store.read(async (r) => [await r.people.byName("海安联络员")]);
    expect(await office.bot.store.read((r) => r.evidence.newestOf(person?.id ?? 0))).toBeNull();
  });
});

describe("a unit that helps", () => {
  beforeEach(() => office.says("市办", "交办 如东 工信局主办 公安局协办 “码头扬尘” 15日"));

  test("adds to an issue what is neither before nor after, without being asked", async () => {
    const answer = await sends("公安联络员", `${NEXT} 补充`);
    expect(answer.title).toBe(`已收到${NEXT}的其他`);
    await sends("公安联络员", NEXT);
    await sends("公安联络员", `${NEXT} 情况说明`, { bytes: aPdf(1), name: "执法.pdf" });
    expect(await kinds(NEXT)).toEqual(["other", "other", "document"]);
  });

  test("gives no pictures of before and after in the lead's place", async () => {
    const answer = await sends("公安联络员", `${NEXT} 整改后`);
    expect([answer.code, answer.message]).toEqual(["forbidden", expect.stringContaining(`“${NEXT} 补充”`)]);
    expect(await kinds(NEXT)).toEqual([]);
  });

  test("is offered what it helps with for a picture that names no issue", async () => {
    const answer = await sends("公安联络员", "");
    expect(answer.labels).toEqual([`${NEXT} 补充`]);
    await office.presses("公安联络员", answer.token(`${NEXT} 补充`));
    expect(await kinds(NEXT)).toEqual(["other"]);
  });

  test("adds nothing once it was taken off", async () => {
    await office.says("市办", `问题 ${NEXT} 更多`);
    await office.presses("市办", "调整协办", { leaving: "公安局" });
    expect((await sends("公安联络员", `${NEXT} 补充`)).code).toBe("forbidden");
  });
});

describe("who may add to an issue", () => {
  test.each([
    ["海安联络员", null],
    ["海安领导", null],
    ["住建联络员", null],
    ["市办", null],
    ["督查", null],
    ["如东联络员", "forbidden"],
    ["如东领导", "forbidden"],
    ["交通联络员", "forbidden"],
    ["海安点位长", "forbidden"],
    ["市领导", "forbidden"],
  ])("%s: %s", async (who, code) => {
    expect((await sends(who, `${NO} 整改前`)).code).toBe(code);
    expect(await kinds()).toEqual(code === null ? ["before"] : []);
    const [last] = await office.bot.store.read((r) => r.audit.latest(1));
    expect(last).toMatchObject({
      act: "evidence.add",
      actor: who,
      outcome: code === null ? "done" : "denied",
    });
  });

  test("after it was handed in only those who judge it, and no picture that would change what they judge", async () => {
    await submitted();
    expect(await sends("海安联络员", `${NO} 整改后`)).toMatchObject({ code: "usage" });
    expect(await sends("海安联络员", NO, { bytes: aPdf(), name: "方案.pdf" })).toMatchObject({
      code: "usage",
    });
    expect(await sends("督查", `${NO} 整改后`)).toMatchObject({ code: "usage" });
    expect((await sends("督查", `${NO} 现场核查`)).title).toBe(`已收到${NO}的其他`);
    expect((await sends("海安领导", NO, { bytes: aPdf(1), name: "说明.pdf" })).title).toContain("文件");
    expect(await kinds()).toEqual(["before", "after", "other", "document"]);
  });

  test("nobody after its end", async () => {
    await submitted();
    await office.says("海安领导", NO);
    await office.presses("海安领导", "县级确认");
    await office.says("督查", NO);
    await office.presses("督查", "复核通过");
    const late = await sends("督查", `${NO} 其他`);
    expect(late).toMatchObject({ code: "usage", message: expect.stringContaining("已销号") });
    expect(await kinds()).toEqual(["before", "after"]);
  });

  test("nobody whose turn ended between the question and the press", async () => {
    const asked = await sends("海安联络员", NO);
    await submitted();
    expect((await office.presses("海安联络员", asked.token("整改后"))).code).toBe("usage");
    expect(await kinds()).toEqual(["before", "after"]);
  });
});

describe("a file without a number", () => {
  test("of a unit is asked about among its open issues", async () => {
    const photo = await sends("海安联络员");
    expect(photo.labels).toEqual([`${NO} 整改前`, `${NO} 整改后`]);
    await office.presses("海安联络员", photo.token(`${NO} 整改前`));
    const paper = await sends("住建联络员", "整改方案", { bytes: aPdf(), name: "方案.pdf" });
    expect(paper.labels).toEqual([NO]);
    await office.presses("住建联络员", paper.token(NO));
    expect((await kept()).map(({ kind, by }) => [kind, by])).toEqual([
      ["before", "海安联络员"],
      ["document", "住建联络员"],
    ]);
  });

  test("offers the five that are due first, however many there are", async () => {
    for (let n = 0; n < 6; n++)
      await office.says("市办", "交办", { county: "启东", title: `码头扬尘${n}`, due: `${20 - n}日` });
    const { labels } = await sends("启东联络员");
    expect(labels.filter((label) => label.endsWith("整改前"))).toEqual(
      [12, 11, 10, 9, 8].map((n) => `NT-2020-${String(n).padStart(6, "0")} 整改前`),
    );
  });

  test("of a unit without open issues is not kept, and says so", async () => {
    const answer = await sends("如东联络员", "裸土");
    expect(answer).toMatchObject({ code: "usage", message: expect.stringContaining("文件没有保存") });
  });
});

describe("a photo of somebody who looks at places", () => {
  test.each([
    ["海安点位长", "工地扬尘，出入口未冲洗", "海安", "海安点位长"],
    ["市办", "如皋砂石堆场未苫盖", "如皋", "市办"],
    ["督查", "高架下有人焚烧落叶", "未定", "督查"],
  ])("%s writes “%s”: a draft for %s, with the photo in it", async (who, words, county, by) => {
    await office.expectCards([]);
    const answer = await sends(who, words);
    expect(answer.title).toBe(`已登记，待市办交办：${NEXT}`);
    expect(await factsOf(NEXT)).toMatchObject({ state: "draft", title: words, county });
    expect((await kept(NEXT)).map((e) => [e.kind, e.by])).toEqual([["before", by]]);
    const told = who === "市办" ? [] : [{ to: "市办", title: `待交办：${words}` }];
    await office.expectCards(told);
  });

  test("names the department and the kind of problem too", async () => {
    const [category] = office.bot.office.pack.settings.issues.categories;
    const department = office.bot.office.pack.departments.find((d) => d.short === "城管");
    await sends("督查", `海门${category?.name}，请${department?.name}处理`);
    expect(await factsOf(NEXT)).toMatchObject({ county: "海门", category: category?.name, assignee: "城管" });
  });

  test("without words is asked for them in a form", async () => {
    const answer = await sends("海安点位长");
    expect(answer.labels).toEqual(["作为新问题", "巡查，无问题"]);
    const token = answer.token("作为新问题");
    expect((await office.presses("海安点位长", token, { title: "" })).code).toBe("usage");
    const drafted = await office.presses("海安点位长", token, { title: "河边焚烧", county: "海门" });
    expect(drafted.card.title).toBe(`已登记，待市办交办：${NEXT}`);
    expect(await factsOf(NEXT)).toMatchObject({ county: "海门", title: "河边焚烧" });
    expect((await office.presses("海安点位长", token, { title: "再来" })).code).toBe("already-done");
  });

  test("is none of theirs any more when their role has changed before they press", async () => {
    const answer = await sends("海安点位长");
    changePerson(office, "海安点位长", "role = 'county-liaison'");
    const pressed = await office.presses("海安点位长", answer.token("作为新问题"), { title: "河边焚烧" });
    expect(pressed.code).toBe("forbidden");
  });
});

describe("an album", () => {
  test("has one text, which counts for all of its photos", async () => {
    await sends("海安联络员", `${NO} 整改前`, { album: "a" });
    await sends("海安联络员", undefined, { album: "a" });
    await sends("海安联络员", "", { album: "a" });
    expect(await kinds()).toEqual(["before", "before", "before"]);
    expect((await sends("海安联络员", undefined, { album: "b" })).labels).toHaveLength(2);
    expect(await kinds()).toHaveLength(3);
  });

  test("of somebody else never lends its text", async () => {
    await sends("海安联络员", `${NO} 整改前`, { album: "a" });
    expect((await sends("海安领导", undefined, { album: "a" })).labels).toHaveLength(2);
  });

  test("whose text comes with its last photo takes the earlier ones along", async () => {
    await sends("海安联络员", undefined, { album: "a" });
    await sends("海安联络员", undefined, { album: "a" });
    await sends("海安联络员", `${NO} 整改后`, { album: "a" });
    expect(await kinds()).toEqual(["after", "after", "after"]);
  });

  test("of three photos with one text is one problem, not three", async () => {
    await sends("督查", "海安演示路裸土", { album: "a" });
    const second = await sends("督查", undefined, { album: "a" });
    expect(second.title).toBe(`已收到${NEXT}的整改前照片（2张）`);
    await sends("督查", undefined, { album: "a" });
    expect(await kinds(NEXT)).toEqual(["before", "before", "before"]);
    expect((await office.says("市办", "问题 NT-2020-000008")).code).toBe("unknown-issue");
  });

  test("that is asked about is settled by one press, and what comes late goes there, too", async () => {
    await sends("海安联络员", undefined, { album: "a" });
    const asked = await sends("海安联络员", undefined, { album: "a" });
    expect(asked.title).toBe("已收到2张照片");
    const placed = await office.presses("海安联络员", asked.token(`${NO} 整改后`));
    expect(placed.card.title).toBe(`已收到${NO}的整改后照片（2张）`);
    const late = await sends("海安联络员", undefined, { album: "a" });
    expect(late.title).toBe(`已收到${NO}的整改后照片（3张）`);
    expect(await kinds()).toEqual(["after", "after", "after"]);
  });

  test("whose text names the issue alone is settled by one press", async () => {
    await sends("海安联络员", NO, { album: "a" });
    const asked = await sends("海安联络员", undefined, { album: "a" });
    expect(asked.labels).toEqual(["整改前", "整改后", "其他"]);
    await office.presses("海安联络员", asked.token("其他"));
    expect(await kinds()).toEqual(["other", "other"]);
  });

  test("without any text becomes one problem when its words are given", async () => {
    const first = await sends("督查", undefined, { album: "a" });
    const second = await sends("督查", undefined, { album: "a" });
    await office.presses("督查", first.token("作为新问题"), { title: "海安演示路裸土" });
    expect(await kinds(NEXT)).toEqual(["before", "before"]);
    const again = await office.presses("督查", second.token("作为新问题"), { title: "海安演示路裸土" });
    expect(again.code).toBe("already-done");
  });
});

describe("照片", () => {
  test("lists what there is, with hashes, and shows the pictures", async () => {
    const bytes = await aPhoto(7);
    await sends("海安联络员", `${NO} 整改前`, { name: "一.jpg", bytes });
    await sends("海安联络员", NO, { bytes: aPdf(), name: "方案.pdf" });
    const answer = await office.says("海安领导", `佐证 ${NO}`);
    expect(answer.facts.evidence).toMatchObject([
      {
        kind: "before",
        name: "一.jpg",
        by: "海安联络员",
        at: "2020-06-15T08:30:00+08:00",
        sentSha256: createHash("sha256").update(bytes).digest("hex"),
        takenAt: null,
        latitude: null,
      },
      { kind: "document", name: "方案.pdf", sha256: hash(aPdf()) },
    ]);
    expect(answer.card.files?.map(({ name, picture }) => [name, picture])).toEqual([
      ["一.jpg", true],
      ["方案.pdf", false],
    ]);
    expect(Buffer.from((await office.opens("海安领导", "方案.pdf")).bytes).equals(aPdf())).toBe(true);
  });

  test("says how to add some when there are none, and nothing to whom it doesn't concern", async () => {
    expect((await office.says("海安联络员", `照片 ${NO}`)).text).toContain(`${NO} 整改前`);
    expect((await office.says("如东联络员", `照片 ${NO}`)).code).toBe("forbidden");
    expect((await office.says("海安联络员", "照片 NT-2020-000999")).code).toBe("unknown-issue");
  });

  test("a file opens for whom its card was drawn, as long as they may see it", async () => {
    const asked = await sends("海安联络员");
    const speaker = async (who: string) => ({
      identity: { platform: "terminal", workspace: "", userKey: who } as const,
      person: await office.bot.store.read((r) => r.people.byName(who)),
    });
    const token = asked.token("现场.jpg");
    expect(await open(office.bot, await speaker("海安联络员"), token)).toMatchObject({ type: "image/jpeg" });
    expect(await open(office.bot, await speaker("市办"), token)).toMatchObject({ code: "stale-action" });
    await office.presses("海安联络员", asked.token(`${NO} 整改前`));
    const person = (await speaker("海安联络员")).person;
    changePerson(office, "海安联络员", "active = 0");
    expect(await open(office.bot, { ...(await speaker("海安联络员")), person }, token)).toMatchObject({
      code: "forbidden",
    });
  });
});
