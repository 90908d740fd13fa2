import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { loggable } from "../../src/ops/log.ts";
import { bundle } from "../../src/output/bundle.ts";
import { icalendar } from "../../src/output/icalendar.ts";
import { pagesOf } from "../../src/output/pages.ts";
import { wordDocument } from "../../src/output/word.ts";
import { workbook } from "../../src/output/workbook.ts";
import { machineTime } from "../../src/platforms/slack/calls.ts";
import { respondAt } from "../../src/platforms/slack/respond.ts";

const SAID = "联系13812345678";
// A file's name can hold no stars.
const SHOWN = /138(\*{4}|_{4})5678/;
const paper = {
  ...{ name: "函", creator: "市办", marks: [], margins: "letter" as const },
  blocks: [{ kind: "text" as const, text: SAID }],
};
const textOf = (file: Uint8Array) =>
  Object.entries(unzipSync(file))
    .map(([name, part]) => name + strFromU8(part))
    .join("\n");
const calendar = (title: string, words: string) =>
  icalendar({
    ...{ name: "日程", timeZone: "Asia/Shanghai", offset: "+08:00" },
    entries: [
      {
        ...{ uid: "1", sequence: 0, changedAt: 0, title, words, cancelled: false, busy: true },
        when: { from: Temporal.PlainDate.from("2020-06-15"), to: Temporal.PlainDate.from("2020-06-15") },
      },
    ],
  });
/** What Slack gets at a response_url. */
async function responded(): Promise<string> {
  let body = "";
  const server = createServer((request, response) => {
    request.on("data", (bytes) => {
      body += bytes;
    });
    request.on("end", () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await respondAt(url, { text: SAID }, { apiUrl: url, timeoutMs: 10_000, timing: machineTime });
  server.close();
  return body;
}

test.each<[string, () => string | Promise<string>]>([
  ["a Word file", async () => textOf(await wordDocument(paper))],
  ["a page of a paper", () => JSON.stringify(pagesOf(paper))],
  [
    "a workbook",
    async () => textOf(await workbook([{ name: "表", columns: [{ title: "说明" }], rows: [[SAID]] }])),
  ],
  [
    "a file's name in an archive",
    async () =>
      textOf(
        await bundle([{ name: `${SAID}.txt`, bytes: new Uint8Array() }], {
          ...{ at: 1e12, zone: "Asia/Shanghai", marks: [] },
        }),
      ),
  ],
  ["a calendar's title", () => calendar(SAID, "")],
  ["a calendar's words", () => calendar("会商", SAID)],
  ["a line of the log", () => JSON.stringify(loggable(new Error(SAID)))],
  ["an answer at Slack's response_url", responded],
])("%s leaves without a telephone number that somebody could call", async (_, leaves) => {
  const left = await leaves();
  expect(left).toMatch(SHOWN);
  expect(left).not.toContain("13812345678");
});
