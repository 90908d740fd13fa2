import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { isAboutData } from "../domain/alerts/readings.ts";
import type { Alert } from "../store/alerts.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** Tells which anomalies somebody may see. */
export async function seesAlert(
  person: Person,
  { store, office, today }: Around,
): Promise<(one: Alert) => boolean> {
  const own = scopeOf(person, office, today);
  if (own === null) return () => true;
  const stations = (await store.air.stations()).filter(({ regionId }) => own.includes(regionId));
  const ids = new Set(stations.map(({ id }) => id));
  // Of doubted data the office hears, and whoever keeps the station running by it.
  return ({ stationId, rule }) => ids.has(stationId) && !isAboutData(rule);
}

/** The anomaly of a number as somebody may see it. */
export async function alertSeen(id: number, person: Person, around: Around): Promise<Alert | Refusal> {
  const one = await around.store.alerts.byId(id);
  if (one === null) return refuse("no-data", `没有第${id}号异常。发送“异常”看清单。`, ["异常"]);
  return (await seesAlert(person, around))(one)
    ? one
    : refuse("forbidden", `第${id}号异常不在您的权限范围内。`, ["异常"]);
}
