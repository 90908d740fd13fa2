import { isOutsider } from "../../domain/roles.ts";
import { type ArgMeta, argsOf } from "../args.ts";
import type { AnyCommand } from "../command.ts";
import { examplesFor, withExamples } from "../examples.ts";
import { explain, type Reading } from "../recognise.ts";
import { about, type Refusal, refuse } from "../refusal.ts";
import { says } from "../says.ts";
import { commandsFor } from "../suggestions.ts";
import type { Attempt } from "./attempt.ts";
import { meaning, type Piece } from "./piece.ts";

/** Why a piece is none of what a command takes, by what it looks like, and what can be said instead. */
export function faultOfPiece(
  piece: Piece,
  { command, args }: Attempt,
  commands: readonly AnyCommand[],
  reading: Reading,
): Refusal {
  const impossible = meaning(piece, "impossible");
  if (impossible?.code === "unknown-measure") return explain(MEASURE, piece.text, reading);
  if (impossible?.code) return refuse(impossible.code, impossible.why, ["问题"]);
  if (impossible) return refuse(takes(command, "deadline") ? "bad-date" : "bad-period", impossible.why);
  const said = piece.text.slice(0, 20);
  const example = withExamples(command.help.example, examplesFor(reading));
  if (piece.meanings.length > 0) {
    const metas = argsOf(command.args).filter(([name]) => args[name] !== undefined);
    const again = metas.find(
      ([, meta]) =>
        /^count|^department|^issue|^measure/.test(meta.kind) && kindOf(piece) === meta.kind.slice(0, 4),
    );
    if (again)
      return refuse(
        "usage",
        `“${said}”是第二个${again[1].label}，“${command.words[0]}”一次只能写一个，请分开发送。`,
        [example],
      );
    if (meaning(piece, "number")) {
      // 任务 31: what shares the command's name takes numbers of measures.
      const alike = commands.filter((c) => c.words[0] === command.words[0]).flatMap((c) => argsOf(c.args));
      const measure = alike.find(([, meta]) => meta.kind === "measure");
      if (measure) return explain(measure[1], said, reading);
    }
    return refuse("usage", `“${command.words[0]}”不能加“${said}”。正确写法如“${example}”。`, [example]);
  }
  const free = argsOf(command.args)
    .filter(([name, meta]) => args[name] === undefined && !meta.formOnly)
    .map(([, meta]) => meta);
  // 任务 S9: what shares the command's name takes numbers of measures.
  const isAlike = (c: AnyCommand) => c.words[0] === command.words[0] && takes(c, "measure");
  const guess = /^s?\d+$/i.test(said) && commands.some(isAlike) ? MEASURE : guessOf(said, free, reading);
  if (guess !== undefined) return explain(guess, said, reading);
  return refuse("usage", `“${said}”没看懂。正确写法如“${example}”。`, [example]);
}

const kindOf = (piece: Piece) => (piece.meanings[0]?.kind ?? "").slice(0, 4);
const takes = (command: AnyCommand, kind: ArgMeta["kind"]) =>
  argsOf(command.args).some(([, meta]) => meta.kind === kind);

/** Of which kind a word is meant to be: what it is nearest to, or what its ending says. */
function guessOf(word: string, free: readonly ArgMeta[], { names }: Reading): ArgMeta | undefined {
  const of = (...kinds: ArgMeta["kind"][]) => free.find((meta) => kinds.includes(meta.kind));
  const isNear = (among: readonly string[]) =>
    names.nearest(word.replace(/[市县区局委]$/, ""), among).length > 0;
  const guesses = [
    /\d/.test(word) && (of("measure") ?? of("issue") ?? of("period")),
    isNear(names.placeNames) && of("county", "counties"),
    (/[局委办厅]$/.test(word) || isNear(names.departmentNames)) && of("department"),
    /[年月季周天]|以前|以后/.test(word) && of("period"),
    free.find((meta) => meta.kind === "choice" && isNear(Object.keys(meta.choices ?? {}))),
  ];
  const guess = guesses.find((meta) => typeof meta === "object");
  if (guess) return guess;
  return free.find((meta) => meta.kind === "choice" && !meta.optional) ?? undefined;
}

const toReport = says("报执行");
const ASKS = /[?？吗呢]|什么|怎么|哪|几|多少/;
/** So much of what somebody wrote is offered to be sent again. */
const LONGEST = 60;

const MEASURE: ArgMeta = { kind: "measure", label: "措施编号", optional: false };

/** Nothing of the office's commands is meant: the nearest names of what this person may ask, or what could be asked. */
export function notUnderstood(
  text: string,
  pieces: readonly Piece[],
  commands: readonly AnyCommand[],
  reading: Reading,
): Refusal {
  const { names } = reading;
  const impossible = pieces.find((piece) => meaning(piece, "impossible"));
  const culprit = impossible ?? pieces.find((piece) => piece.meanings.length === 0);
  const said = (culprit?.text ?? text).slice(0, 20);
  if (impossible && meaning(impossible, "impossible")?.code === "unknown-measure")
    return about(said, explain(MEASURE, said, reading));
  if (impossible) return about(said, refuse("bad-period", meaning(impossible, "impossible")?.why ?? ""));
  const bare = said.replace(/^\//, "");
  const number = pieces.map((piece) => meaning(piece, "number")).find((m) => m !== undefined);
  if (culprit === undefined && number !== undefined) {
    const tasks = reading.office.measure(String(number.value)) ? [`任务 ${number.value}`] : [];
    const instead = [...tasks, `问题 ${number.value}`];
    return about(said, refuse("usage", `“${said}”是哪一个编号？请写明：${instead.join("，或")}。`, instead));
  }
  const { person = null, office, today } = reading;
  // An enterprise's contact reports what has been done, without a command's name; anything else they may ask is short.
  if (person !== null && isOutsider(person) && !ASKS.test(text)) {
    const report = toReport("", text.slice(0, LONGEST)).say;
    const message = `没看懂“${said}”。要报落实情况，请发送“${report}”，或直接发照片。`;
    return about(said, refuse("unknown-command", message, [report, "企业"]));
  }
  const own = person === null ? commands : commandsFor(person, commands, office, today);
  const isPlace = (name: string) => names.placeNames.includes(name);
  const words = own.flatMap((c) => [...c.words, c.name]);
  const alike = names.nearest(bare, new Set([...names.placeNames, ...words]));
  const places = alike.filter(isPlace);
  const others = alike.filter((name) => !isPlace(name));
  if (places.length > 0 && others.length === 0) {
    const message = `没有名为“${said}”的县（市、区）。您要找的是“${places.join("”或“")}”吗？`;
    return about(said, refuse("unknown-county", message, places));
  }
  const period = pieces.find((piece) => meaning(piece, "period"))?.text;
  const near = [...others, ...places].slice(0, 3);
  const offers = [
    ...near,
    ...(period === undefined ? [] : [`全市 ${period}`]),
    ...(near.length > 0 ? [] : ["帮助"]),
  ];
  const offer =
    near.length > 0 || period !== undefined
      ? `您要的是“${offers.filter((o) => o !== "帮助").join("”或“")}”吗？`
      : "发送“帮助”看能问什么。";
  return about(said, refuse("unknown-command", `没看懂“${said}”。${offer}`, offers));
}
