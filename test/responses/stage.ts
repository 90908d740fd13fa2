import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { withoutListed } from "../support/own-list.ts";

const HEAD = "企业,县区,行业,绩效分级,级别,减排措施,可核查指标";

/** An office with four enterprises, two of which somebody speaks for: 海安玻璃 (A), 海安铸造 (C). */
export async function aResponseOffice(at: string): Promise<AnOffice> {
  const office = await anOffice({ at });
  await withoutListed(office);
  const rows = [
    "海安玻璃厂,海安,玻璃,A,黄色,自主采取减排措施,用电曲线",
    "海安铸造厂,海安,铸造,C,黄色,停2号冲天炉,负荷降至40%以下",
    "海安铸造厂,海安,铸造,C,橙色,停1、2号冲天炉,负荷降至10%以下",
    "海安铸造厂,海安,铸造,C,红色,全厂停产,电表读数不变",
    "如东化工厂,如东,农药,B,黄色,3号线停产,3号线电表不变",
    "启东涂料厂,启东,涂料,C,黄色,喷涂停止,负荷降至20%以下",
  ];
  await importText(office, [HEAD, ...rows], { by: "市办" });
  for (const [name, contact] of [
    ["海安玻璃厂", "玻璃厂联系人"],
    ["海安铸造厂", "铸造厂联系人"],
  ] as const)
    await office.bot.store.write(async ({ enterprises, people }) => {
      const one = await enterprises.byName(name);
      await people.add({
        name: contact,
        role: "enterprise-contact",
        regionId: null,
        departmentId: null,
        enterpriseId: one?.id ?? null,
        createdAt: 0,
      });
    });
  return office;
}

/** The office enters an alert of the province, or a rehearsal of one. */
export async function starts(
  office: AnOffice,
  phrase: string,
  fill: Readonly<Record<string, string>> = {},
  who = "市办",
) {
  const asked = await office.says(who, phrase);
  const label = asked.labels.find((one) => one.includes("启动"));
  if (label === undefined) return asked;
  const button = asked.card.buttons.find((one) => one.label === label);
  const values = Object.fromEntries(
    (button?.kind === "press" ? button.fields : []).flatMap(({ name, value }) =>
      value ? [[name, value]] : [],
    ),
  );
  return office.presses(who, label, { ...values, ...fill });
}
