import type { ParseArgsConfig } from "node:util";
import { ConfigFault, environment } from "../config.ts";
import { PlanPackError } from "../intake/plan-pack-error.ts";
import { StoreFault } from "../store/open.ts";

/** Wrong usage of a script: one line on standard error, exit status 2. */
export class UsageFault extends Error {}

/** Parses a script's options; an unknown one is a usage fault that shows how it is used. */
export function readOptions<T extends ParseArgsConfig>(given: readonly string[], config: T, how: string) {
  // Imported by its name, node:util loads all else that it offers, too: 2 ms of a start.
  const { parseArgs } = process.getBuiltinModule("node:util");
  try {
    return parseArgs({ ...config, args: withTokens(given), strict: true, allowPositionals: true });
  } catch (error) {
    throw new UsageFault(`${(error as Error).message}\n${how}`);
  }
}

/** One token in 64 begins with a dash and would be taken for an option: `--press -x…` is read as `--press=-x…`. */
function withTokens(args: readonly string[]): string[] {
  const isToken = (arg: string | undefined) => /^-[\w-]{21}$/.test(arg ?? "");
  return args.flatMap((arg, at) => {
    if (isToken(arg) && /^--(press|open)$/.test(args[at - 1] ?? "")) return [];
    return /^--(press|open)$/.test(arg) && isToken(args[at + 1]) ? [`${arg}=${args[at + 1]}`] : [arg];
  });
}

/** Where a script writes: what was asked for on `out`, everything else on `err`. */
export type Io = { readonly out: (text: string) => void; readonly err: (text: string) => void };

/**
 * A script: all that it takes of the process it runs in is handed to it, so that another process can run it, too.
 * @returns its exit status: 0 answered, 1 refused, 2 wrong usage or a fault at the start.
 */
export type Script = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  io: Io,
) => Promise<number>;

/** A script whose start-up faults are exit status 2 and one English line; nobody is shown a stack trace. */
export function script(body: Script): Script {
  return async (args, environment, io) => {
    try {
      return await body(args, environment, io);
    } catch (error) {
      const known = [UsageFault, ConfigFault, StoreFault, PlanPackError].some(
        (kind) => error instanceof kind,
      );
      io.err(`${known ? (error as Error).message : `Lantian failed: ${(error as Error).message}`}\n`);
      return 2;
    }
  };
}

/** Runs a script as this process. */
export async function runAsProcess(run: Script): Promise<void> {
  // Whatever is written holds the office's matters: nobody but its owner may read it.
  process.umask(0o077);
  // Whoever reads may have read enough (`| head`); that is no fault of anybody's.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const io: Io = { out: (text) => process.stdout.write(text), err: (text) => process.stderr.write(text) };
  const withEnvironment = script((args, _, to) => run(args, environment(), to));
  process.exitCode = await withEnvironment(process.argv.slice(2), {}, io);
}

/** One JSON document, or plain text. */
export function print({ out }: Io, json: boolean, document: unknown, text: string): void {
  out(`${json ? JSON.stringify(document, null, 2) : text}\n`);
}
