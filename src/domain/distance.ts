export type Position = { latitude: number; longitude: number };

/** Mean radius of the earth, metres (IUGG). */
const EARTH = 6_371_009;

/** Metres between two places, degrees WGS 84, along the surface of a sphere: within half a percent. */
export function metresBetween(one: Position, other: Position): number {
  const [lat1, lat2] = [radians(one.latitude), radians(other.latitude)];
  const half = (angle: number) => Math.sin(angle / 2) ** 2;
  const h =
    half(lat2 - lat1) + Math.cos(lat1) * Math.cos(lat2) * half(radians(other.longitude - one.longitude));
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Whether two places lie within so many metres; null where one of them isn't known. */
export function areWithin(one: MaybePlaced, other: MaybePlaced, metres: number): boolean | null {
  const [here, there] = [positionOf(one), positionOf(other)];
  return here === null || there === null ? null : metresBetween(here, there) <= metres;
}

type MaybePlaced = { latitude: number | null; longitude: number | null };
const positionOf = ({ latitude, longitude }: MaybePlaced): Position | null =>
  latitude === null || longitude === null ? null : { latitude, longitude };

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
