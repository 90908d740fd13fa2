import { countyAnswer } from "./county-answer.ts";
import { fanOut } from "./fan-out.ts";
import { firstAnswer } from "./first-answer.ts";
import { history } from "./history.ts";
import { importing } from "./import.ts";
import { messageCpu } from "./message-cpu.ts";
import { type Finding, heading, lineOf } from "./side-by-side.ts";
import { slackAck } from "./slack-ack.ts";
import { telegramUpdate } from "./telegram-update.ts";
import { yearOfDays } from "./year-of-days.ts";
import { yearOfPlay } from "./year-of-play.ts";

/**
 * `npm run bench [-- NAME...]`: what the main things cost, beside what they could cost at least. Prints each line as it is
 * measured and the whole table at the end. The exit status tells of broken benchmarks only: a busy machine is no fault.
 */
const benchmarks: Readonly<Record<string, () => Promise<Finding[]>>> = {
  county: countyAnswer,
  history,
  import: importing,
  days: yearOfDays,
  play: yearOfPlay,
  start: firstAnswer,
  slack: slackAck,
  telegram: telegramUpdate,
  fanout: fanOut,
  cpu: messageCpu,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(benchmarks, name));
if (unknown !== undefined) {
  console.error(`there is no benchmark "${unknown}"; there are: ${Object.keys(benchmarks).join(", ")}`);
  process.exit(2);
}

const findings: Finding[] = [];
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const finding of await benchmark()) {
    findings.push(finding);
    console.log(lineOf(finding));
  }
}
const machine = `Node ${process.versions.node}, ${process.platform}-${process.arch}`;
console.log(["", machine, heading, ...findings.map(lineOf)].join("\n"));
