import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Block, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { longDate } from "../chat/wording.ts";
import { maskPhone } from "../domain/phone.ts";
import { holdsRole } from "../domain/posts.ts";
import { ALERT_LEVELS, levelWords } from "../domain/responses/levels.ts";
import { isOutsider } from "../domain/roles.ts";
import type { Enterprise } from "../store/enterprises.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { ownExemption } from "./own-exemption.ts";
import { namesContacts } from "./sees.ts";

export const CONTACT_FORM = z.object({
  name: arg.text("姓名", { maxLength: 20, hint: "在本系统里的名字，不能重复" }),
  phone: arg.maybe.text("手机", { maxLength: 20 }),
});
const inviteButton = buttonsOf("enterprise.invite", CONTACT_FORM);
const endButton = buttonsOf(
  "enterprise.end",
  z.object({ reason: arg.longtext("移出原因", { maxLength: 200 }) }),
);

const toExemption = says("豁免");

/** One enterprise of the emergency list: what it is, who speaks for it, what it does at which level. */
export async function enterpriseCard(
  one: Enterprise,
  reader: Person,
  context: Pick<Context<Reader>, "store" | "office" | "now" | "today">,
  title: string = one.name,
): Promise<Card> {
  const { store, office, today } = context;
  const measures = await store.enterprises.measuresOf(one.id);
  const exemption = await ownExemption(one, context);
  const contacts = await store.people.contactsOf([one.id]);
  const phone =
    one.contactPhone === null || holdsRole(reader, "office") || reader.enterpriseId === one.id
      ? one.contactPhone
      : maskPhone(one.contactPhone);
  const byLevel = ALERT_LEVELS.map((level) => ({ level, own: measures.filter((m) => m.level === level) }));
  return {
    title,
    ...(one.endedOn === null ? {} : { tone: "muted" as const }),
    subject: `enterprise:${one.id}`,
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "县区", value: office.heirOn(one.regionId, today).short },
          { label: "行业", value: one.industry },
          { label: "绩效分级", value: one.grade },
          { label: "联系人", value: [one.contactName, phone].filter(Boolean).join(" ") || "未填" },
          { label: "系统联系人", value: contacts.map(({ name }) => name).join("、") || "未绑定" },
          ...(one.meterNo === null ? [] : [{ label: "电表号", value: one.meterNo }]),
          ...(exemption === null ? [] : [{ label: "豁免", value: exemption.words }]),
          ...(one.endedOn === null
            ? []
            : [{ label: "状态", value: `${longDate(Temporal.PlainDate.from(one.endedOn))}止，已移出清单` }]),
        ],
      },
      ...(exemption?.holds
        ? [
            {
              kind: "text" as const,
              text: "豁免期间启动响应不要求执行下列措施，污染物排放仍须达标；豁免取消后立即执行。",
              tone: "notice" as const,
            },
          ]
        : []),
      ...byLevel.flatMap(({ level, own }): Block[] =>
        own.length === 0
          ? []
          : [
              { kind: "text", text: `${levelWords[level]}预警时`, tone: "notice" },
              {
                kind: "table",
                columns: [{ title: "减排措施" }, { title: "可核查指标" }],
                rows: own.map(({ measure, indicator }) => [measure, indicator]),
              },
            ],
      ),
      ...(measures.length === 0
        ? [{ kind: "note" as const, text: "清单里没有本企业的措施，启动时按绩效分级的通用措施执行。" }]
        : []),
    ],
    buttons: [
      ...(exemption === null || isOutsider(reader) ? [] : [toExemption("看豁免", exemption.no)]),
      ...(one.endedOn === null && namesContacts(reader, one, { office, today })
        ? [
            inviteButton(
              "邀请联系人",
              { enterprise: one.id },
              { values: { name: one.contactName ?? "", phone: one.contactPhone ?? "" } },
            ),
          ]
        : []),
      ...(one.endedOn === null && holdsRole(reader, "office")
        ? [endButton("移出清单", { enterprise: one.id }, { style: "danger" })]
        : []),
    ],
    facts: {
      enterprise: one.name,
      county: office.heirOn(one.regionId, today).short,
      industry: one.industry,
      grade: one.grade,
      contacts: contacts.map(({ name }) => name),
      exemption: exemption && { no: exemption.no, holds: exemption.holds, state: exemption.state },
      measures: measures.map(({ level, measure, indicator }) => ({ level, measure, indicator })),
    },
  };
}
