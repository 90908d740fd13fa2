import type { EpochMs } from "../ids.ts";

/**
 * The three ladders 县区领导 → 市办 → 市攻坚办, each climbed by itself: for not acknowledging, for not mending, for not deciding
 * (confirm, verify). Who was reported for the one is reported for the other all the same.
 */
export const LADDERS = ["ack", "mend", "decide"] as const;
export type Ladder = (typeof LADDERS)[number];

/** How far each ladder is climbed, 0 to 3, and when whoever has to act was first reminded (ms UTC; null: not yet). */
export type Climbed = {
  ackRung: number;
  mendRung: number;
  decideRung: number;
  ackRemindedAt: EpochMs | null;
  mendRemindedAt: EpochMs | null;
  decideRemindedAt: EpochMs | null;
};

/** The highest rung: 市攻坚办. */
export const TOP_RUNG = 3;

export const rungOn = (on: Climbed, ladder: Ladder): number => on[`${ladder}Rung`];
export const remindedOn = (on: Climbed, ladder: Ladder): EpochMs | null => on[`${ladder}RemindedAt`];

export const atRung = (ladder: Ladder, rung: number): Partial<Climbed> => ({ [`${ladder}Rung`]: rung });
export const remindedAt = (ladder: Ladder, at: EpochMs): Partial<Climbed> => ({
  [`${ladder}RemindedAt`]: at,
});

/** Nothing reported and nobody reminded. */
export const FOOT: Climbed = {
  ackRung: 0,
  mendRung: 0,
  decideRung: 0,
  ackRemindedAt: null,
  mendRemindedAt: null,
  decideRemindedAt: null,
};

/** One ladder from its foot: what was reported and reminded of before is over. */
export const afoot = (ladder: Ladder): Partial<Climbed> => ({
  ...atRung(ladder, 0),
  [`${ladder}RemindedAt`]: null,
});

/** The highest rung that hears of an issue as it stands, whatever for. */
export const highestRung = ({ ackRung, mendRung, decideRung }: Climbed): number =>
  Math.max(ackRung, mendRung, decideRung);
