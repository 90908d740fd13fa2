import type { Block, Button } from "../../chat/card.ts";
import {
  type Cell,
  column,
  type Entered,
  type Faults,
  fault,
  filled,
  type Importing,
  importKind,
  type Report,
} from "../../chat/import.ts";
import { refuse } from "../../chat/refusal.ts";
import { changedSince } from "../../chat/take-back.ts";
import { firstNamed } from "../../chat/wording.ts";
import { EXEMPTION_BASES, type ExemptionBasis } from "../../domain/enterprises/exemption.ts";
import { agreeBatchButton } from "../../enterprises/exemption-buttons.ts";
import { enterExemption, overlapping, type ProposedExemption } from "../../enterprises/exemption-propose.ts";
import { secondsFor } from "../../enterprises/exemption-rights.ts";
import type { Exemption } from "../../store/exemptions.ts";
import { COUNTY, county, dayAhead, phoneNumber, plainName, plainText } from "../cells.ts";

const FIRST_YEAR = 2013;

/** 绩效A级（环保绩效A级企业）: the basis that a cell names. */
const basisSaid: Cell<ExemptionBasis> = () => (text) => {
  const said = plainName(text).toUpperCase();
  const found = (Object.keys(EXEMPTION_BASES) as ExemptionBasis[]).find(
    (id) => said.includes(EXEMPTION_BASES[id]) || (id === "grade-a" && /^A级?(企业)?$/.test(said)),
  );
  return found === undefined
    ? { reason: `依据应为${Object.values(EXEMPTION_BASES).join("、")}` }
    : { value: found };
};

const gradeSaid: Cell<string> = () => (text) => {
  const said = plainName(text)
    .toUpperCase()
    .replace(/(级|企业)+$/, "");
  return /^([A-D]|引领性|非引领性)$/.test(said)
    ? { value: said }
    : { reason: "绩效分级应为A、B、C、D或引领性" };
};

type Known = { known: Exemption };
type Plan = { said: ProposedExemption } | Known;

/**
 * The list of exemptions. What it brings waits for the second signature, one for the whole table; an entry that stands is
 * never changed by a table, since two have signed it as it is.
 */
export default importKind({
  id: "exemptions",
  title: "豁免清单",
  who: ["office"],
  columns: {
    name: filled("单位 name 企业 工地 工地/企业 单位名称 企业名称 工地名称 项目名称", plainText(60)),
    from: filled("起 from 起始日期 豁免起始日期 有效期起 开始日期", dayAhead(FIRST_YEAR), { date: "serial" }),
    to: filled("止 to 终止日期 豁免截止日期 有效期止 截止日期 结束日期 有效期至", dayAhead(FIRST_YEAR), {
      date: "serial",
    }),
    county: filled(COUNTY, county({ on: "from" })),
    basis: filled("依据 basis 豁免依据 豁免类别 豁免类型", basisSaid),
    grade: column("绩效分级 grade 绩效级别 绩效等级", gradeSaid),
    measures: filled("豁免措施 measures 豁免内容 豁免的措施 免除措施", plainText(200)),
    approved: filled("批准单位 approvedby 审批单位 认定单位", plainText(50)),
    contact: column("联系人 contact", plainText(20)),
    phone: column("联系电话 phone 电话 手机 联系方式", phoneNumber),
  },
  needs: ["name", "county", "from", "to", "basis", "measures", "approved"],
  mostRows: 2000,
  row({
    name,
    county,
    from,
    to,
    basis,
    grade,
    measures,
    approved,
    contact,
    phone,
  }): ProposedExemption | Faults<"to"> {
    if (to < from) return fault("to", "早于起始日期，请核对");
    return { name, regionId: county, from, to, basis, grade, measures, approvedBy: approved, contact, phone };
  },
  once: {
    key: ({ name }) => [name],
    differs: (a, b) => (JSON.stringify(a) === JSON.stringify(b) ? null : "name"),
    reason: "是同一企业或工地但内容不同",
  },
  async judge(said: ProposedExemption, file): Promise<Plan | Faults<"name" | "to">> {
    const known = await overlapping(said, file);
    if (known !== null && isSame(known, said)) return { known };
    if (known !== null)
      return fault(
        "name",
        `已在豁免清单（豁免${known.id}号，${known.from}至${known.to}），要改请先取消，要续请从到期次日起`,
      );
    if (said.to < file.today.toString()) return fault("to", "有效期已经过去，请核对");
    return { said };
  },
  enter: enterExemptions,
  async takeBack(batch, { store }) {
    const rows = await store.exemptions.ofBatch(batch.id);
    if (rows.some(({ state }) => state !== "proposed")) return refuse("conflict", changedSince(batch.id, []));
    for (const { id } of rows) await store.exemptions.remove(id);
    return { removed: rows.length, restored: 0 };
  },
});

const isSame = (one: Exemption, said: ProposedExemption): boolean =>
  (Object.keys(said) as (keyof ProposedExemption)[]).every((name) => one[name] === said[name]);

async function enterExemptions(plans: readonly Plan[], file: Importing): Promise<Entered> {
  const { store, by, batch, now } = file;
  const entered: Exemption[] = [];
  for (const plan of plans)
    if ("said" in plan) entered.push(await enterExemption(plan.said, by, batch, file));
  const [first] = entered;
  const report = reportOn(entered, batch);
  if (first !== undefined)
    for (const { id: personId } of await secondsFor(first, file)) {
      const card = { title: `请同意列入豁免清单：${entered.length}家`, tone: "notice" as const, ...report };
      const key = `exemptions/batch-${batch}/${personId}`;
      await store.outbox.queue(
        { key, to: { personId }, class: "card", card, uncounted: "signature" },
        now.epochMilliseconds,
      );
    }
  return {
    added: entered.length,
    corrected: 0,
    unchanged: plans.length - entered.length,
    ...(first === undefined ? {} : { report: { ...report, buttons: [] } }),
  };
}

function reportOn(entered: readonly Exemption[], batch: number): Report & { buttons: readonly Button[] } {
  const twice = entered.filter(({ enterpriseId }) => enterpriseId !== null);
  const blocks: Block[] = [
    {
      kind: "table",
      columns: ["单位", "依据", "有效期至"].map((title) => ({ title })),
      rows: entered.slice(0, SHOWN).map(({ name, basis, to }) => [name, EXEMPTION_BASES[basis], to]),
    },
    ...(entered.length > SHOWN
      ? [{ kind: "note" as const, text: `…共${entered.length}家，列出前${SHOWN}家` }]
      : []),
    ...(twice.length > 0
      ? [
          {
            kind: "note" as const,
            text: `${firstNamed(
              twice.map(({ name }) => name),
              NAMED,
              "家",
            )}也在应急减排清单里，豁免有效期间不下达减排措施`,
          },
        ]
      : []),
    { kind: "note", text: "须另一人同意后生效" },
  ];
  return {
    blocks,
    buttons: [agreeBatchButton("全部同意", { batch }, { style: "primary" })],
    facts: {
      exemptions: {
        proposed: entered.map(({ name }) => name),
        inEmergencyList: twice.map(({ name }) => name),
      },
    },
  };
}
const [SHOWN, NAMED] = [30, 5];
