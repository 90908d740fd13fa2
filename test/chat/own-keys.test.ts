import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawCard } from "../../src/bot/draw.ts";
import { argsOf } from "../../src/chat/args.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { roundsOf } from "../../src/delivery/rounds.ts";
import { importFile } from "../../src/incoming/import-file.ts";
import type { ConsoleMessage } from "../../src/platforms/web/console.ts";
import { officeConsole } from "../../src/platforms/web/office-console.ts";
import { startWebConsole } from "../../src/platforms/web/server.ts";
import { walk } from "../../src/scheduler/walk.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

/** What every object answers to, though nobody has put it there: __proto__, constructor, toString and the rest. */
const WORDS = Object.getOwnPropertyNames(Object.prototype);
const full = process.env.TEST_FULL === "1";
/** One of them, another one for each command in turn: all of them come up. The full run tries each after each. */
const wordsFor = (nth: number) => (full ? WORDS : [WORDS[nth % WORDS.length] as string]);
const CHINESE = /\p{Script=Han}/u;

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

/** Kinds of arguments for which any word is a good answer. */
const isText = (kind: string) => kind === "text" || kind === "longtext";

describe.each(["市办", "海安联络员"])("%s says, fills in or presses", (who) => {
  test("a word that only a prototype knows, after any command: it is text, or refused in Chinese", async () => {
    for (const [nth, command] of office.bot.registry.commands.entries())
      for (const word of wordsFor(nth)) {
        const phrases = [
          `${command.words[0]} ${word}`,
          `/${command.name} ${word}`,
          `${command.help.example} ${word}`,
        ];
        // Each way in turn, each time round with other commands; the full run says each word in each way.
        const way = (nth + Math.floor(nth / WORDS.length)) % phrases.length;
        for (const phrase of full ? phrases : phrases.slice(way, way + 1)) {
          const { code, message } = await office.says(who, phrase);
          expect([phrase, code]).not.toEqual([phrase, "internal"]);
          if (code !== null) expect([phrase, message]).toEqual([phrase, expect.stringMatching(CHINESE)]);
        }
      }
  });

  test("such a word in any field of a command's form is refused unless it may be any text", async () => {
    for (const [nth, command] of office.bot.registry.commands.entries())
      for (const [name, { kind }] of argsOf(command.args))
        for (const word of isText(kind) ? [] : wordsFor(nth)) {
          const { code, message } = await office.says(who, command.words[0], { [name]: word });
          const answer = { command: command.name, name, word, code, message };
          expect(answer).toEqual({
            ...answer,
            code: expect.not.stringMatching(/^internal$/),
            message: expect.stringMatching(CHINESE),
          });
        }
  });

  test("a field of such a name is refused by its name", async () => {
    for (const [nth, command] of office.bot.registry.commands.entries())
      for (const word of wordsFor(nth))
        expect(await office.says(who, command.words[0], { [word]: "x" })).toMatchObject({
          code: "usage",
          message: expect.stringContaining(`“${word}”`),
        });
  });

  test("and so is such a word in any field behind a button", async () => {
    const person = await office.bot.store.read((r) => r.people.byName(who));
    for (const [nth, { name: action, label, fields }] of [...office.bot.registry.actions.values()].entries())
      for (const [name, { kind }] of argsOf(fields)) {
        const button = { kind: "press" as const, label, action, params: {}, fields: [] };
        const card = { title: label, blocks: [], buttons: [button] };
        const drawing = { demo: false, at: 0 };
        const drawn = await drawCard(office.bot.store, card, person?.id ?? 0, drawing);
        const token = drawn.buttons[0]?.kind === "press" ? drawn.buttons[0].token : "";
        for (const word of isText(kind) ? [] : wordsFor(nth)) {
          const { code, message } = await office.presses(who, token, { [name]: word });
          const answer = { action, name, word, code, message };
          expect(answer).toEqual({
            ...answer,
            code: expect.not.stringMatching(/^internal$/),
            message: expect.stringMatching(CHINESE),
          });
        }
      }
  });
});

test("the console hands such fields on as they came, and opens and presses nothing of such a name", async () => {
  const faults: unknown[] = [];
  const rounds = roundsOf(office.bot, [], (error) => faults.push(error));
  const onFailure = (error: unknown) => faults.push(error);
  // A second passes between any two requests.
  let requests = 0;
  const machineNow = () => {
    requests += 1;
    return requests * 1_000;
  };
  const web = await startWebConsole(officeConsole(office.bot, { rounds, walk, machineNow }), {
    host: "127.0.0.1",
    port: 0,
    onFailure,
  });
  try {
    const first = await fetch(`${web.url}/api/session`);
    const Cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    const headers = { Cookie, Origin: web.url, "Content-Type": "application/json" };
    const post = async (path: string, body: string) =>
      (await (
        await fetch(`${web.url}${path}`, { method: "POST", headers, body })
      ).json()) as ConsoleMessage[];
    const errorOf = (answers: readonly ConsoleMessage[]) => answers.at(-1)?.card?.facts?.error;
    const person = await office.bot.store.read((r) => r.people.byName("市办"));
    await post("/api/persona", JSON.stringify({ id: person?.id }));
    for (const [n, word] of WORDS.entries()) {
      const said = await post("/api/say", `{"id":"s${n}","text":"交办","fill":{"${word}":"x"}}`);
      expect(errorOf(said)).toEqual({
        code: "usage",
        message: expect.stringContaining(`“${word}”`),
      });
      const pressed = await post("/api/press", `{"id":"p${n}","token":"${word}","fill":{"${word}":"x"}}`);
      expect(errorOf(pressed)).toMatchObject({ code: "stale-action" });
      expect((await fetch(`${web.url}/files/${word}`, { headers: { Cookie } })).status).toBe(404);
    }
    expect(faults).toEqual([]);
  } finally {
    await web.close();
  }
});

describe("a table", () => {
  const brings = (lines: readonly string[]) =>
    importFile(
      office.bot,
      { bytes: Buffer.from(lines.join("\n")), name: "表.csv" },
      { person: null, partial: false },
    );
  const KINDS = [
    ["日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h", "2020-05-04,海安,35,60,8,20,0.8,100"],
    ["县区,指标,约束性,奋斗", "海安,PM2.5,36,35"],
    [
      "编号,来源,批次,县区,属地镇街,点位/企业,问题描述,类别,等级,责任单位,配合单位,整改要求,交办时间,整改时限,状态,销号时间,照片",
      ",部门督查,,海安,,,工地裸土未覆盖,,一般,住建局,,,2020-06-01,2020-06-30,整改中,,",
    ],
  ] as const;
  /** Columns that may say anything. */
  const FREE = new Set([
    "编号",
    "来源",
    "批次",
    "属地镇街",
    "点位/企业",
    "问题描述",
    "配合单位",
    "整改要求",
    "照片",
  ]);

  test.each(KINDS)("whose heads or cells are such words: %s", async (head, row) => {
    const heads = head.split(",");
    for (const [at, name] of heads.entries())
      for (const word of wordsFor(at)) {
        const renamed = heads.with(at, word).join(",");
        const answers = [await brings([renamed, row]), await brings([`${head},${word}`, `${row},x`])];
        const cell = await brings([head, row.split(",").with(at, word).join(",")]);
        if (!FREE.has(name))
          expect({ name, word, cell }).toMatchObject({ cell: { code: "import-rejected" } });
        for (const answer of [...answers, cell])
          if (isRefusal(answer)) expect(answer.message).toMatch(CHINESE);
      }
  });
});
