import { z } from "zod";
import { transact } from "../bot/transaction.ts";
import { isRefusal } from "../chat/refusal.ts";
import { type DateOrder, otherOrder } from "../domain/date-order.ts";
import type { Answer } from "./asked.ts";
import { fileOf, questionOf } from "./asked-table.ts";
import { importCard } from "./import-card.ts";
import { importPatiently } from "./import-patiently.ts";

const nothing = async () => ({ schema: z.object({}), values: {} });

/** The file is imported, and its layout kept for the sender's next file of this shape. */
const importing = (orderFor: (shown: DateOrder | null) => DateOrder | null): Answer => ({
  form: nothing,
  async press(bot, { params, person, keys, inbound, meanwhile }) {
    const asked = await questionOf(bot, person, params);
    if (isRefusal(asked)) return asked;
    const question = { ...asked, dateOrder: orderFor(asked.dateOrder) };
    // A transaction of its own: after a stop between the two, pressing again changes nothing.
    const result = await importPatiently(bot, person, await fileOf(bot, question), {
      ...{ layout: question, inbound, meanwhile },
    });
    // What came of the file itself ends the question; otherwise it may be answered once more.
    if ("code" in result && (result.read === undefined || result.code === "forbidden")) return result;
    const at = (await bot.clock.now()).epochMilliseconds;
    const done = await transact(
      bot,
      { act: "import.confirm", at, person, inbound, keys },
      async ({ importQuestions }) => {
        await importQuestions.drop(question.id);
        await importQuestions.remember({ ...question, at });
        return importCard(question.name, result, person);
      },
    );
    return isRefusal(done) ? done : done.card;
  },
});
/** 确认: as the card shows it. */
export const confirmImport = importing((shown) => shown);
/** 换日期顺序: 06/03/2020 is the other day that it may be. */
export const takeOtherOrder = importing((shown) => shown && otherOrder(shown));

/** 取消: the file is forgotten. */
export const cancelImport: Answer = {
  form: nothing,
  async press(bot, { params, person, keys, inbound }) {
    const question = await questionOf(bot, person, params);
    if (isRefusal(question)) return question;
    const at = (await bot.clock.now()).epochMilliseconds;
    const done = await transact(
      bot,
      { act: "import.cancel", at, person, inbound, keys },
      async ({ importQuestions }) => {
        await importQuestions.drop(question.id);
        const text = "什么也没有导入，文件不再保留。要导入请重新发送。";
        return { title: `已取消：没有导入${question.name}`, blocks: [{ kind: "text", text }] };
      },
    );
    return isRefusal(done) ? done : done.card;
  },
};
