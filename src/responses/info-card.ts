import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import type { ResponseRow } from "../store/responses.ts";
import type { Reader } from "../store/store.ts";
import { tallyOf } from "./board.ts";
import { responseItems, toneOf } from "./words.ts";

const toResponse = says("应急");

/** What leads are told of a response, in a few lines; nothing is asked of them. */
export async function infoCard(
  response: ResponseRow,
  title: string,
  context: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Card> {
  const { responses } = context.store;
  const { orders, exempt, acknowledged } = tallyOf(await responses.counts(response.id, response.round));
  return {
    title,
    tone: toneOf(response),
    blocks: [
      {
        kind: "facts",
        items: [
          ...responseItems(response, context),
          { label: "通知", value: `${orders - exempt}个单位${exempt > 0 ? `，豁免${exempt}家` : ""}` },
          { label: "签收", value: `${acknowledged}/${orders - exempt}` },
        ],
      },
    ],
    buttons: [toResponse("看板")],
    facts: {
      response: response.id,
      drill: response.drill,
      level: response.level,
      documentNo: response.documentNo,
    },
  };
}
