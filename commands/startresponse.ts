import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { isRefusal, type Refusal } from "../src/chat/refusal.ts";
import { ORDER_WORDS, orderOfMessage } from "../src/domain/responses/order-words.ts";
import { boardCard } from "../src/responses/board.ts";
import { START_FORM } from "../src/responses/change-forms.ts";
import { proposalOfChange, proposalOfLift, proposalOfStart } from "../src/responses/proposal.ts";
import { spanSaid } from "../src/responses/said-time.ts";
import { type StartSaid, startResponse } from "../src/responses/start.ts";
import { shortName } from "../src/responses/words.ts";
import type { Person } from "../src/store/people.ts";
import type { Writer } from "../src/store/store.ts";

const who = only("启动、调整应急响应", "office");

/** 启动响应：what the province ordered, as it was said, to be looked over and done with a tap; a rehearsal as well. */
export default command({
  name: "startresponse",
  words: ORDER_WORDS,
  help: {
    does: "按省级预警启动、升级、降级、解除应急响应，或组织演练",
    example: "启动响应 橙色 苏大气办〔2020〕3号 12月11日0时",
  },
  mechanism: "heavy-pollution-response",
  who,
  audience: "person",
  args: z.object({
    said: arg.maybe.text("预警内容", {
      rest: true,
      wholly: true,
      maxLength: 3000,
      hint: "级别、文号、启动时间、范围",
    }),
  }),

  async answer({ args: { said = "" }, person }, context) {
    const order = orderOfMessage(said);
    if (order === "start") return proposalOfStart(said, context);
    const [running] = await context.store.responses.running();
    // What is no alert has its own words for both on its board.
    if (running !== undefined && (running.drill || running.kind !== "alert"))
      return boardCard(running, person, context);
    return order === "lift" ? proposalOfLift(said, context) : proposalOfChange(said, context);
  },
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
