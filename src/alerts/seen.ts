import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { isAboutData } from "../domain/alerts/readings.ts";
import type { Alert } from "../store/alerts.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

/** The anomaly of a number as somebody may see it. */
export async function alertSeen(
  id: number,
  person: Person,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Alert | Refusal> {
  const one = await store.alerts.byId(id);
  if (one === null) return refuse("no-data", `没有第${id}号异常。发送“异常”看清单。`, ["异常"]);
  const own = scopeOf(person, office, today);
  const station = (await store.air.stations()).find((each) => each.id === one.stationId);
  const isOwn = own === null || (station !== undefined && own.includes(station.regionId));
  // Of doubted data the office hears, and whoever keeps the station running by it.
  return isOwn && (own === null || !isAboutData(one.rule))
    ? one
    : refuse("forbidden", `第${id}号异常不在您的权限范围内。`, ["异常"]);
}
