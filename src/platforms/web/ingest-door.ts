import type { Lantian } from "../../bot/lantian.ts";
import { ingestHours, sourceOf } from "../../incoming/ingest.ts";
import { floodGate } from "../kit/flood.ts";
import type { Console } from "./console.ts";

/** A machine sends once an hour, or makes up for a day in a row; guessing is slower than that. */
const PACE = { each: { burst: 60, perSecond: 1 / 5 }, all: { burst: 300, perSecond: 5 } };

/** Hours that machines send: who they are is told by their secret, before anything of a body is read. */
export function ingestDoor(bot: Lantian, machineNow: () => number): Console["ingest"] {
  const gate = floodGate(machineNow, PACE);
  return {
    async admit(secret, address) {
      if (gate.admit(address) !== "work") return "too-many";
      return secret === null ? null : sourceOf(bot, secret);
    },
    enter: (source, sent) => ingestHours(bot, source, sent),
  };
}
