import { filesIn, loadFiles } from "../chat/load-files.ts";
import { codeOrder } from "../domain/code-order.ts";
import type { Step } from "./step.ts";

/**
 * The steps that a folder declares, one file each, in the order of their buttons.
 * @throws Error naming the file that declares none, whose name isn't its id, or whose form doesn't ask for what the rule needs.
 */
export async function loadSteps(folder: string): Promise<readonly Step[]> {
  const steps = (await loadFiles<Step>(await filesIn(folder))).map(({ file, found }) => {
    if (found?.kind !== "step") throw new Error(`${file} exports no step`);
    const fault = faultOf(found, file);
    if (fault !== null) throw new Error(`step ${file}: ${fault}`);
    return found;
  });
  return steps.toSorted((a, b) => a.button.place - b.button.place || codeOrder(a.id, b.id));
}

function faultOf({ id, from, by, needs, form, reads, into }: Step, file: string): string | null {
  if (file !== `${id}.ts`) return `its id is "${id}", and names its file`;
  if (from.length === 0 || by.length === 0) return "nobody can ever take it";
  const asks = (field: string) => field in form.shape || reads !== undefined;
  if (needs?.text !== undefined && !asks("text")) return `its rule needs a text, and its form asks for none`;
  if (needs?.due !== undefined && !asks("due")) return `its rule needs a date, and its form asks for none`;
  if (into !== undefined && !("into" in form.shape))
    return `it goes on as another issue, and its form asks for none`;
  return null;
}
