import { z } from "zod";
import type { Block, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { keptPaper } from "../chat/kept-paper.ts";
import { refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { longDate } from "../chat/wording.ts";
import { EXEMPTION_BASES, exemptionStateWords } from "../domain/enterprises/exemption.ts";
import { maskPhone } from "../domain/phone.ts";
import { holdsRole } from "../domain/posts.ts";
import { ALERT_LEVELS, levelWords } from "../domain/responses/levels.ts";
import type { Exemption } from "../store/exemptions.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { agreeExemptionButton, refuseExemptionButton, revokeExemptionButton } from "./exemption-buttons.ts";
import { notSecondFor, proposesFor } from "./exemption-rights.ts";

const toEnterprise = says("企业");
const toEvidence = says("豁免材料");
const toList = says("豁免");

type Around = Pick<Context<Reader>, "store" | "office" | "today" | "now" | "identity">;

export const exemptionSubject = ({ id }: Pick<Exemption, "id">): string => `exemption:${id}`;

export const exemptionDays = ({ from, to }: Pick<Exemption, "from" | "to">): string =>
  `${longDate(Temporal.PlainDate.from(from))}至${longDate(Temporal.PlainDate.from(to))}`;

/** The material that an exemption rests on. */
export const exemptionEvidence = keptPaper({
  name: "exemption.evidence",
  params: z.object({ exemption: z.int() }),
  async find({ params, person }, context) {
    const one = await context.store.exemptions.byId(params.exemption);
    const evidence = one?.evidenceId ? await context.store.evidence.byId(one.evidenceId) : null;
    if (one === null || evidence === null) return refuse("no-data", "这件豁免没有佐证材料。", ["豁免"]);
    return holdsRole(person, "city-lead", "supervision") || proposesFor(person, one.regionId, context)
      ? evidence
      : refuse("forbidden", "这份材料不在您的权限范围内。");
  },
});

/** One entry of the list, with what its reader may do about it. `revoking`: what was said of why it ends. */
export async function exemptionCard(
  one: Exemption,
  person: Person,
  context: Around,
  title = `豁免${one.id}号：${one.name}`,
  revoking: Readonly<Record<string, string>> = {},
): Promise<Card> {
  const { store, office, today } = context;
  const nameOf = async (id: number | null) =>
    id === null ? null : ((await store.people.byId(id))?.name ?? null);
  const evidence = one.evidenceId === null ? null : await store.evidence.byId(one.evidenceId);
  const own = holdsRole(person, "office") || proposesFor(person, one.regionId, context);
  const phone = one.phone === null ? null : own ? one.phone : maskPhone(one.phone);
  const said = (label: string, value: string | null) =>
    value === null || value === "" ? [] : [{ label, value }];
  const items = [
    ...said("单位", one.name),
    ...said("地区", office.heirOn(one.regionId, today).short),
    ...said("依据", EXEMPTION_BASES[one.basis]),
    ...said("绩效分级", one.grade),
    ...said("豁免措施", one.measures),
    ...said("有效期", exemptionDays(one)),
    ...said("批准单位", one.approvedBy),
    ...said("联系人", [one.contact, phone].filter(Boolean).join(" ")),
    ...said("佐证材料", evidence?.name ?? "未提供"),
    ...said("状态", exemptionStateWords(one, today.toString())),
    ...said("提出", await nameOf(one.proposedBy)),
    ...said("同意", one.state === "proposed" ? null : await nameOf(one.decidedBy)),
    ...said("取消", await nameOf(one.revokedBy)),
    ...said("原因", one.reason),
  ];
  const isSecond = one.state === "proposed" && (await notSecondFor(one, person, context)) === null;
  const params = { exemption: one.id, version: one.version };
  const isLive = one.state === "listed" && one.to >= today.toString();
  return {
    title,
    subject: exemptionSubject(one),
    blocks: [{ kind: "facts", items }, ...(await onBothLists(one, context))],
    buttons: [
      ...(isSecond
        ? [
            agreeExemptionButton("同意列入", params, { style: "primary" }),
            refuseExemptionButton("不同意", params, { style: "danger" }),
          ]
        : []),
      ...(isLive && holdsRole(person, "office")
        ? [revokeExemptionButton("取消豁免", params, { style: "danger", values: revoking })]
        : []),
      ...(own && one.evidenceId === null && (isLive || one.state === "proposed")
        ? [toEvidence("附佐证材料", one.id)]
        : []),
      ...(one.enterpriseId === null ? [] : [toEnterprise("看企业", one.name)]),
      toList("豁免清单"),
    ],
    files: evidence === null ? [] : [exemptionEvidence.file({ exemption: one.id }, { name: evidence.name })],
    facts: { exemption: exemptionFacts(one, context) },
  };
}

/** That the emergency list has measures for it, too: which of them it is spared is what the entry says. */
async function onBothLists(one: Exemption, { store }: Pick<Around, "store">): Promise<Block[]> {
  if (one.enterpriseId === null) return [];
  const measures = await store.enterprises.measuresOf(one.enterpriseId);
  const levels = ALERT_LEVELS.filter((level) => measures.some((measure) => measure.level === level));
  const at =
    levels.length === 0 ? "" : `（${levels.map((level) => levelWords[level]).join("、")}预警有措施）`;
  return [
    {
      kind: "note",
      text: `也在应急减排清单里${at}：豁免有效期间不下达减排措施，取消或到期即按清单执行；豁免不免除达标排放`,
    },
  ];
}

export const exemptionFacts = (one: Exemption, { office, today }: Pick<Around, "office" | "today">) => ({
  id: one.id,
  name: one.name,
  county: office.heirOn(one.regionId, today).short,
  basis: EXEMPTION_BASES[one.basis],
  grade: one.grade,
  measures: one.measures,
  from: one.from,
  to: one.to,
  approvedBy: one.approvedBy,
  state: one.state,
  shown: exemptionStateWords(one, today.toString()),
  inEmergencyList: one.enterpriseId !== null,
  reason: one.reason,
});
