import { parseArgs } from "node:util";
import { charts } from "./charts.ts";
import { consoles } from "./consoles.ts";
import { countyAnswer } from "./county-answer.ts";
import { drill } from "./drill.ts";
import { fanOut } from "./fan-out.ts";
import { firstAnswer } from "./first-answer.ts";
import { growth } from "./growth.ts";
import { history } from "./history.ts";
import { hourOfStations } from "./hour.ts";
import { importing } from "./import.ts";
import { messageCpu } from "./message-cpu.ts";
import { monday } from "./monday.ts";
import { phrases } from "./phrases.ts";
import { machine, record } from "./record.ts";
import { response } from "./response.ts";
import { type Finding, heading, lineOf, type Size } from "./side-by-side.ts";
import { slackAck } from "./slack-ack.ts";
import { stretches } from "./stretches.ts";
import { telegramUpdate } from "./telegram-update.ts";
import { tick } from "./tick.ts";
import { wordPaper } from "./word-paper.ts";
import { yearOfDays } from "./year-of-days.ts";
import { yearOfPlay } from "./year-of-play.ts";

/**
 * `npm run bench [-- NAME...]`: what the main things cost, beside what they could cost at least. Prints each line as it is
 * measured and the whole table at the end. `--smoke` runs each once in a small size, to see that it still runs; `--record`
 * keeps a whole run (`results.json`). The exit status tells of broken benchmarks only: a busy machine is no fault.
 */
const benchmarks: Readonly<Record<string, (size: Size) => Promise<Finding[]>>> = {
  county: countyAnswer,
  history,
  growth,
  phrases,
  hour: hourOfStations,
  // Leaves much for the collector, which whoever came next would pay for.
  import: importing,
  stretches,
  charts,
  days: yearOfDays,
  tick,
  monday,
  response,
  play: yearOfPlay,
  start: firstAnswer,
  slack: slackAck,
  telegram: telegramUpdate,
  fanout: fanOut,
  cpu: messageCpu,
  consoles,
  drill,
  word: wordPaper,
};

const {
  positionals: wanted,
  values: { smoke, record: recording },
} = parseArgs({
  allowPositionals: true,
  options: { smoke: { type: "boolean", default: false }, record: { type: "boolean", default: false } },
});
const unknown = wanted.find((name) => !Object.hasOwn(benchmarks, name));
const wrong =
  unknown !== undefined
    ? `there is no benchmark "${unknown}"; there are: ${Object.keys(benchmarks).join(", ")}`
    : recording && (smoke || wanted.length > 0)
      ? "only a whole run is recorded: leave out the names and --smoke"
      : null;
if (wrong !== null) {
  console.error(wrong);
  process.exit(2);
}

const findings: Finding[] = [];
let broken = 0;
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    for (const finding of await benchmark(smoke ? "smoke" : "whole")) {
      findings.push(finding);
      // A smoke run measures too little to judge.
      const { aim: _, ...unjudged } = finding;
      console.log(lineOf(smoke ? unjudged : finding));
    }
  } catch (error) {
    // The others are still worth their figures.
    broken += 1;
    console.error(`benchmark ${name} is broken:`, error);
  }
}
if (!smoke) {
  const { node, platform, processors } = machine();
  console.log(["", `${processors}, ${platform}, Node ${node}`, heading, ...findings.map(lineOf)].join("\n"));
}
if (recording && broken === 0) record(findings);
// What a broken one has left open must not keep the process.
process.exit(broken === 0 ? 0 : 1);
