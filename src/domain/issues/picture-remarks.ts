import { metresBetween, type Position } from "../distance.ts";

/** What is known of a picture: local times as ISO text, of the camera and of the office. */
export type PictureFacts = {
  kind: "before" | "after" | "document" | "other";
  takenAt: string | null;
  sentAt: string;
  position: Position | null;
};

export type PictureRemark =
  /** Of how it is now, and older than the order, or than the last time that it was sent back. */
  | { kind: "too-old"; takenAt: string }
  /** Later than it came: the camera's clock is wrong, or its words were written by hand. */
  | { kind: "future"; takenAt: string }
  | { kind: "far"; metres: number };

/** Clocks of cameras go wrong by so much, minutes. */
const CLOCKS_DIFFER = 10;

/**
 * What doesn't fit between a picture and its issue. What a camera writes is hearsay: a remark for whoever judges, never a
 * reason to refuse. `since`: local time from which the unit had to mend it; `place`: where the issue is, if that is known.
 */
export function remarksOn(
  { kind, takenAt, sentAt, position }: PictureFacts,
  { since, place, farMetres }: { since: string; place: Position | null; farMetres: number },
): PictureRemark[] {
  const remarks: PictureRemark[] = [];
  if (takenAt !== null) {
    const taken = Temporal.PlainDateTime.from(takenAt);
    const later = Temporal.PlainDateTime.from(sentAt).add({ minutes: CLOCKS_DIFFER });
    if (Temporal.PlainDateTime.compare(taken, later) > 0) remarks.push({ kind: "future", takenAt });
    else if (kind === "after" && Temporal.PlainDateTime.compare(taken, since) < 0)
      remarks.push({ kind: "too-old", takenAt });
  }
  if (position !== null && place !== null) {
    const metres = metresBetween(position, place);
    if (metres > farMetres) remarks.push({ kind: "far", metres });
  }
  return remarks;
}
