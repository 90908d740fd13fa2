import type { PlanPack } from "../../src/domain/plan/pack.ts";
import type { DemoAct } from "./demo-act.ts";
import { demoSeed } from "./random.ts";
import { storiesOf } from "./stories.ts";

/** What people do, in the order of time. */
export const demoActs = (pack: PlanPack): DemoAct[] =>
  storiesOf(pack, demoSeed).acts.toSorted((a, b) => a.at.localeCompare(b.at));
