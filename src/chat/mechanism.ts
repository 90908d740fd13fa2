/**
 * The mechanisms of the plan that something runs, by their ids in a pack's mechanisms.yaml. Packs are independent of one
 * another: where one hasn't the mechanism, it shows nothing of it.
 */
export type RunsMechanism = string | readonly string[];

/** @example mechanismsOf({ mechanism: "weekly-notice" }) */
export const mechanismsOf = ({
  mechanism = [],
}: {
  mechanism?: RunsMechanism | undefined;
}): readonly string[] => [mechanism].flat();
