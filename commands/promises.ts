import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { action, buttonsOf } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { isRefusal, type Refusal } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { counted, dateSeenOn, listTitle, longDate } from "../src/chat/wording.ts";
import { answering, promiseCatchUp, promiseDates } from "../src/papers/lag/promise.ts";
import { LAGGING_WARNING, type LagWarning, lagWarning } from "../src/papers/lag/warning.ts";
import { namesOfUnit, seesUnit } from "../src/papers/units.ts";
import type { Person } from "../src/store/people.ts";
import type { Writer } from "../src/store/store.ts";

const toLagging = says("滞后");
const otherDay = buttonsOf("lag.promise-on", z.object({ on: arg.date("赶上日期") }));
const onDay = buttonsOf("lag.promise", z.object({}));

/** 承诺：by when lagging units have promised to catch up, and which of them haven't. */
export default command({
  name: "promises",
  words: ["承诺", "滞后承诺"],
  hints: ["承诺情况", "承诺到期", "赶上日期"],
  help: { does: "看滞后单位承诺何时赶上、到期是否兑现", example: "承诺" },
  mechanism: "task-lag-warning",
  who: anyone,
  audience: "person",
  args: z.object({}),

  async answer({ person }, { store, office, today, now }) {
    const warning = await lagWarning(
      { on: today.add({ days: 1 }).toString(), at: now.epochMilliseconds + 1 },
      { store, office },
    );
    const promises = warning.promises.filter((one) => seesUnit(person, one, { office, today }));
    const broken = promises.filter((one) => one.broken.length > 0);
    return {
      title: listTitle(
        "滞后承诺",
        counted(promises.length, "个单位"),
        counted(broken.length, "个", "到期未兑现"),
      ),
      tone: broken.length > 0 ? "bad" : "good",
      blocks: [
        promises.length === 0
          ? { kind: "text", text: "没有未到期或到期未兑现的承诺。单位在滞后预警上点原因、日期即作答复。" }
          : {
              kind: "table",
              columns: [{ title: "单位" }, { title: "原因" }, { title: "承诺日期" }, { title: "情况" }],
              rows: promises.map(({ short, cause, on, broken: tasks }) => [
                short,
                cause,
                dateSeenOn(today, on),
                tasks.length > 0 ? `到期仍滞后：${tasks.join("、")}` : "未到期",
              ]),
            },
      ],
      buttons: [toLagging("滞后任务")],
      facts: { rows: promises },
    };
  },
});

const tap = z.object({ key: z.iso.date(), cause: z.int() });

/** The first tap: the cause; its answer offers days. */
export const lagCause = action({
  name: "lag.cause",
  label: "滞后原因",
  params: tap,
  fields: z.object({}),
  async press({ params, person }, context) {
    const found = await answering(params.key, person, context);
    if (isRefusal(found)) return found;
    const { today } = context;
    return {
      title: `${found.warning.causes[params.cause] ?? ""}：何时赶上？`,
      blocks: [{ kind: "text", text: `${unitsWords(found.units, context)}的滞后任务，请选赶上的日期。` }],
      buttons: [
        ...promiseDates(today).map((on) =>
          onDay(`${dateSeenOn(today, on.toString())}前`, { ...params, on: on.toString() }),
        ),
        otherDay("其他日期", params),
      ],
    };
  },
});

/** The second tap: one of the days that were offered. */
export const lagPromise = action({
  name: "lag.promise",
  label: "承诺日期",
  params: tap.extend({ on: z.iso.date() }),
  fields: z.object({}),
  press: ({ params: { on, ...params }, person }, context) =>
    promised({ ...params, on: Temporal.PlainDate.from(on) }, person, context),
});

export const lagPromiseOn = action({
  name: "lag.promise-on",
  label: "其他日期",
  params: tap,
  fields: z.object({ on: arg.date("赶上日期") }),
  press: ({ params, fields: { on }, person }, context) => promised({ ...params, on }, person, context),
});

async function promised(
  said: { key: string; cause: number; on: Temporal.PlainDate },
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const done = await promiseCatchUp(said, person, context);
  if (isRefusal(done)) return done;
  const units = unitsWords(done.units, context);
  return {
    title: `已答复：${units}${longDate(said.on)}前赶上`,
    tone: "good",
    blocks: [{ kind: "text", text: `原因：${done.cause}。到期仍滞后的，下一期预警会写明并告知市办。` }],
    buttons: [toLagging("滞后任务")],
    subject: `${LAGGING_WARNING}:${said.key}`,
    facts: { units, cause: done.cause, on: said.on.toString() },
  };
}

const unitsWords = (
  units: readonly { regionId: LagWarning["promises"][number]["regionId"]; departmentId: string | null }[],
  context: Pick<Context<Writer>, "office" | "today">,
): string => units.map((unit) => namesOfUnit(unit, context).short).join("、");
