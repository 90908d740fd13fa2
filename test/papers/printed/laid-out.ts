import { expect, test } from "vitest";
import { expectWellLaid } from "../../support/well-laid.ts";
import { office, papersOf } from "./story.ts";

test("the pages of every kind of paper that was sent are laid out as an office sends them", async () => {
  const kinds = new Set((await papersOf()).map(({ row }) => row.kind));
  // It has no pages: it is a card.
  kinds.delete("lagging-warning");
  expect(kinds.size).toBeGreaterThan(7);
  for (const kind of kinds) await expectWellLaid(office, kind);
});
