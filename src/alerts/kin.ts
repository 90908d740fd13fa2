import { isAboutData } from "../domain/alerts/readings.ts";
import type { Alert } from "../store/alerts.ts";
import type { Reader } from "../store/store.ts";

/** The other anomalies of the air of a station at the same time: what is known of one holds for them, so that nobody is asked twice. */
export async function kinOf({ id, stationId, firstHour, lastHour }: Alert, store: Reader): Promise<Alert[]> {
  return (await store.alerts.within(firstHour, lastHour, stationId)).filter(
    (other) => other.id !== id && other.state !== "withdrawn" && !isAboutData(other.rule),
  );
}
