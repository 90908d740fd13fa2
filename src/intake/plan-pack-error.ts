/** What is wrong in a pack, and where: enough to open the file at the line and mend it. */
export type PackFault = { file: string; line: number; field: string; message: string };

/** Everything that is wrong with a pack, a line per fault: `seeds/x/indicators.yaml:42 indicators[7].deadline: …`. */
export class PlanPackError extends Error {
  override readonly name = "PlanPackError";
  readonly faults: readonly PackFault[];

  constructor(faults: readonly PackFault[]) {
    super(faults.map(({ file, line, field, message }) => `${file}:${line} ${field}: ${message}`).join("\n"));
    this.faults = faults;
  }
}
