import { z } from "zod";
import { PLAN_SOURCES } from "./pack-sources.ts";

// Part of settings.yaml: what offices write in their ledgers, by what it means. A word means one thing.

const word = z.string().min(1).max(50);

/** Kinds of problem with the terms that they give; `also` is what ledgers call them. */
export const categoriesSchema = z
  .array(
    z.strictObject({
      name: z.string(),
      days: z.int().min(1),
      unit: z.enum(["working", "calendar"]),
      also: z.array(word).default([]),
    }),
  )
  .superRefine((categories, { addIssue }) =>
    reportRepeats(
      categories.flatMap(({ name, also }, index) => [
        { text: name, path: [index, "name"] },
        ...also.map((text, at) => ({ text, path: [index, "also", at] })),
      ]),
      addIssue,
    ),
  );

export const ledgerSchema = z
  .strictObject({
    /** Other names of sources, by that of the plan which they belong to. The record keeps the ledger's own word. */
    sources: z.partialRecord(z.enum(PLAN_SOURCES), z.array(word)).default({}),
    /** States in which an issue is over on paper, and those in which it isn't. */
    finished: z.array(word).default([]),
    open: z.array(word).default([]),
    /** Endings of the names of bodies that belong to a county, and of those that it has to see to. */
    countyUnits: z.array(word).default([]),
  })
  .superRefine(({ sources, finished, open }, { addIssue }) => {
    const states = { finished, open };
    const placed = (list: readonly string[], ...path: string[]) =>
      list.map((text, at) => ({ text, path: [...path, at] }));
    reportRepeats(
      [
        ...PLAN_SOURCES.map((text) => ({ text, path: ["sources", text] })),
        ...PLAN_SOURCES.flatMap((source) => placed(sources[source] ?? [], "sources", source)),
      ],
      addIssue,
    );
    reportRepeats(
      Object.entries(states).flatMap(([name, list]) => placed(list, name)),
      addIssue,
    );
  });

/** A word of ledgers that the office has added to those of its plan pack. */
export type LedgerWord = { word: string; means: string };

type Placed = { text: string; path: (string | number)[] };

function reportRepeats(
  words: readonly Placed[],
  report: (issue: { code: "custom"; path: (string | number)[]; message: string }) => void,
): void {
  const seen = new Set<string>();
  for (const { text, path } of words) {
    if (seen.has(text)) report({ code: "custom", path, message: `"${text}" stands for two things` });
    seen.add(text);
  }
}
