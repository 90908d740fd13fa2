import { z } from "zod";
import type { CardFile } from "../chat/card.ts";
import { isKept, keptPaper } from "../chat/kept-paper.ts";
import { refuse } from "../chat/refusal.ts";
import { shortDate } from "../chat/wording.ts";
import type { StationPatrols } from "./sheet.ts";
import { stationsSeen } from "./stations.ts";

/** A photo of a patrol, for whoever sees its station. */
export const patrolPhotoPaper = keptPaper({
  name: "patrols.photo",
  params: z.object({ evidence: z.int() }),
  async find({ params, person }, context) {
    const { store } = context;
    const evidence = await store.evidence.byId(params.evidence);
    const patrol = evidence === null ? null : await store.patrols.ofPhoto(evidence.id);
    if (evidence === null || patrol === null) return refuse("no-data", "没有这张巡查照片。", ["巡查"]);
    const seen = await stationsSeen(person, context);
    const may = patrol.personId === person.id || seen.some(({ station }) => station.id === patrol.stationId);
    return may ? evidence : refuse("forbidden", "这张照片不在您的权限范围内。");
  },
});

const SHOWN = 6;

/** The newest photos of some stations' patrols, as they go with a card. */
export function patrolPhotos(rows: readonly StationPatrols[]): CardFile[] {
  const all = rows.flatMap(({ of, patrols }) =>
    patrols.flatMap(({ date, photos }) => photos.filter(isKept).map((photo) => ({ of, date, photo }))),
  );
  return all
    .toSorted((a, b) => b.photo.id - a.photo.id)
    .slice(0, SHOWN)
    .map(({ of, date, photo }) =>
      patrolPhotoPaper.file(
        { evidence: photo.id },
        { name: `${shortDate(date)} ${of.station.name} ${photo.id}.jpg`, picture: true },
      ),
    );
}
