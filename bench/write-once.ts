// Writes the benchmark's notice once, `ours` or `bare`: what a first Word paper costs a process.
import { weekly } from "./weekly-paper.ts";

const [which] = process.argv.slice(2);
if (which === "bare") {
  const { barePaper } = await import("./bare-paper.ts");
  await barePaper(weekly);
} else {
  const { writeDocument } = await import("../src/output/word.ts");
  await writeDocument(weekly);
}
process.exit(0);
