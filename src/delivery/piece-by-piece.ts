/** Node accepts one connection in a turn of its event loop, and reads it in the next ones. */
const TURNS_BETWEEN = 16;

/**
 * Lets pieces of work begin some turns of the event loop apart: however many wait, what comes in is read and acknowledged
 * in between. What is urgent begins in the next turn, before all others.
 */
export function pieceByPiece(): (piece: { isUrgent: boolean }) => Promise<void> {
  const urgent: (() => void)[] = [];
  const others: (() => void)[] = [];
  let turnsLeft = 0;
  let isTurning = false;
  const turn = () => {
    if (urgent.length > 0) urgent.shift()?.();
    else if (turnsLeft > 0) turnsLeft -= 1;
    else if (others.length > 0) {
      turnsLeft = TURNS_BETWEEN;
      others.shift()?.();
    } else {
      isTurning = false;
      return;
    }
    setImmediate(turn);
  };
  return ({ isUrgent }) =>
    new Promise((resolve) => {
      (isUrgent ? urgent : others).push(resolve);
      if (isTurning) return;
      isTurning = true;
      setImmediate(turn);
    });
}
