import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { firstNamed, shortTime, WHOLE_NUMBER } from "../chat/wording.ts";
import type { OutboxRow } from "../store/outbox.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { issuesOfDelivery } from "./phoned.ts";

const telephoned = buttonsOf("deliveries.telephoned", z.object({}));
const toIssue = says("问题");

/** Issues that the card opens; a list has more. */
const OPENED = 3;

/** 请电话通知: whom the office is asked to telephone, at which number, and what about. */
export async function callCard(
  row: OutboxRow,
  reader: Person,
  { store, office }: Pick<Context<Reader>, "store" | "office">,
): Promise<Card> {
  const issues = await issuesOfDelivery(row, store);
  const nos = issues.map(({ no }) => no);
  const sent = office.local(Temporal.Instant.fromEpochMilliseconds(row.createdAt));
  return {
    title: `请电话通知：${reader.name}`,
    tone: "notice",
    subject: `delivery:${row.id}`,
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "姓名", value: reader.name },
          // Here the office is to telephone: in the console it has the whole number.
          { label: "电话", value: reader.phone ?? `没有登记（可用“手机 ${reader.name} 号码”登记）` },
          { label: "事由", value: row.title },
          ...(nos.length > 0
            ? [
                {
                  label: "编号",
                  value: firstNamed(nos, OPENED, "件"),
                },
              ]
            : []),
          { label: "发出", value: shortTime(sent) },
        ],
      },
      { kind: "text", text: "发出后一直没看。请打电话告知，再按“已电话通知”，记入办理经过。" },
      ...(reader.phone === null ? [] : [{ kind: "note" as const, text: WHOLE_NUMBER }]),
    ],
    buttons: [
      telephoned("已电话通知", { delivery: row.id }, { style: "primary" }),
      ...nos.slice(0, OPENED).map((no) => toIssue(`看 ${no}`, no)),
    ],
    facts: { delivery: row.id, person: reader.name, issues: nos },
  };
}
