import { randomUUID } from "node:crypto";
import type { Lantian, Reply, Speaker } from "../bot/lantian.ts";
import { ask, open, press } from "../bot/router.ts";
import type { DrawnCard } from "../chat/card.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import { fixedClock } from "../clock.ts";
import { readConfig } from "../config.ts";
import { deliverDue } from "../delivery/worker.ts";
import terminal from "../platforms/terminal/provider.ts";
import { webDoor } from "../platforms/web/door.ts";
import { boot } from "./boot.ts";
import { textOf } from "./card-text.ts";
import { foundOn, sendFiles, writeOut } from "./say-files.ts";
import { type Io, print, readOptions, runAsProcess, script, UsageFault } from "./script.ts";

const how = `usage: npm run -s say -- [--as PERSON] [--now ISO] [--json] WHAT
  WHAT is one of
    [--fill NAME=VALUE]... "TEXT"           says it
    [--fill NAME=VALUE]... --press ACTION   presses a button of a card
    --file PATH [--file PATH]... ["TEXT"]   sends files, TEXT is their caption
    --open TOKEN --out PATH                 writes a file of a card to PATH`;

export const sayPhrase = script(async (args, environment, io) => {
  const { values, positionals } = readOptions(
    args,
    {
      options: {
        as: { type: "string" },
        now: { type: "string" },
        json: { type: "boolean", default: false },
        fill: { type: "string", multiple: true, default: [] },
        press: { type: "string" },
        file: { type: "string", multiple: true, default: [] },
        open: { type: "string" },
        out: { type: "string" },
      },
    },
    how,
  );
  const text = positionals.join(" ");
  const { press: action, open: token, out } = values;
  const asked = [positionals.length > 0 || values.file.length > 0, action !== undefined, token !== undefined];
  const fills = values.fill.length > 0 && (values.file.length > 0 || token !== undefined);
  if (asked.filter(Boolean).length !== 1 || fills || (token === undefined) !== (out === undefined))
    throw new UsageFault(how);
  const fill = Object.fromEntries(
    values.fill.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw new UsageFault(`--fill takes NAME=VALUE, not "${pair}"\n${how}`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  const files = await Promise.all(values.file.map(foundOn));
  const { bot: running } = await boot(readConfig(environment), io.err);
  try {
    const bot =
      values.now === undefined ? running : { ...running, clock: fixedClock(momentOf(values.now, running)) };
    const speaker = await speakerOf(bot, values.as);
    if (token !== undefined && out !== undefined) {
      const made = await open(bot, speaker, token);
      if (isRefusal(made)) return refused(made, io, values.json);
      await writeOut(made, out);
      const { name, type, bytes } = made;
      print(
        io,
        values.json,
        { ok: true, file: { name, type, bytes: bytes.length, path: out } },
        `${name} → ${out}`,
      );
      return 0;
    }
    const reply =
      files.length > 0
        ? await sendFiles(bot, speaker, files, text)
        : action === undefined
          ? await ask(bot, speaker, text, fill)
          : await press(bot, speaker, action, fill);
    await deliverDue(bot, [webDoor(bot)]);
    return show(reply, io, values.json);
  } finally {
    running.store.close();
  }
});

if (import.meta.main) await runAsProcess(sayPhrase);

function show(reply: Reply, io: Io, json: boolean): number {
  const { answer, command, deliveries } = reply;
  if (isRefusal(answer)) return refused(answer, io, json);
  const told = deliveries.map((d) => `→ ${d.audience}：${d.title}`);
  const document = {
    ok: true,
    command,
    card: {
      title: answer.card.title,
      text: textOf(answer.card),
      actions: actionsOf(answer.card),
      ...(answer.card.files ? { files: answer.card.files } : {}),
    },
    facts: answer.card.facts ?? {},
    deliveries,
  };
  const buttons = document.card.actions.map((a) => `[${a.label}] ${a.action}`);
  const files = (answer.card.files ?? []).map((f) => `{${f.name}} ${f.token}`);
  print(io, json, document, [document.card.text, ...buttons, ...files, ...told].join("\n"));
  return 0;
}

function refused({ code, message, culprit }: Refusal, io: Io, json: boolean): 1 {
  print(io, json, { ok: false, error: { code, message, ...(culprit ? { culprit } : {}) } }, message);
  return 1;
}

function actionsOf(card: DrawnCard) {
  return card.buttons.flatMap((b) =>
    b.kind === "say"
      ? []
      : [
          {
            label: b.label,
            action: b.token,
            fields: b.fields.map(({ name, label, kind, required, options, hint }) => ({
              name,
              label,
              kind,
              required,
              ...(options ? { options: options.map((o) => o.value) } : {}),
              ...(hint ? { hint } : {}),
            })),
          },
        ],
  );
}

/** The person of a name, id or terminal handle; without one the speaker is a stranger, and a new one each time. */
async function speakerOf(bot: Lantian, as: string | undefined): Promise<Speaker> {
  if (as === undefined)
    return {
      identity: { platform: terminal.name, workspace: "", userKey: `stranger-${randomUUID()}` },
      person: null,
    };
  const identity = { platform: terminal.name, workspace: "", userKey: as };
  const person = await bot.store.read(
    async ({ people }) =>
      (await people.byName(as)) ??
      (await people.byIdentity(identity)) ??
      (/^\d+$/.test(as) ? await people.byId(Number(as)) : null),
  );
  if (person === null || !person.active)
    throw new UsageFault(`--as: nobody is called "${as}"; see: npm run -s say -- --as 市办 人员`);
  return { identity, person };
}

function momentOf(text: string, bot: Lantian): Temporal.Instant {
  if (!bot.demo)
    throw new UsageFault("--now works on a demonstration database only; this one runs on the real clock");
  try {
    if (/Z$|[+-]\d{2}:\d{2}$/.test(text)) return Temporal.Instant.from(text);
    return Temporal.PlainDateTime.from(text).toZonedDateTime(bot.office.pack.timeZone).toInstant();
  } catch {
    throw new UsageFault(`--now takes a time such as 2020-06-15T09:00, not "${text}"`);
  }
}
