import { z } from "zod";
import type { CardFile } from "../chat/card.ts";
import { isKept, keptPaper } from "../chat/kept-paper.ts";
import { isRefusal, refuse } from "../chat/refusal.ts";
import type { Alert } from "../store/alerts.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Reader } from "../store/store.ts";
import { kinOf } from "./kin.ts";
import { alertSeen } from "./seen.ts";

/** A photo of what an anomaly comes from, for whoever sees the anomaly. */
export const causePhotoPaper = keptPaper({
  name: "alerts.photo",
  params: z.object({ evidence: z.int() }),
  async find({ params, person }, context) {
    const evidence = await context.store.evidence.byId(params.evidence);
    const one = evidence === null ? null : await context.store.alerts.ofPhoto(evidence.id);
    if (evidence === null || one === null) return refuse("no-data", "没有这张照片。", ["异常"]);
    const seen = await alertSeen(one.id, person, context);
    return isRefusal(seen) ? seen : evidence;
  },
});

const SHOWN = 6;

/** Photos of what an anomaly, and those of the same station and time, come from. */
export const causePhotos = async (one: Alert, store: Reader): Promise<Evidence[]> =>
  store.alerts.photosOf([one, ...(await kinOf(one, store))].map(({ id }) => id));

/** The newest of them as they go with its card. */
export const causeFiles = (photos: readonly Evidence[]): CardFile[] =>
  photos
    .filter(isKept)
    .slice(-SHOWN)
    .map(({ id, name }) => causePhotoPaper.file({ evidence: id }, { name, picture: true }));
