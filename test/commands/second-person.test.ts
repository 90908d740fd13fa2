import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { firstMemberCode, secondMemberCode } from "../../src/bot/first-member.ts";
import { type AnOffice, anOffice, type Who } from "../support/office.ts";

const [first, second, third, lead] = ["first", "second", "third", "lead"].map((browser) => ({ browser })) as [
  Who,
  Who,
  Who,
  Who,
];

/** A running office of two: the second came in by the code that a start prints. */
let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ demoData: false });
  await office.says(first, `绑定 ${(await firstMemberCode(office.bot))?.code}`);
});
afterEach(() => office.close());

const two = async () => {
  const made = await secondMemberCode(office.bot);
  expect((await office.says(second, `绑定 ${made?.code}`)).facts).toEqual({
    person: "市办2",
    role: "office",
  });
};
const invites = (who: Who, phrase: string) => office.says(who, phrase);
const binds = (who: Who, code: string) => office.says(who, `绑定 ${code}`);
/** The button of the newest card that asks somebody to agree. */
const asked = async (name: string, label: string) => {
  const card = (await office.cardsOf(name)).findLast(({ title }) => title.startsWith("请确认授权"));
  const button = card?.buttons.find((one) => one.label === label);
  return button?.kind === "press" ? button.token : "";
};

test("a sole member of the office can't invite a second, whom the start lets in; then it prints nothing more", async () => {
  const refused = await invites(first, "邀请 李主任 市办");
  expect(refused).toMatchObject({ code: "conflict", message: expect.stringContaining("重启") });
  await two();
  expect([await firstMemberCode(office.bot), await secondMemberCode(office.bot)]).toEqual([null, null]);
});

test("a sole member gives the city's lead alone", async () => {
  const { facts } = await invites(first, "邀请 赵市长 市领导");
  expect((await binds(lead, facts.code)).facts.person).toBe("赵市长");
});

describe.each(["市办", "市领导"])("from the second member on %s is given by two", (role) => {
  beforeEach(two);

  test("the code is good for nothing until the other one agrees, and is then", async () => {
    const { facts, card } = await invites(first, `邀请 钱某 ${role}`);
    expect(JSON.stringify(card)).toContain("同意以前这个码不能用");
    expect(await binds(third, facts.code)).toMatchObject({ code: "conflict" });
    await office.expectCards([
      { to: "市办", title: /^新成员：市办2/ },
      { to: "市办2", title: `请确认授权：钱某（${role}）` },
    ]);
    expect((await office.presses(second, await asked("市办2", "同意"))).card.title).toContain("授权已同意");
    expect((await binds(third, facts.code)).facts.person).toBe("钱某");
    const [linked] = await office.bot.store.read((r) => r.audit.latest(1));
    expect(JSON.parse(linked?.detail ?? "{}")).toMatchObject({ inviter: { name: "市办" } });
  });

  test("who asks for it doesn't agree to it, nor does anybody outside the office", async () => {
    const { facts } = await invites(first, `邀请 钱某 ${role}`);
    // The button is another person's.
    expect((await office.presses(first, await asked("市办2", "同意"))).code).toBe("stale-action");
    expect((await office.says(first, "待确认授权")).labels).toEqual([]);
    expect(await binds(third, facts.code)).toMatchObject({ code: "conflict" });
  });

  test("what is refused never holds; twice is said", async () => {
    const { facts } = await invites(first, `邀请 钱某 ${role}`);
    const [yes, no] = [await asked("市办2", "同意"), await asked("市办2", "不同意")];
    await office.presses(second, no);
    expect(await binds(third, facts.code)).toMatchObject({ code: "bad-code" });
    expect((await office.presses(second, yes)).code).toBe("already-done");
    expect((await office.cardsOf("市办")).at(-1)?.title).toBe(`授权未同意：钱某（${role}）`);
  });
});

test("other roles are given by one", async () => {
  await two();
  const { facts } = await invites(first, "邀请 王督查 督查");
  expect((await binds(third, facts.code)).facts.person).toBe("王督查");
});

describe("whoever made an account is not judged from it", () => {
  /** The first member makes a lead of the city alone, and asks for an issue to be given up, which this lead is to agree to. */
  const proposed = async () => {
    const { facts } = await invites(first, "邀请 赵市长 市领导");
    await binds(lead, facts.code);
    await two();
    const county = (await invites(first, "邀请 王联络 县区联络员 海安")).facts.code;
    await binds({ browser: "liaison" }, county);
    const { no } = (await office.says(first, "交办 海安 “工地裸土未覆盖” 3个工作日")).facts.issue;
    await office.says({ browser: "liaison" }, `签收 ${no}`);
    const said = await office.says(first, `作废 ${no} 工地已拆除`);
    expect(said.code).toBeNull();
    return no as string;
  };
  const approves = async (who: Who, no: string) => {
    await office.says(who, `问题 ${no}`);
    return office.presses(who, "同意作废", { text: "同意" });
  };

  test("what they ask for is not agreed to, until another member of the office has vouched for the account", async () => {
    const no = await proposed();
    const refused = await approves(lead, no);
    expect(refused).toMatchObject({ code: "forbidden", message: expect.stringContaining("账号 您的姓名") });
    const [row] = await office.bot.store.read((r) => r.audit.latest(1));
    expect(row).toMatchObject({ actor: "赵市长", outcome: "denied" });

    // A further account of theirs is no way round.
    const { code } = (await office.says(lead, "绑定新账号")).facts;
    await binds({ browser: "lead-2" }, code);
    expect((await approves({ browser: "lead-2" }, no)).code).toBe("forbidden");

    // Nor do they vouch who made it.
    const own = await office.says(first, "账号 赵市长");
    const button = own.labels.find((label) => label.startsWith("核实")) ?? "";
    expect((await office.presses(first, button)).code).toBe("forbidden");
    await office.says(second, "账号 赵市长");
    expect((await office.presses(second, button)).code).toBeNull();
    expect((await approves(lead, no)).code).toBeNull();
  });

  test("what somebody else proposes they approve", async () => {
    const { facts } = await invites(first, "邀请 赵市长 市领导");
    await binds(lead, facts.code);
    await two();
    await binds({ browser: "liaison" }, (await invites(first, "邀请 王联络 县区联络员 海安")).facts.code);
    const { no } = (await office.says(first, "交办 海安 “工地裸土未覆盖” 3个工作日")).facts.issue;
    await office.says({ browser: "liaison" }, `签收 ${no}`);
    await office.says(second, `作废 ${no} 工地已拆除`);
    expect((await approves(lead, no)).code).toBeNull();
  });
});

test.each([
  ["同意", "授权已同意"],
  ["不同意", "授权未同意"],
])(
  "of two who are asked one says %s: the other reads it, and has no button any more",
  async (label, title) => {
    await two();
    const third = { browser: "of the office" };
    const { facts } = await invites(first, "邀请 孙办 市办");
    await office.presses(second, await asked("市办2", "同意"));
    await binds(third, facts.code);
    await invites(first, "邀请 钱某 市领导");
    expect(await asked("孙办", "同意")).not.toBe("");
    await office.presses(second, await asked("市办2", label));
    const card = (await office.cardsOf("孙办")).findLast((one) => one.title.includes("钱某"));
    expect([card?.title, card?.buttons]).toEqual([`${title}：钱某（市领导）`, []]);
  },
);
