import { describe, expect, test } from "vitest";
import type { Ability, Provider, Stage } from "../../support/conformance.ts";
import { edits } from "./edits.ts";
import { files } from "./files.ts";
import { forms } from "./forms.ts";
import { groups } from "./groups.ts";
import { lostFiles } from "./lost-files.ts";
import { orders } from "./orders.ts";
import { personalData } from "./personal-data.ts";
import { pushes } from "./pushes.ts";
import { stops } from "./stops.ts";
import { troubles } from "./troubles.ts";
import { words } from "./words.ts";

/** Declares a promise: its name, what a provider must be able to for it, and the story that tries it. */
export type Declare = (promise: string, story: (stage: Stage) => Promise<unknown>, needs?: Ability) => void;

/**
 * Tries on a provider's own local server what a person may count on wherever they sit. A new provider is held to all of it
 * by one line, `conforms(it)`; what it can't have by its nature is skipped under its own reason.
 */
export function conforms(provider: Provider): void {
  describe(`${provider.name} keeps what every platform promises`, () => {
    const declare: Declare = (promise, story, needs) => {
      const reason = needs && provider.lacks[needs];
      const name = reason === undefined ? promise : `${promise} (not here: ${reason})`;
      test.skipIf(reason !== undefined)(name, async () => {
        const stage = await provider.stage();
        try {
          if (needs && stage[needs] === undefined)
            throw new Error(`${provider.name} has no ${needs} and doesn't say why`);
          await story(stage);
          expect(stage.complaints()).toEqual([]);
        } finally {
          await stage.close();
        }
      });
    };
    words(declare, provider);
    forms(declare);
    files(declare);
    lostFiles(declare, provider);
    groups(declare);
    edits(declare);
    pushes(declare);
    personalData(declare);
    orders(declare);
    troubles(declare, provider);
    stops(declare);
  });
}
