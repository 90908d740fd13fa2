import { join } from "node:path";
import type { Context } from "../chat/command.ts";
import { filesIn, loadFiles } from "../chat/load-files.ts";
import type { Reader } from "../store/store.ts";
import type { AskedEvents, DatedEvent, EventSource } from "./event.ts";

/** An event with the source that it is of. */
export type SourcedEvent = DatedEvent & { source: string };

let sources: Promise<EventSource[]> | undefined;

/** They are loaded when somebody first asks for dates: no other answer needs them. */
function sourcesOfDates(): Promise<EventSource[]> {
  sources ??= loadSources(join(import.meta.dirname, "sources"));
  return sources;
}

/** Everything dated that concerns somebody within some days, in the order of the clock; what has no hour comes first. */
export async function eventsFor(asked: AskedEvents, context: Context<Reader>): Promise<SourcedEvent[]> {
  const all: SourcedEvent[] = [];
  for (const source of await sourcesOfDates())
    for (const event of await source.events(asked, context)) all.push({ ...event, source: source.id });
  return all.sort(
    (a, b) =>
      Temporal.PlainDate.compare(a.from, b.from) ||
      (a.time?.toString() ?? "").localeCompare(b.time?.toString() ?? ""),
  );
}

/** @throws Error naming the file that declares no source, or whose name isn't its id. */
async function loadSources(folder: string): Promise<EventSource[]> {
  return (await loadFiles<EventSource>(await filesIn(folder))).map(({ file, found }) => {
    if (found?.kind !== "event-source" || file !== `${found.id}.ts`)
      throw new Error(`src/calendar/sources/${file} exports no source of dated events called as the file`);
    return found;
  });
}
