import { afterAll, beforeAll, expect, test } from "vitest";
import { changePerson } from "../support/evidence.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T08:30" });
  for (const name of ["督查", "市领导"])
    changePerson(office, name, "role = 'office', department_id = null, region_id = null");
});
afterAll(() => office.close());

const officeSays = (text: string) => office.says("市办", text);
/** What is asked, by whom, under which subject; who decides it how, and who else was asked. */
type Asked = {
  asks(): Promise<string>;
  by: string;
  decides: string;
  other: string;
};

test.each<[string, Asked]>([
  [
    "a night permit",
    {
      async asks() {
        const asked = "申请夜施 如东 “人民路工地” 6月18日至6月20日 依据 混凝土连续浇筑";
        return `night-permit:${(await office.says("如东联络员", asked)).facts.permit.id}`;
      },
      ...{ by: "住建联络员", decides: "批准", other: "城管联络员" },
    },
  ],
  [
    "an exemption",
    {
      async asks() {
        const asked =
          "申报豁免 海安 “海安化工二厂” 绩效A级 6月15日至12月31日 措施 自主减排 批准单位 市生态环境局";
        return `exemption:${(await office.says("海安联络员", asked)).facts.exemption.id}`;
      },
      ...{ by: "市办", decides: "同意列入", other: "督查" },
    },
  ],
  [
    "a grant",
    {
      async asks() {
        await officeSays("邀请 钱某 市办");
        const [grant] = await office.bot.store.read((r) => r.grants.open(0 as never));
        return `grant:${grant?.id}`;
      },
      ...{ by: "市领导", decides: "同意", other: "督查" },
    },
  ],
  [
    "an erasure",
    {
      async asks() {
        await officeSays("离任 海门联络员");
        await officeSays("删除个人信息 海门联络员");
        const cards = await office.cardsOf("督查");
        return cards.findLast(({ subject }) => subject?.startsWith("erasure:"))?.subject ?? "";
      },
      ...{ by: "市领导", decides: "同意", other: "督查" },
    },
  ],
])(
  "%s that one of several decides is decided on the cards that are still to go to the others",
  async (_, asked) => {
    const subject = await asked.asks();
    const before = (await office.cardsOf(asked.other)).filter((card) => card.subject === subject);
    expect(before.flatMap(({ buttons }) => buttons.map(({ label }) => label))).toContain(asked.decides);
    const person = await office.bot.store.read((r) => r.people.byName(asked.other));
    const stale = { title: "还没有人决定", subject, blocks: [] };
    const late = { to: { personId: person?.id as never }, class: "must-arrive", card: stale } as const;
    await office.bot.store.write((w) => w.outbox.queue({ key: `late/${subject}`, ...late }, 0 as never));
    expect((await office.presses(asked.by, asked.decides)).code).toBeNull();
    const after = await office.cardsOf(asked.other);
    expect(after.map(({ title }) => title)).not.toContain("还没有人决定");
    expect(
      after.filter((card) => card.subject === subject).flatMap(({ buttons }) => buttons.map((b) => b.label)),
    ).not.toContain(asked.decides);
  },
);
