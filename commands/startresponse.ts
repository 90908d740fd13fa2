import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { isRefusal, type Refusal } from "../src/chat/refusal.ts";
import { boardCard } from "../src/responses/board.ts";
import { START_FORM } from "../src/responses/change-forms.ts";
import { proposalOfStart } from "../src/responses/proposal.ts";
import { spanSaid } from "../src/responses/said-time.ts";
import { type StartSaid, startResponse } from "../src/responses/start.ts";
import { shortName } from "../src/responses/words.ts";
import type { Person } from "../src/store/people.ts";
import type { Writer } from "../src/store/store.ts";

const who = only("启动应急响应", "office");

/** 启动响应：the province's alert as it was said or sent, to be looked over and started with a tap. */
export default command({
  name: "startresponse",
  words: ["启动响应", "启动应急", "启动预警", "应急演练", "演练"],
  help: {
    does: "按省级预警启动应急响应，或组织演练",
    example: "启动响应 橙色 苏大气办〔2020〕3号 12月11日0时",
  },
  mechanism: "heavy-pollution-response",
  who,
  audience: "person",
  args: z.object({
    said: arg.maybe.text("预警内容", { rest: true, maxLength: 3000, hint: "级别、文号、启动时间、范围" }),
  }),
  answer: ({ args: { said = "" } }, context) => proposalOfStart(said, context),
});

/** 启动响应: orders, deliveries and terms in one transaction. */
export const responseStart = action({
  name: "response.start",
  label: "启动响应",
  params: z.object({ evidence: z.int() }),
  fields: START_FORM,
  async press({ params, fields: { level, documentNo, area, drill, ...time }, person }, context) {
    const { office, today } = context;
    const span = spanSaid(time, context);
    if (isRefusal(span)) return span;
    return started(
      {
        ...{ kind: "alert", drill: drill === "drill", level, documentNo: documentNo.trim() },
        ...{ effectiveFrom: span.from, expectedEnd: span.to },
        area: area === undefined ? null : area.map((place) => office.heirOf(place, today).id),
        evidenceId: params.evidence === 0 ? null : params.evidence,
      },
      person,
      context,
    );
  },
});

async function started(said: StartSaid, person: Person, context: Context<Writer>): Promise<Card | Refusal> {
  const forbidden = who.check({ person, args: {}, office: context.office, today: context.today });
  if (forbidden !== null) return forbidden;
  const response = await startResponse(said, person, context);
  if (isRefusal(response)) return response;
  const card = await boardCard(
    response,
    person,
    context,
    `${shortName({ ...response, drill: false })}已启动`,
  );
  const { id, kind, level, documentNo, drill } = response;
  return { ...card, audit: { response: id, kind, level, documentNo, drill } };
}
