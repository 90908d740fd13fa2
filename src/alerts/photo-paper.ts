import { z } from "zod";
import type { CardFile } from "../chat/card.ts";
import { paper, renderKept } from "../chat/paper.ts";
import { isRefusal, refuse } from "../chat/refusal.ts";
import type { Alert } from "../store/alerts.ts";
import type { Reader } from "../store/store.ts";
import { kinOf } from "./kin.ts";
import { alertSeen } from "./seen.ts";

/** A photo of what an anomaly comes from, for whoever sees the anomaly. */
export const causePhotoPaper = paper({
  name: "alerts.photo",
  params: z.object({ evidence: z.int() }),
  async data({ params, person }, context) {
    const evidence = await context.store.evidence.byId(params.evidence);
    const one = evidence === null ? null : await context.store.alerts.ofPhoto(evidence.id);
    if (evidence === null || one === null) return refuse("no-data", "没有这张照片。", ["异常"]);
    const seen = await alertSeen(one.id, person, context);
    return isRefusal(seen) ? seen : evidence;
  },
  render: renderKept,
});

const SHOWN = 6;

/** The newest photos of an anomaly, and of those of the same station and time, as they go with its card. */
export async function causePhotos(one: Alert, store: Reader): Promise<CardFile[]> {
  const photos = await store.alerts.photosOf([one, ...(await kinOf(one, store))].map(({ id }) => id));
  return photos
    .slice(-SHOWN)
    .map(({ id, name }) => causePhotoPaper.file({ evidence: id }, { name, picture: true }));
}
