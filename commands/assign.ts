import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { initialsOf } from "../src/chat/names.ts";
import { refuse } from "../src/chat/refusal.ts";
import { shortDate } from "../src/chat/wording.ts";
import { issueCard } from "./issue.ts";

/** 交办：gives a problem to a county, and to a department where one is named, with a deadline. */
export default change({
  name: "assign",
  words: ["交办"],
  help: { does: "交办问题", example: "交办 海安 “工地裸土未覆盖” 3个工作日" },
  who: only("交办问题", "office", "supervision"),
  form: "交办问题",
  args: z.object({
    county: arg.county({ hint: "责任地区，例如 海安" }),
    title: arg.text("问题描述", { hint: "一句话写清问题", maxLength: 200 }),
    due: arg.maybe.deadline("整改期限", {
      hint: "日期或天数，如 2020-06-30、3个工作日；不填按等级：一般15日、较大30日",
    }),
    department: arg.maybe.department({ hint: "责任部门，可不填" }),
    level: arg.choice("问题等级", { 一般: "一般", 较大: "较大", 重大: "重大" }, { otherwise: "一般" }),
    source: arg.choice(
      "问题来源",
      { 部门督查: "部门督查", 上级交办: "上级交办", 第三方协查: "第三方协查" },
      { otherwise: "部门督查" },
    ),
    place: arg.maybe.text("地点", { hint: "镇街、点位或企业", maxLength: 100, formOnly: true }),
    requirement: arg.maybe.longtext("整改要求", { maxLength: 500, formOnly: true }),
  }),

  async answer({ args, person }, context) {
    const { store, office, now, today } = context;
    const { county, title, department, level, source, place, requirement } = args;
    const region = office.heirOf(county, today);
    const days = office.pack.settings.rectifyDays[level];
    if (args.due === undefined && days === undefined) {
      return refuse("usage", `“${level}”问题没有默认期限，请写明整改期限，例如“2020-12-31”或“10个工作日”。`);
    }
    const due = args.due ?? office.calendar.dueAfterCalendarDays(today, days ?? 0);
    if (Temporal.PlainDate.compare(due, today) < 0)
      return refuse("bad-date", `整改期限${shortDate(due)}已经过去，请写今天以后的日期。`);
    if (title.trim().length < 2) return refuse("usage", "问题描述太短，请写清是什么问题。");

    const at = now.epochMilliseconds;
    const issue = await store.issues.create(
      {
        title,
        source,
        level,
        place: place ?? null,
        requirement: requirement ?? null,
        regionId: region.id,
        departmentId: department?.id ?? null,
        state: "assigned",
        assignedBy: person.id,
        assignedAt: at,
        due: due.toString(),
      },
      `${initialsOf(office.city.short)}-${today.year}`,
    );
    await store.issues.record({
      issueId: issue.id,
      at,
      personId: person.id,
      step: "交办",
      fromState: null,
      toState: "assigned",
      text: null,
    });

    const units = await store.people.withRoles(["county-lead", "county-liaison", "department-liaison"]);
    const recipients = units.filter((p) =>
      p.regionId !== null
        ? office.heirOn(p.regionId, today).id === region.id
        : p.departmentId !== null && p.departmentId === issue.departmentId,
    );
    for (const recipient of recipients) {
      const card = await issueCard(issue, recipient, context, `新的交办：${title}`);
      await store.outbox.queue(
        {
          key: `issue/${issue.id}/v${issue.version}/${recipient.id}`,
          to: { personId: recipient.id },
          class: "must-arrive",
          card,
        },
        at,
      );
    }
    const card = await issueCard(issue, person, context, `已交办${region.short}`);
    const note =
      recipients.length > 0
        ? `已通知${recipients.map((p) => p.name).join("、")}`
        : `${region.short}还没有联络员绑定，请尽快邀请并电话通知`;
    return { ...card, blocks: [...card.blocks, { kind: "note", text: note }] };
  },
});
