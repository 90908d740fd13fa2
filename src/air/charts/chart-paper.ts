import type { z } from "zod";
import type { Context } from "../../chat/command.ts";
import { paper } from "../../chat/paper.ts";
import type { Refusal } from "../../chat/refusal.ts";
import { longDate } from "../../chat/wording.ts";
import type { PeriodDataState } from "../../domain/air/data-state.ts";
import { chartPicture } from "../../output/charts/chart-picture.ts";
import type { ChartSpec } from "../../output/charts/kinds.ts";
import type { ChartFrame } from "../../output/charts/panel.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";
import { dataStateWords } from "../data-state-words.ts";

/**
 * A chart as a file of a card: `spec` says what is drawn, from one snapshot of the store, and authorises by itself.
 * The same function is what an answer's facts are made of, so that card and picture can't differ.
 */
export const chartPaper = <P extends z.ZodObject, Spec extends ChartSpec>(declared: {
  name: string;
  params: P;
  spec(request: { params: z.output<P>; person: Person }, context: Context<Reader>): Promise<Spec | Refusal>;
}) =>
  paper({
    name: declared.name,
    params: declared.params,
    data: declared.spec,
    render: async (spec, { marks }) => ({
      name: `${spec.title}.png`,
      type: "image/png",
      bytes: await chartPicture({ ...spec, marks }),
    }),
  });

/** What stands around a chart of daily means. */
export const airChartFrame = (
  data: PeriodDataState,
  today: Temporal.PlainDate,
): Pick<ChartFrame, "source" | "dataStatus" | "date" | "marks"> => ({
  source: "自动监测日均值",
  dataStatus: dataStateWords(data),
  date: longDate(today),
  marks: [],
});
