import { z } from "zod";
import type { Lantian } from "../bot/lantian.ts";
import type { LongAction } from "../bot/long-action.ts";

/** What the buttons of a question about a table are about. */
export const asked = z.object({ question: z.number(), version: z.string() });
export type AskedTable = LongAction<typeof asked, Lantian>;
/** What a button asks and does; what it is called stands in {@link ANSWERS}. */
export type Answer = Pick<AskedTable, "form" | "press">;

/** The buttons under a table that isn't told for sure. */
export const ANSWERS = {
  confirm: { name: "import.confirm", label: "确认", params: asked },
  otherOrder: { name: "import.other-order", label: "换日期顺序", params: asked },
  columns: { name: "import.columns", label: "改列", params: asked },
  cancel: { name: "import.cancel", label: "取消", params: asked },
} as const;

/** The button under a file that is being imported. */
const running = z.object({ run: z.number() });
export const STOP = { name: "import.stop", label: "取消", params: running } as const;
export type StopImport = Pick<LongAction<typeof running, Lantian>, "form" | "press">;
