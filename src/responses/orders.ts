import { setImmediate as breathe } from "node:timers/promises";
import type { Context } from "../chat/command.ts";
import { EXEMPTION_BASES } from "../domain/enterprises/exemption.ts";
import type { EnterpriseId } from "../domain/ids.ts";
import type { ResponseLevelSetting } from "../domain/plan/pack-responses.ts";
import { isAlertLevel } from "../domain/responses/levels.ts";
import { measuresOf, type OrderedMeasure } from "../domain/responses/measures.ts";
import { exemptEnterprises } from "../enterprises/exemptions.ts";
import type { Office } from "../office/office.ts";
import type { NewResponseOrder, ResponseOrder, ResponseRow } from "../store/responses.ts";
import type { Reader } from "../store/store.ts";
import { unitKey } from "./units.ts";
import { areaOf } from "./words.ts";

/** What the pack asks of everybody in a response. */
export function settingOfResponse(
  { kind, level }: Pick<ResponseRow, "kind" | "level">,
  { pack }: Pick<Office, "pack">,
): ResponseLevelSetting {
  const { alert, peakShaving } = pack.settings.responses;
  return kind === "alert" && level !== null && isAlertLevel(level) ? alert[level] : peakShaving;
}

export type PlannedOrder = Omit<NewResponseOrder, "responseId" | "round" | "toldAt">;

/**
 * Who is ordered what at the present level: the counties of the area, the departments that the pack names, and the enterprises of
 * the list in these counties, by their own lists and grades. Who is exempt now is kept, with the basis.
 */
export async function plannedOrders(
  response: Pick<ResponseRow, "kind" | "level" | "area">,
  context: Pick<Context<Reader>, "store" | "office" | "now" | "today">,
): Promise<PlannedOrder[]> {
  const { store, office, now, today } = context;
  const setting = settingOfResponse(response, office);
  const area = areaOf(response);
  const counties = office
    .regionsOf({ to: today }, today)
    .filter(({ id }) => area === null || area.includes(id));
  const inArea = new Set<string>(counties.map(({ id }) => id));
  const none = { regionId: null, departmentId: null, enterpriseId: null };
  const planned = (
    unit: typeof none | Partial<PlannedOrder>,
    measures: readonly OrderedMeasure[],
  ): PlannedOrder => {
    const whole = { ...none, ...unit } as Pick<ResponseOrder, "regionId" | "departmentId" | "enterpriseId">;
    return {
      grade: null,
      exempt: null,
      ...unit,
      ...whole,
      unit: unitKey(whole),
      measures: JSON.stringify(measures),
    };
  };
  const plain = (texts: readonly string[]) => texts.map((measure) => ({ measure, indicator: "" }));
  const listed =
    response.kind === "alert" && response.level !== null
      ? await store.enterprises.measuresAt(response.level)
      : new Map<EnterpriseId, OrderedMeasure[]>();
  const exempted = await exemptEnterprises(now, context);
  const orders = [
    ...counties.map(({ id }) => planned({ regionId: id }, plain(setting.counties))),
    ...office.pack.departments.flatMap(({ id }) => {
      const measures = setting.departments[id];
      return measures === undefined ? [] : [planned({ departmentId: id }, plain(measures))];
    }),
  ];
  // A large list is read and gone through by turns with whatever else waits.
  await breathe();
  const enterprises = await store.enterprises.listed(today.toString());
  await breathe();
  for (const one of enterprises) {
    const regionId = office.heirOn(one.regionId, today).id;
    if (!inArea.has(regionId)) continue;
    const measures = measuresOf(one.grade, listed.get(one.id) ?? [], setting.grades);
    if (measures.length === 0) continue;
    const { id, grade } = one;
    const entry = exempted.get(id);
    const exempt = entry === undefined ? null : EXEMPTION_BASES[entry.basis];
    orders.push(planned({ regionId, enterpriseId: id, grade, exempt }, measures));
  }
  return orders;
}

export const measuresIn = ({ measures }: Pick<ResponseOrder, "measures">): OrderedMeasure[] =>
  JSON.parse(measures);
