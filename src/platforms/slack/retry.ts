import { ANSWER_ATTEMPTS } from "../kit/unsent.ts";
import type { Called } from "./calls.ts";
import type { Workspace } from "./workspace.ts";

const LONGEST_MS = 60_000;

/** Repeats what was certainly not accepted, and nothing of which nobody knows. */
export async function retrying<T>(
  { timing }: Pick<Workspace, "timing">,
  call: () => Promise<Called<T>>,
): Promise<Called<T>> {
  for (let attempt = 1; ; attempt++) {
    const result = await call();
    const again = result.kind === "limited" || result.kind === "unreachable";
    if (!again || attempt >= ANSWER_ATTEMPTS) return result;
    await timing.sleep(result.kind === "limited" ? Math.min(result.afterMs, LONGEST_MS) : 500 * attempt);
  }
}
