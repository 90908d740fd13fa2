import { demoEnterprises } from "../../seeds/demo/enterprises.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { Writer } from "../store/store.ts";

/** The emergency list of the demonstration, and who speaks for some of its enterprises. */
export async function loadEnterprises(writer: Writer, pack: PlanPack, at: number): Promise<void> {
  for (const { region, measures, speaker, ...row } of demoEnterprises(pack)) {
    const { id } = await writer.enterprises.add({ ...row, regionId: region, createdAt: at });
    for (const [level, own] of Map.groupBy(measures, (one) => one.level))
      await writer.enterprises.setMeasures(id, level, own);
    if (speaker !== null)
      await writer.people.add({
        ...{ name: speaker, role: "enterprise-contact", regionId: null, departmentId: null },
        enterpriseId: id,
        createdAt: at,
      });
  }
}
