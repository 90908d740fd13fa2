import { type ParseArgsConfig, parseArgs } from "node:util";
import { ConfigFault } from "../config.ts";
import { PlanPackError } from "../intake/plan-pack-error.ts";
import { StoreFault } from "../store/open.ts";

/** Wrong usage of a script: one line on standard error, exit status 2. */
export class UsageFault extends Error {}

/** Parses a script's options; an unknown one is a usage fault that shows how it is used. */
export function readOptions<T extends ParseArgsConfig>(config: T, how: string) {
  try {
    const args = withTokens(process.argv.slice(2));
    return parseArgs({ ...config, args, strict: true, allowPositionals: true });
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

/**
 * Runs a script to its exit status: 0 answered, 1 refused, 2 wrong usage or a fault at the start.
 * Start-up faults are one English line; nobody is shown a stack trace.
 */
export async function script(run: () => Promise<number>): Promise<void> {
  // Whatever is written holds the office's matters: nobody but its owner may read it.
  process.umask(0o077);
  // Whoever reads may have read enough (`| head`); that is no fault of anybody's.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  try {
    process.exitCode = await run();
  } catch (error) {
    const known = [UsageFault, ConfigFault, StoreFault, PlanPackError].some((kind) => error instanceof kind);
    console.error(known ? (error as Error).message : `Lantian failed: ${(error as Error).message}`);
    process.exitCode = 2;
  }
}

/** One JSON document on standard output, or plain text. */
export function print(json: boolean, document: unknown, text: string): void {
  process.stdout.write(`${json ? JSON.stringify(document, null, 2) : text}\n`);
}
