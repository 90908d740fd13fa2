import type { z } from "zod";
import type { Button, Card } from "../../chat/card.ts";
import type { Context } from "../../chat/command.ts";
import type { Paper } from "../../chat/paper.ts";
import { isRefusal, type Refusal } from "../../chat/refusal.ts";
import type { ChartSpec } from "../../output/charts/kinds.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";

/** A chart with its main figures in words, for whoever can't see it; its facts are the chart's spec. */
export async function chartCard<P extends z.ZodObject, Spec extends ChartSpec>(
  chart: Paper<P, Spec>,
  params: z.input<P> & z.output<P>,
  person: Person,
  context: Context<Reader>,
  buttons: readonly Button[],
): Promise<Card | Refusal> {
  const spec = await chart.data({ params, person }, context);
  if (isRefusal(spec)) return spec;
  return {
    title: spec.title,
    blocks: [
      ...(spec.subtitle === "" ? [] : [{ kind: "text" as const, text: spec.subtitle }]),
      { kind: "facts", items: await mainFigures(spec) },
      { kind: "note", text: [...spec.notes, spec.dataStatus].filter(Boolean).join("；") },
    ],
    buttons,
    files: [chart.file(params, { name: `${spec.title}.png`, picture: true })],
    facts: { chart: spec },
  };
}

/** What a chart prints of all together; where it is of several places, what it prints of each. */
async function mainFigures(spec: ChartSpec): Promise<{ label: string; value: string }[]> {
  // It comes with all that draws.
  const { figuresDrawn } = await import("../../output/charts/kinds.ts");
  const figures = figuresDrawn(spec);
  const together = figures.filter(({ of }) => of === spec.title);
  if (together.length > 0) return together.map(({ figure, value }) => ({ label: figure, value }));
  return [...Map.groupBy(figures, ({ of }) => of)].map(([label, own]) => ({
    label,
    value: own.map(({ figure, value }) => `${figure} ${value}`).join("；"),
  }));
}
