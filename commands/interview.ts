import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { action, withReason } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import type { RegionId } from "../src/domain/ids.ts";
import type { InterviewStep } from "../src/domain/papers/interview-course.ts";
import { interviewCard, interviewsCard } from "../src/papers/interview/card.ts";
import { takeInterviewStep } from "../src/papers/interview/course.ts";
import { confirmInterview, strikeInterview } from "../src/papers/interview/decide.ts";
import { INTERVIEW_FORMS } from "../src/papers/interview/forms.ts";
import { interviewStandings } from "../src/papers/interview/standings.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

export { interviewRecord } from "../src/papers/interview/record.ts";

/** 约谈：how near each county is to being called in for its places in the province, and how a 约谈 goes on. */
export default command({
  name: "interview",
  words: ["约谈", "不约谈", "解除约谈"],
  hints: ["约谈情况", "约谈预警", "被约谈", "约谈名单", "约谈候选"],
  help: { does: "看各地离约谈还有几个月，约谈的通知、记录、整改方案", example: "约谈 {county}" },
  mechanism: "interview",
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    county: arg.maybe.county(),
    reason: arg.maybe.text("理由", { behind: "county", maxLength: 500 }),
  }),

  async answer({ args: { county, reason }, person }, context) {
    const found = await interviewStandings(context);
    if (found === null) return noRule(context);
    if (county === undefined) return interviewsCard(found, person, context);
    return withReason(await cardOf(context.office.heirOf(county, context.today).id, person, context), reason);
  },
});

const noRule = ({ office }: Pick<Context<Reader>, "office">): Refusal =>
  refuse("no-data", `《${office.pack.title}》没有规定按全省排名约谈。`, ["全省排名"]);

async function cardOf(
  regionId: RegionId,
  person: Person,
  context: Context<Reader>,
  title?: string,
): Promise<Card | Refusal> {
  const found = await interviewStandings(context);
  const standing = found?.standings.find(({ region }) => region.id === regionId);
  if (found === null || standing === undefined) return noRule(context);
  return interviewCard({ standing, rule: found.rule }, person, context, title);
}

const params = z.object({ candidate: z.int() });

/** 认定：the notice is drafted with time and place, and waits to be checked and signed. */
export const interviewConfirm = action({
  name: "interview.confirm",
  label: "认定并拟约谈通知",
  params,
  fields: INTERVIEW_FORMS.confirm,
  async press({ params: { candidate }, fields: { note, ...arrangement }, person }, context) {
    const paper = await confirmInterview(candidate, { arrangement, note }, person, context);
    if (isRefusal(paper)) return paper;
    const title = `已拟约谈通知（${paper.id}号文件），待审核`;
    return cardOf(context.office.heirOn(paper.regionId ?? "", context.today).id, person, context, title);
  },
});

/** 不约谈：struck with a reason that stays. */
export const interviewStrike = action({
  name: "interview.strike",
  label: "不约谈",
  params,
  fields: INTERVIEW_FORMS.strike,
  async press({ params: { candidate }, fields: { reason }, person }, context) {
    const row = await strikeInterview(candidate, reason, person, context);
    if (isRefusal(row)) return row;
    return cardOf(
      context.office.heirOn(row.regionId ?? "", context.today).id,
      person,
      context,
      "已定为不约谈",
    );
  },
});

/** 参会、派员、请假. */
export const interviewAttend = action({
  name: "interview.attend",
  label: "回复参会",
  params,
  fields: INTERVIEW_FORMS.attend,
  press: ({ params, fields, person }, context) =>
    taken("attend", params.candidate, fields, person, context, "已回复"),
});

/** 约谈记录. */
export const interviewMinutes = action({
  name: "interview.minutes",
  label: "写约谈记录",
  params,
  fields: INTERVIEW_FORMS.minutes,
  async press({ params, fields: { due, ...fields }, person }, context) {
    if (Temporal.PlainDate.compare(due, context.today) < 0)
      return refuse("bad-date", `整改方案期限${due}已过，请写今天或以后的日期。`);
    const detail = { ...fields, due: due.toString().slice(0, 10) };
    return taken("minutes", params.candidate, detail, person, context, "已记录约谈");
  },
});

/** 整改方案. */
export const interviewPlan = action({
  name: "interview.plan",
  label: "报整改方案",
  params,
  fields: INTERVIEW_FORMS.plan,
  press: ({ params, fields, person }, context) =>
    taken("plan", params.candidate, fields, person, context, "已报整改方案"),
});

/** 解除约谈. */
export const interviewRelease = action({
  name: "interview.release",
  label: "解除约谈",
  params,
  fields: INTERVIEW_FORMS.release,
  press: ({ params, fields, person }, context) =>
    taken("release", params.candidate, fields, person, context, "已解除约谈"),
});

async function taken(
  step: InterviewStep,
  candidate: number,
  detail: Readonly<Record<string, string>>,
  person: Person,
  context: Parameters<typeof takeInterviewStep>[4],
  title: string,
): Promise<Card | Refusal> {
  const row = await takeInterviewStep(step, candidate, detail, person, context);
  if (isRefusal(row)) return row;
  return cardOf(context.office.heirOn(row.regionId ?? "", context.today).id, person, context, title);
}
