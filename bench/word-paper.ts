import { deepStrictEqual } from "node:assert/strict";
import { strFromU8, unzipSync } from "fflate";
import { writeDocument } from "../src/output/word.ts";
import { barePaper } from "./bare-paper.ts";
import { cost } from "./process-cost.ts";
import { type Finding, median, roundsOf, type Size, sideBySide, sized, takingTurns } from "./side-by-side.ts";
import { weekly } from "./weekly-paper.ts";

const AIM = 1.3;

/**
 * The weekly notice as Word, in the layout of official papers, beside the same document written for the bare package by
 * hand: the first of a process, in CPU, and one after another.
 */
export async function wordPaper(size: Size): Promise<Finding[]> {
  const [ours, bare] = [() => writeDocument(weekly), () => barePaper(weekly)];
  deepStrictEqual(printed(await ours()), printed(await bare()));
  const first = await takingTurns(
    async () => cost(["bench/write-once.ts", "ours"]),
    async () => cost(["bench/write-once.ts", "bare"]),
    sized(size, { warmUp: 1, rounds: 7 }, { warmUp: 0, rounds: 1 }),
  );
  return [
    {
      name: "first weekly notice in Word, CPU of its process / bare docx",
      unit: "ms",
      aim: AIM,
      ours: median(first.ours.map(({ cpuMs }) => cpuMs)),
      reference: median(first.reference.map(({ cpuMs }) => cpuMs)),
    },
    await sideBySide(
      { name: "a weekly notice in Word / bare docx", aim: AIM },
      ours,
      bare,
      roundsOf(size, 5, 40),
    ),
  ];
}

/** What a document prints: every part of it but its properties, which tell when it was made. */
const printed = (docx: Uint8Array): Record<string, string> =>
  Object.fromEntries(
    Object.entries(unzipSync(docx))
      .filter(([name]) => !name.startsWith("docProps/"))
      .map(([name, part]) => [name, strFromU8(part)]),
  );
