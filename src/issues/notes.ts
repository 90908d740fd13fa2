/** Lines of an issue's history that are neither steps nor rungs, by the id that is stored. */
export const NOTES = {
  /** Written down, and given to nobody yet. */
  register: { says: "登记", setback: false },
  /** Of an issue that goes on: its text is the number of the one that has become part of it. */
  absorb: { says: "并入", setback: false },
  /** Of an issue whose description an import has corrected: its text says what was there before. */
  correct: { says: "更正", setback: false },
  /** Somebody was told by telephone what no message brought: its text says whom, and of what. */
  phoned: { says: "电话通知", setback: false },
  "spot-check": { says: "抽查", setback: false },
  "spot-check-passed": { says: "抽查合格", setback: false },
  "spot-check-failed": { says: "抽查不合格", setback: true },
};
export type Note = keyof typeof NOTES;
